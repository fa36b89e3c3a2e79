"""The system card and its model card, in the fields of the ministry's reporting standard for algorithms (YAML)."""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final

import yaml

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from data.keeping.real_time import utc_text
from forecasting.evaluation.backtest_result import Backtest, Scores
from language import Language
from reports.register import account_texts as texts
from reports.register.entry_facts import EntryFacts

SCHEMA: Final = "0.1a12"
_METRICS: Final = (
    ("mae", "mean absolute error"),
    ("mase", "mean absolute scaled error, against the same hour of the week before"),
    ("coverage_50", "share of counts inside the 50% range"),
    ("coverage_80", "share of counts inside the 80% range"),
    ("coverage_95", "share of counts inside the 95% range"),
    ("brier", "Brier score of counts above the 90th percentile of their place"),
)


def system_card(
    area: Area, facts: EntryFacts, sources: Sequence[Source], result: Backtest | None, lang: Language
) -> dict[str, Any]:
    """Return the system card of an area with its model card; fields without a value are absent."""
    card = {
        "schema_version": SCHEMA,
        "provenance": {"timestamp": utc_text(), "uri": "python -m reports register"},
        "name": texts.entry_name(area, lang),
        "owners": [{"organization": facts.organization}] if facts.organization else None,
        "description": texts.short_description(area, lang),
        "labels": [{"name": "concept", "value": "" if facts.confirmed_by else "CONCEPT"}],
        "status": facts.status,
        "begin_date": f"{facts.begin}-01" if facts.begin else None,
        "end_date": f"{facts.end}-01" if facts.end else None,
        "goal_and_impact": texts.goal(lang),
        "considerations": " ".join([texts.considerations(lang), *texts.not_used_for(lang)]),
        "risk_management": texts.risks(result, lang),
        "human_intervention": texts.human_intervention(lang),
        "legal_base": [{"name": one.title, "link": one.link} for one in facts.laws],
        "used_data": texts.data_used(sources, lang),
        "technical_design": texts.technical_operation(lang),
        "external_providers": [{"name": facts.provider}] if facts.provider else None,
        "version_requirements": [f"crowd-notebook {version('crowd-notebook')}"],
        "models": [model_card(area, sources, result, lang)],
    }
    return {name: value for name, value in card.items() if value not in (None, "", [])}


def model_card(area: Area, sources: Sequence[Source], result: Backtest | None, lang: Language) -> dict[str, Any]:
    """Return the model card, with the scores of the newest test on past weeks where there is one."""
    card: dict[str, Any] = {
        "provenance": {"timestamp": utc_text()},
        "name": texts.entry_name(area, lang),
        "language": ["nl", "en"],
        "license": {"license_name": "EUPL-1.2"},
        "tags": ["time series", "crowds", area.measure],
    }
    if result is None:
        return card
    data = [
        {"type": source.kind, "name": in_language(source.title, lang)}
        for source in sources
        if source.id in result.sources
    ]
    compared = {"model": result.model, **result.baselines}
    card["model-index"] = [
        {
            "name": name if name != "model" else f"{texts.entry_name(area, lang)} ({result.model_version})",
            "results": [
                {
                    "task": [
                        {"type": "time-series-forecasting", "name": f"{result.horizon} hours ahead, {area.measure}"}
                    ],
                    "datasets": data + ([{"type": "mark", "name": result.data}] if result.simulated else []),
                    "metrics": _metrics(scores),
                }
            ],
        }
        for name, scores in compared.items()
        if scores is not None
    ]
    return card


def as_yaml(card: dict[str, Any]) -> str:
    """Return a card as YAML, in the order of its fields."""
    return str(yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=110))


def _metrics(scores: Scores) -> list[dict[str, Any]]:
    return [
        {"type": name, "name": text, "dtype": "float", "value": float(value)}
        for name, text in _METRICS
        if (value := getattr(scores, name)) is not None
    ]
