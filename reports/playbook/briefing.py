"""The weekbriefing: one A4 for the operational meeting, as a page to print and for Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from forecasting.evaluation.told_week import ToldWeek, told_mondays, told_week
from forecasting.meaning.busy import busy_moments
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.current import previous_of
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import load
from forecasting.values.changes import changes
from forecasting.values.thresholds import Thresholds
from language import Language, UserError
from language.said import together
from reports.session_report import Part, SessionReport, Table
from reports.session_report_docx import report_docx
from response.actions.log import entries
from response.actions.worked import Worked, worked
from response.cards.card import Playbook
from response.week.ahead import WeekAhead
from response.week.withdrawn import Withdrawn
from visuals.base.outlook import Outlook
from visuals.playbook.acted_words import acted_at
from visuals.playbook.card_words import actors_words, adopted_words
from visuals.playbook.use_words import decide_sentence, use_title
from visuals.words.amounts import marks
from visuals.words.changes import change_sentence
from visuals.words.day_facts import day_facts, day_sentence
from visuals.words.leading import compared_week, lead, lead_hours
from visuals.words.rests_on import origin_sentences
from visuals.words.sentences import moment_sentence
from visuals.words.timing_words import week_title
from visuals.words.told_words import told_sentences, told_title, unsaid_sentence

MOST_CARDS: Final = 12
"""Cards that fit on one sheet beside the rest: the most urgent ones."""

_MOST_MOMENTS: Final = 3
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)


@dataclass(frozen=True, eq=False)
class Known:
    """What a briefing tells besides the week ahead: what is ``off`` again, what ``changed`` since the forecast of the
    day before (empty: nothing, or none is kept), what was ``told`` of the week before, the sources, and which measures
    were at work when (``acted``)."""

    off: Sequence[Withdrawn]
    changed: str
    told: ToldWeek | None
    sources: Sequence[Source]
    acted: Sequence[Worked] = ()


def changed_since(area: Area, snapshot: Snapshot, outlook: Outlook) -> str:
    """Say what changed since the forecast of the day before; empty where nothing did or none is kept."""
    before = previous_of(area, snapshot)
    if before is None:
        return ""
    try:
        old = load(area.id, before[0])
    except UserError:
        return ""
    found = changes(forecast(old), outlook.forecast, old_weather=old.weather, new_weather=snapshot.weather)
    today = snapshot.cutoff.astimezone(area.tz).date() if outlook.forecast.timing.now else None
    return change_sentence(found, before[1].astimezone(area.tz).date(), today, outlook.lang)


def told_last(area: Area, snapshot: Snapshot, thresholds: Thresholds) -> ToldWeek | None:
    """Return what was said of the last whole week before a forecast; ``None`` where nothing is known of it."""
    mondays = told_mondays(area, snapshot.cutoff)
    return told_week(area, mondays[0], thresholds, snapshot.cutoff) if mondays else None


def briefing(week: WeekAhead, outlook: Outlook, snapshot: Snapshot, known: Known) -> SessionReport:
    """Put the briefing together: what is expected, cards by when to decide, what changed, and how it went."""
    lang = outlook.lang
    return SessionReport(
        title=lang.t("Weekly briefing {area}", area=outlook.area.name(lang)),
        subtitle=f"{week_title(outlook.forecast, lang)} · {origin_sentences(outlook.forecast, outlook.area, lang)}",
        status=lang.t("For professionals: do not pass on"),
        demo=marks(outlook.forecast, lang),
        parts=(
            _expected(outlook),
            _cards(week, outlook),
            _facts(outlook, snapshot),
            _changed(known, lang),
            _went(known, week.playbook, outlook.area, lang),
            _made_from(week, outlook, known.sources),
        ),
    )


def _expected(outlook: Outlook) -> Part:
    lang, moments = outlook.lang, busy_moments(outlook.forecast, outlook.thresholds)
    told = [moment_sentence(moment, outlook) for moment in moments[:_MOST_MOMENTS]]
    said = [lead(outlook), lead_hours(outlook), *told, compared_week(outlook)]
    return Part(lang.t("What is expected"), bullets=tuple(dict.fromkeys(one for one in said if one)))


def _cards(week: WeekAhead, outlook: Outlook) -> Part:
    lang, called = outlook.lang, [use for use in week.uses if use.met]
    heading = lang.t("Cards, and by when to decide")
    if not called:
        return Part(heading, paragraphs=(lang.t("No card is called for in the coming week."),))
    shown = called[:MOST_CARDS]
    standing = [adopted_words(use.card, lang) for use in shown]
    columns = {
        lang.t("What and when"): [use_title(use, lang) for use in shown],
        lang.t("Decide"): [decide_sentence(use, lang) for use in shown],
        lang.t("Who"): [actors_words(use.card, week.playbook, lang) for use in shown],
    }
    more = len(called) - len(shown)
    caption = lang.t("The most urgent first.")
    if more:
        caption += " " + lang.n("There is {n} more on the page.", "There are {n} more on the page.", more)
    # What holds for every card is said once.
    if len(set(standing)) == 1:
        caption += " " + lang.t("These cards: {standing}.", standing=standing[0])
    else:
        columns[lang.t("Status")] = standing
    return Part(heading, table=Table(caption, pd.DataFrame(columns)))


def _facts(outlook: Outlook, snapshot: Snapshot) -> Part:
    lang = outlook.lang
    lines = [day_sentence(facts, lang) for facts in day_facts(snapshot, outlook.forecast, outlook.area, lang)]
    return Part(lang.t("Weather and events"), bullets=tuple(line for line in lines if line))


def _changed(known: Known, lang: Language) -> Part:
    said = [known.changed or lang.t("Nothing notable changed since the forecast of the day before, or none is kept.")]
    said += [
        lang.t(
            "Not needed any more: {card}, {day}.",
            card=one.card.name(lang),
            day=lang.date(one.day, "EEEE d MMMM"),
        )
        for one in known.off[:_MOST_MOMENTS]
    ]
    return Part(lang.t("What changed"), bullets=tuple(said))


def acted_lately(area: Area, snapshot: Snapshot) -> Sequence[Worked]:
    """Return which measures were at work in the two weeks before a forecast."""
    since = snapshot.cutoff - timedelta(days=14)
    return worked(entries(area.id, stages=("started", "ended"), since=since))


def _went(known: Known, playbook: Playbook, area: Area, lang: Language) -> Part:
    told = known.told
    if told is None or not told.told:
        return Part(lang.t("How it went"), paragraphs=(lang.t("Of the week before nothing was kept to compare."),))
    said = [
        together([*told_sentences(one, area, lang), acted_at(one.claim, known.acted, playbook, area, lang)])
        for one in told.told
    ]
    unsaid = unsaid_sentence(told, area, lang)
    heading = told_title(told.monday, lang, last=False)
    return Part(heading, bullets=tuple([*said, unsaid] if unsaid else said))


def _made_from(week: WeekAhead, outlook: Outlook, sources: Sequence[Source]) -> Part:
    lang = outlook.lang
    named = "; ".join(in_language(source.title, lang) for source in sources)
    origin = lang.t(
        "Forecast {snapshot}, playbook version {version}.",
        snapshot=outlook.forecast.snapshot_id,
        version=week.playbook.version,
    )
    return Part(lang.t("Sources and versions"), paragraphs=(f"{named}. {origin}",))


def briefing_html(made: SessionReport, lang: Language) -> bytes:
    """Return a briefing as a page of HTML for one sheet of A4."""
    return _TEMPLATES.get_template("briefing.html.j2").render(report=made, code=lang.code).encode("utf-8")


def briefing_docx(made: SessionReport, lang: Language) -> bytes:
    """Return a briefing for Word, small enough for one sheet."""
    return report_docx(made, lang, compact=True)
