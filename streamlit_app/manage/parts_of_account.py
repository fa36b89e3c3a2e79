"""The parts behind the account to everybody: agreement, conditions, progress, costs."""

from data.area.area import Area
from language import Language
from streamlit_app.manage import (
    managing_agreement,
    managing_conditions,
    managing_costs,
    managing_progress,
    managing_published,
)
from streamlit_app.manage.managing import part


def agreement(area: Area, lang: Language) -> None:
    """Note what the parties say to sources."""
    with part(
        "agreement",
        lang.t("Who agrees to sources of {area}", area=area.name(lang)),
        lang.t("An objection keeps a source out at once. The decision on a source follows from what the parties say."),
    ):
        managing_agreement.agreement(area, lang)


def conditions(area: Area, lang: Language) -> None:
    """Keep the conditions that everybody reads, decide how they stand, and set what is published of what was done."""
    broken = lang.t("When one is broken or withdrawn, what it governs is switched off.")
    with part("condition-decide", lang.t("How conditions of {area} stand", area=area.name(lang)), broken):
        managing_conditions.decide(area, lang)
    with part("condition-edit", lang.t("Conditions"), lang.t("What people set together, and what it governs.")):
        managing_conditions.one_condition(area, lang)
    with part("wishes", lang.t("Goals and wishes"), lang.t("Who asks for something hears what becomes of it.")):
        managing_conditions.wish(area, lang)
    with part(
        "published", lang.t("What everybody reads of what was done"), lang.t("Measures, places and outcomes, later on.")
    ):
        managing_published.published(area, lang)


def progress(area: Area, lang: Language) -> None:
    """Keep what only people know of the progress; the rest is counted."""
    with part("use", lang.t("May it be used?"), lang.t("One decision, which everybody can read.")):
        managing_progress.use(area, lang)
    with part("results", lang.t("Results"), lang.t("What a work package is to deliver, and who checked it.")):
        managing_progress.result(area, lang)
    with part(
        "meetings",
        lang.t("Meetings of work packages"),
        lang.t("Who met whom, and about what. A session here counts by itself."),
    ):
        managing_progress.meeting(area, lang)
    with part("tellings", lang.t("Communication plan"), lang.t("Who hears what, when, and by which channel.")):
        managing_progress.telling(area, lang)


def costs(area: Area, lang: Language) -> None:
    """Keep the costs and benefits that everybody reads."""
    with part(
        "cost-items",
        lang.t("Costs and benefits of {area}", area=area.name(lang)),
        lang.t("Everybody reads what it means; professionals see the figures."),
    ):
        managing_costs.items(area, lang)
    with part(
        "cost-rates", lang.t("Years and rates"), lang.t("What comes later counts for less. The rate says how much.")
    ):
        managing_costs.frame(area, lang)
    with part("cost-versions", lang.t("All changes"), lang.t("Nothing is lost: every change can be undone.")):
        managing_costs.versions(area, lang)
