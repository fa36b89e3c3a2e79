"""The cell that lays what was said of a week beside what came: on Today, and on the page of each Monday."""

from datetime import date, datetime

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import fingerprint
from data.keeping.home import area_home
from forecasting.evaluation.told_week import WEEK, ToldWeek, monday_of, told_mondays, told_week
from language.markdown import Markdown, as_text, bold, small
from streamlit_app.notebook.cell import cell
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from streamlit_app.showing.reproduce import python
from visuals.words.amounts import demo_mark
from visuals.words.timing_words import week_words
from visuals.words.told_words import made_words, told_figures, told_sentences, told_title, unsaid_sentence

PAGE = "said"
_MOST_WEEKS = 26
"""Half a year: reading a week that was not read before takes some tenths of a second."""


def mondays(area: Area, until: datetime) -> tuple[date, ...]:
    """Return the Mondays of which it is known what was said, the newest first."""
    return _mondays(area.id, until, fingerprint(area.id), len(_kept(area)))


def address(area: Area, monday: date, lang: str) -> str:
    """Return the lasting address of what was said on a Monday."""
    return f"{PAGE}?area={area.id}&monday={monday.isoformat()}&lang={lang}"


def show_told(context: Context, monday: date, until: datetime, *, last: bool, heading: bool = False) -> None:
    """Show what was said of the week from a Monday on beside what was counted until a moment (aware)."""
    lang, area = context.lang, context.area
    found = _told(area.id, monday, until, fingerprint(area.id), len(_kept(area)))
    title = told_title(monday, lang, last=last)
    why = lang.t("To see how far you can rely on us: our three most important claims, beside what was counted.")
    with cell(context, "said", title, why, heading=heading) as this:
        if last:
            st.markdown(small(lang.t("The week of {week}.", week=week_words(monday, lang))))
        if found is None:
            say(lang.t("No forecast was kept of this week, so we cannot tell what we said."))
        else:
            _show(context, found)
        if not heading:
            st.markdown(f"[{lang.t('Lasting address of these claims')}]({address(area, monday, lang.code)})")
        this.computed(
            lang.t(
                "The claims with the worst level, and of those the ones furthest above their threshold. Each is the "
                "expected level of one place on one day. It is laid beside the counts, with the thresholds of then. A "
                "correction is what the last forecast before those hours said, where that was another message."
            ),
            table=lambda: told_figures(found) if found else told_figures(_nothing(monday, until)),
            code=python(
                context,
                "from datetime import date, datetime\nfrom forecasting import told_week",
                f"until = datetime.fromisoformat({until.isoformat()!r})",
                f"result = told_week(area, date({monday.year}, {monday.month}, {monday.day}), usual, until)",
            ),
            made_from=made_words(found, area, lang) if found else lang.t("Made from no forecast."),
        )


def show_last_week(context: Context) -> None:
    """Show the last whole week before the forecast looked at of which it is known what was said, and the way to others.

    Where nothing is known of the week just before, an older one is shown, with its days.
    """
    area = context.area
    until = context.snapshot.cutoff
    known = mondays(area, until)
    if not known:
        return
    last = monday_of(until.astimezone(area.tz).date()) - WEEK == known[0] and context.forecast.timing.now
    show_told(context, known[0], until, last=last)


def told_weeks(area: Area, until: datetime) -> tuple[ToldWeek, ...]:
    """Return what was said of the latest weeks that are over beside what came, the newest first."""
    known = mondays(area, until)[:_MOST_WEEKS]
    kept, files = len(_kept(area)), fingerprint(area.id)
    found = (_told(area.id, monday, until, files, kept) for monday in known)
    return tuple(week for week in found if week is not None)


def _show(context: Context, found: ToldWeek) -> None:
    lang, area = context.lang, context.area
    mark = f"{demo_mark(context.unchanged, lang)} · " if context.unchanged.simulated else ""
    for one in found.told:
        said, *after = told_sentences(one, area, lang)
        say(bold(mark + said) + Markdown("  \n") + as_text(" ".join(after)))
    if unsaid := unsaid_sentence(found, area, lang):
        say(unsaid)
    if not found.told:
        say(lang.t("Nothing was known of this week."))
    st.markdown(small(made_words(found, area, lang)))


def _nothing(monday: date, until: datetime) -> ToldWeek:
    return ToldWeek(monday, "", until, tested=False, told=(), unsaid=None)


def _kept(area: Area) -> list[str]:
    return [path.name for path in (area_home(area.id) / "snapshots").glob("*")]


@st.cache_resource(max_entries=20, show_spinner=False)
def _mondays(area_id: str, until: datetime, files: str, kept: int) -> tuple[date, ...]:  # noqa: ARG001 - keys of the cache
    return tuple(told_mondays(resources.area(area_id), until))


@st.cache_resource(max_entries=40, show_spinner=False)
def _told(area_id: str, monday: date, until: datetime, files: str, kept: int) -> ToldWeek | None:  # noqa: ARG001
    area = resources.area(area_id)
    return told_week(area, monday, resources.thresholds(area_id), until, obtain=resources.saved)
