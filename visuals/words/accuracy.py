"""How good the forecasts were, in plain words and in figures. Both sides are always said: alarms and misses."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise

import pandas as pd

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from forecasting.evaluation.backtest_result import MODEL_NAME, Backtest, Scores
from language import Language
from language.said import tells
from visuals.words.amounts import marked

COLUMNS = ("mae", "mase", "wape", "crps", "coverage_50", "coverage_80", "coverage_95", "brier")
SKILLS = ("brier_skill", "brier_skill_hourofweek")


@tells("test")
def verdict(result: Backtest, lang: Language) -> str:
    """Return the answer to 'how good is it?' in one sentence, marked as demo data where it is."""
    moments = result.moments
    if moments.came:
        said = lang.n(
            "We saw {seen} of the {n} busy moment coming",
            "We saw {seen} of the {n} busy moments coming",
            moments.came,
            seen=lang.number(moments.seen),
        )
    else:
        said = lang.t("It did not get busy anywhere in the weeks we tested")
    return marked(said, result.last_forecast(), lang)


def verdict_sentences(result: Backtest, lang: Language) -> list[str]:
    """Return what was tested and what came of it, a sentence each; false alarms and misses both."""
    return [
        _tested(result, lang),
        _picked(result, lang),
        *_moments(result, lang),
        _interval(result, lang),
        _compared(result, lang),
    ]


@tells("test")
def _tested(result: Backtest, lang: Language) -> str:
    first, last = (lang.date(moment.date(), "d MMMM y") for moment in (result.cutoffs[0], result.cutoffs[-1]))
    count = len(result.cutoffs)
    if count == 1:
        tested = lang.t("We tested one forecast, made on {first}.", first=first)
    else:
        tested = lang.t(
            "We tested {number} forecasts, made from {first} to {last}.", number=count, first=first, last=last
        )
    return tested + " " + lang.t("Each was made again with only what was known then, and compared with the counts.")


def _picked(result: Backtest, lang: Language) -> str:
    """Say that practice weeks were picked by hand; weeks that were not, follow each other evenly."""
    gaps = [later - earlier for earlier, later in pairwise(result.cutoffs)]
    # Mondays spread evenly over a year lie a week apart more or less, and an hour when the clocks change.
    if not result.simulated or not gaps or max(gaps) - min(gaps) <= timedelta(days=8):
        return ""
    return lang.t("We picked these practice weeks by hand from the busy months. They are not typical of a whole year.")


@tells("test")
def _moments(result: Backtest, lang: Language) -> list[str]:
    moments = result.moments
    if moments.forecast:
        alarms = lang.n(
            "{right} of the {n} busy moment we forecast came true.",
            "{right} of the {n} busy moments we forecast came true.",
            moments.forecast,
            right=lang.number(moments.right),
        )
    else:
        alarms = lang.t("We forecast no busy moments.")
    if not moments.came:
        return [alarms, lang.t("No busy moments came.")]
    return [
        alarms,
        lang.n(
            "{missed} of the {n} busy moment that came, we did not see coming.",
            "{missed} of the {n} busy moments that came, we did not see coming.",
            moments.came,
            missed=lang.number(moments.missed),
        ),
        lang.t(
            "'Seen coming' counts the busy moments that came. 'Came true' counts the busy moments that we forecast."
        ),
    ]


@tells("test")
def _interval(result: Backtest, lang: Language) -> str:
    inside = round(100 * (result.model.coverage_80 or 0))
    return lang.t("Of every 100 counts, 80 should lie inside our range. It was {inside}.", inside=lang.number(inside))


@tells("test")
def _compared(result: Backtest, lang: Language) -> str:
    rule = result.baselines.get("last_week")
    if rule is None or not rule.mae or result.model.mae is None:
        return ""
    percent = round(100 * (1 - result.model.mae / rule.mae))
    number = lang.number(abs(percent))
    if percent >= 1:
        return lang.t("Our error is {percent}% smaller than when you say 'the same as last week'.", percent=number)
    if percent <= -1:
        return lang.t(
            "When you say 'the same as last week', your error is {percent}% smaller than ours.", percent=number
        )
    return lang.t("Our error is as large as when you say 'the same as last week'.")


@tells("test")
def unknowns(result: Backtest, area: Area, lang: Language) -> list[str]:
    """Return what this test does not tell."""
    said = [
        lang.t("Crowds of a kind that never happened before are not in the counts. This test says nothing about them."),
        lang.t("Announced events were taken as known. Spontaneous ones were not."),
        lang.n(
            "This is one week. Another week may be better or worse.",
            "These are {n} weeks. Other weeks may be better or worse.",
            len(result.cutoffs),
        ),
    ]
    if result.left_out:
        zones = ", ".join(area.zone(zone).name(lang) for zone in result.left_out)
        said.append(lang.t("Too many counts are missing to judge: {zones}.", zones=zones))
    if result.weather == "none":
        said.append(lang.t("The weather was not used."))
    if result.simulated:
        said.append(lang.t("These counts were made up to practise with. They prove nothing about the real place."))
    return said


def source_sentences(sources: Iterable[Source], lang: Language) -> list[str]:
    """Return what the counts count, and what is known to be off about them."""
    said = []
    for source in sources:
        if source.kind == "counts" and source.counted:
            said.append(lang.t("What is counted: {text}", text=in_language(source.counted, lang)))
        if source.kind == "counts" and source.bias:
            said.append(lang.t("What is known to be off: {text}", text=in_language(source.bias, lang)))
    return said


def method_figures(result: Backtest) -> pd.DataFrame:
    """Return the scores of the model and of each baseline that ran, a row each, for experts."""
    methods: dict[str, Scores | None] = {MODEL_NAME: result.model, **result.baselines}
    return pd.DataFrame(
        [
            {"method": name, **{score: getattr(found, score) for score in (*COLUMNS, *SKILLS)}}
            for name, found in methods.items()
            if found is not None
        ]
    )


def moment_list(result: Backtest) -> pd.DataFrame:
    """Return the busy moments that were forecast or came: ``zone_id, start, end`` (area time), ``outcome``."""
    columns = pd.Index(["zone_id", "start", "end", "outcome"])
    return pd.DataFrame([moment.model_dump() for moment in result.listed], columns=columns)


def reliability_figures(result: Backtest) -> pd.DataFrame:
    """Return by bin of chances how high they were (``said``), how often it happened, and of how many hours."""
    found = result.reliability
    return pd.DataFrame({"said": found.forecast, "happened": found.happened, "hours": found.number})
