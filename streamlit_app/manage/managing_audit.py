"""Beheer, the logbook: who did what and when, by role, organisation and invitation; to be filtered and kept."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import streamlit as st

from data.area.area import Area
from data.keeping.real_time import real_today
from feedback.people.audit_log import Line, exported, lines
from feedback.people.audit_words import KINDS, Kind, act_text, kind_name, outcome_text, who_text
from feedback.upkeep.retention import AUDIT
from language import Language
from language.markdown import as_text, small
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import moment_text
from streamlit_app.shell.acting import later
from streamlit_app.shell.tables import show_rows

_AT_ONCE: Final = 40
_BACK: Final = timedelta(days=30)


def audit_log(area: Area, lang: Language) -> None:
    """Show the newest lines of the log of some kinds and from some day on, and offer all of it as a file."""
    kinds: list[Kind] = st.pills(
        lang.t("Show only"),
        KINDS,
        selection_mode="multi",
        format_func=lambda kind: kind_name(kind, lang),
        key=ManageKey.AUDIT_KIND,
    )
    today = real_today(area.tz)
    since: date = st.date_input(
        lang.t("From this day on"),
        today - _BACK,
        min_value=today - timedelta(days=AUDIT),
        max_value=today,
        format="DD-MM-YYYY",
        key=ManageKey.AUDIT_SINCE,
        width=220,
    )
    first = datetime.combine(since, time(), area.tz).astimezone(UTC)
    found = lines(kinds or KINDS, since=first.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if found:
        show_rows([_row(one, area, lang) for one in found[:_AT_ONCE]])
    else:
        st.markdown(lang.t("Nothing of this was done since that day."))
    if len(found) > _AT_ONCE:
        more = lang.n(
            "There is {n} more. Choose a kind above, or download the file.",
            "There are {n} more. Choose a kind above, or download the file.",
            len(found) - _AT_ONCE,
        )
        st.markdown(small(more))
    st.download_button(
        lang.t("Download the whole log (CSV)"),
        data=later(exported),
        file_name=f"audit-{today:%Y%m%d}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    kept = lang.t(
        "Lines are kept for {days} days. Nobody can change them. Downloading the file adds a line too.",
        days=AUDIT,
    )
    st.markdown(small(kept))


def _row(one: Line, area: Area, lang: Language) -> dict[str, str]:
    by = who_text(one.role, one.organisation, lang)
    return {
        lang.t("When"): moment_text(datetime.fromisoformat(one.at), area, lang),
        lang.t("Action"): act_text(one.act, lang),
        lang.t("Who"): f"{by} ({as_text(one.invited)})" if one.invited else by,
        lang.t("On what"): as_text(_short(one.target)),
        lang.t("Result"): outcome_text(one.outcome, lang),
    }


def _short(target: str | None) -> str:
    """Return an id as far as it tells one from another: names of areas whole, long ids by their beginning."""
    return target if target and len(target) < 20 else f"{target[:8]}…" if target else "–"
