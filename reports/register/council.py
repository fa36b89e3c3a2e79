"""One sheet of A4 for a council: what the app is, what it is not used for, how good it is, sources and money."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.area.area import Area
from data.area.sources import Source
from forecasting.evaluation.backtest_result import Backtest
from language import Language
from reports.register import account_texts as texts
from reports.register.entry_facts import EntryFacts
from response.costs.case import Case
from response.costs.case_words import meaning
from response.costs.outcome import net_present_value

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)


def council_sheet(
    area: Area, facts: EntryFacts, sources: Sequence[Source], result: Backtest | None, case: Case, lang: Language
) -> bytes:
    """Return the sheet as a page of HTML; what is made up is marked, and what nobody confirmed says CONCEPT."""
    marks = [] if facts.confirmed_by else [lang.t("DRAFT: no body has confirmed this yet")]
    if area.simulated:
        marks.append(lang.t("DEMO DATA"))
    money = meaning(net_present_value(case), case, lang)
    if any(item.example for item in case.items):
        money = f"{lang.t('Example figures.')} {money}"
    parts = [
        (lang.t("What it does"), [texts.short_description(area, lang), texts.goal(lang)]),
        (lang.t("What we do not use it for"), texts.not_used_for(lang)),
        (lang.t("Who decides"), [texts.human_intervention(lang)]),
        (lang.t("For and against"), [texts.considerations(lang)]),
        (lang.t("What may go wrong, and how good it is"), [texts.risks(result, lang)]),
        (lang.t("Sources"), [texts.data_used(sources, lang)]),
        (lang.t("Costs and benefits"), [money]),
    ]
    page = _TEMPLATES.get_template("council.html.j2").render(
        code=lang.code,
        marks=marks,
        title=texts.entry_name(area, lang),
        organisation=facts.organization,
        parts=parts,
        contact=f"{lang.t('Questions')}: {facts.contact}" if facts.contact else "",
    )
    return page.encode("utf-8")
