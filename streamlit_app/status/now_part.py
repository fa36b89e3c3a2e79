"""The board of this moment: one line a place, and the two touches by which one says which function is there."""

from datetime import datetime
from math import isfinite
from typing import Final
from uuid import uuid4

import pandas as pd
import streamlit as st

from data.keeping.acts import see
from data.keeping.fingerprint import fingerprint
from data.keeping.real_time import real_now
from language.markdown import Markdown, as_text, bold, small
from response.cards.actors import actor_ids, actor_name
from response.cards.card import Playbook
from response.conditions.condition import WHO_IS_THERE
from response.conditions.gate import allowed
from response.status.board import Counted, ZoneNow, at_work, board, counted_lately, fades
from response.status.presence import ANSWERS, Answer, Presence, answer_there, say_there, standing
from streamlit_app.access.permissions import visitor
from streamlit_app.shell import resources
from streamlit_app.shell.acting import attempting, do
from streamlit_app.shell.context import Context
from streamlit_app.shell.watching import watch
from streamlit_app.status.keys import StatusKey
from visuals.base.outlook import Outlook
from visuals.playbook.status_words import answer_name, counted_words, measure_words, presence_words
from visuals.tables.tables import map_table

_EVERY: Final = 5
"""Minutes after which the board is drawn anew, so that each age on it is right."""


def show_now(context: Context, playbook: Playbook) -> None:
    """Show each place, the fullest first: expected, counted, measures at work, and which function is there."""
    lang, area, now = context.lang, context.area, real_now()
    told = allowed(area.id, WHO_IS_THERE)
    if not told:
        st.info(
            lang.t(
                "Telling which function is where is off. It goes on when the condition about it is met, for example "
                "that the works councils agree. A steward notes that under 'Conditions'."
            ),
            icon=":material/lock:",
        )
    lines = {one.zone: one for one in board(area, _counted(context), now)}
    expected = _expected(context)
    if expected is None:
        st.markdown(small(lang.t("What is expected of this hour is not known: the forecast is of another week.")))
    for zone in expected.index if expected is not None else area.zone_ids:
        _line(lines[zone], expected, context, playbook, now, told=told)
    watch(see(_state, area.id), lang)


def _state(area_id: str) -> object:
    """Return what the board shows and a colleague may change; and which five minutes it is, for the ages on it."""
    return at_work(area_id), standing(area_id), int(real_now().timestamp()) // (60 * _EVERY)


def _counted(context: Context) -> dict[str, Counted]:
    area = context.area
    return _counts(area.id, fingerprint(area.id), int(area.now().timestamp()) // (60 * _EVERY))


@st.cache_resource(max_entries=20, show_spinner=False)
def _counts(area_id: str, files: str, minutes: int) -> dict[str, Counted]:  # noqa: ARG001 - keys of the cache
    return counted_lately(resources.area(area_id))


def _expected(context: Context) -> pd.DataFrame | None:
    """Return the table of the map at the area's own hour, the worst place first; ``None`` when it is not forecast.

    Without the scenario and the thresholds that somebody may have chosen: all who look see the same board.
    """
    hour, hours = pd.Timestamp(context.area.now()).tz_convert("UTC").floor("h"), context.unchanged.hours
    if hour not in hours:
        return None
    of_all = context.visitor_thresholds.in_force.on(context.visitor_thresholds.defaults)
    outlook = Outlook(context.unchanged, context.area, of_all, context.lang)
    return map_table(outlook, hour_index=int(hours.searchsorted(hour)))


def _line(
    one: ZoneNow, expected: pd.DataFrame | None, context: Context, playbook: Playbook, now: datetime, *, told: bool
) -> None:
    lang, area = context.lang, context.area
    with st.container(border=True, gap="xsmall", key=f"status-{one.zone}"):
        name = bold(area.zone(one.zone).name(lang))
        if expected is None:
            st.markdown(name)
        else:
            row = expected.loc[one.zone]
            figures = row.iloc[2:5].to_numpy(dtype=float, na_value=float("nan")).tolist()
            names = [str(column) for column in expected.columns[2:5]]
            cells = [
                f"{column} {lang.number(figure)}"
                for column, figure in zip(names, figures, strict=True)
                if isfinite(figure)
            ]
            st.markdown(name + as_text(f" · {row.iloc[1]} · ") + as_text(" · ".join(cells).lower()))
        if area.clock.mode == "live":
            st.markdown(as_text(counted_words(one.counted, area, now, lang)))
        for each in one.measures:
            _said(measure_words(each, playbook, area, now, lang), each.start, now)
        for presence in one.there:
            _said(presence_words(presence, playbook, area, now, lang), presence.since, now)
        if told:
            with st.container(horizontal=True, gap="small"):
                _say(one, context, playbook)
                for presence in one.there:
                    if presence.organisation != _own():
                        _answer(presence, context, playbook)


def _said(text: str, since: datetime, now: datetime) -> None:
    """Show what was said; what is old fades, with a sign beside it for who does not see that."""
    old = fades(since, now)
    st.markdown(small(Markdown(":material/history: ") + as_text(text)) if old else as_text(text))


def _own() -> str:
    return visitor().organisation or ""


def _say(one: ZoneNow, context: Context, playbook: Playbook) -> None:
    """Show the two touches: opening, and touching a function that is there, or is not there any more."""
    lang, key = context.lang, f"{StatusKey.THERE}.{one.zone}"
    with st.popover(lang.t("Who is there?"), icon=":material/badge:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        mine = tuple(sorted({each.function for each in one.there if each.organisation == _own()}))
        choice = f"{key}.{'.'.join(mine)}"

        def say() -> None:
            chosen = set(st.session_state[choice])
            for function in chosen ^ set(mine):
                there = function in chosen
                do(say_there, context.area, one.zone, function, there=there, presence_id=str(uuid4()))

        st.pills(
            lang.t("Touch a function of your organisation. It counts at once."),
            actor_ids(playbook),
            selection_mode="multi",
            default=list(mine),
            format_func=lambda function: actor_name(function, playbook, lang),
            key=choice,
            on_change=attempting(lang, say),
        )
        st.markdown(small(lang.t("Functions only: no units, numbers or names. After 24 hours it is erased.")))


def _answer(presence: Presence, context: Context, playbook: Playbook) -> None:
    """Show the two touches by which one answers what another organisation says, which stays as it is."""
    lang, key = context.lang, f"{StatusKey.ANSWER}.{presence.id}"
    label = lang.t("Answer: {function}", function=actor_name(presence.function, playbook, lang))
    with st.popover(label, icon=":material/reply:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return

        def send() -> None:
            chosen: Answer | None = st.session_state[f"{key}.choice"]
            if chosen is not None:
                do(answer_there, context.area, presence.id, chosen, answer_id=str(uuid4()))

        st.pills(
            lang.t("Your answer"),
            ANSWERS,
            format_func=lambda answer: answer_name(answer, lang),
            key=f"{key}.choice",
            on_change=attempting(lang, send),
            label_visibility="collapsed",
        )
