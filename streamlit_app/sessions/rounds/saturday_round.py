"""Playing a frozen day on a phone: one's team, what is expected, the cards of the moment, and how it ended."""

import streamlit as st

from feedback.sessions.agenda import Item
from feedback.sessions.rounds.saturday import TEAMS, TeamPlay, choose, go_on, play_of, plays
from feedback.sessions.sessions import Session
from language import Language
from language.markdown import as_text, bullets, small
from reports.rounds.saturday import (
    ending_sentence,
    ending_table,
    endings,
    expected_sentences,
    game_card,
    hindsight,
    how_played,
    moment_words,
)
from response.saturday.frozen import FrozenDay
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.reading import area_of
from streamlit_app.sessions.rounds.saturday_days import frozen_of
from streamlit_app.shell.acting import attempt, attempting, do


def show_saturday(here: Session, item: Item, person: str, lang: Language) -> None:
    """Show the game of one's team. Raises ``UserError`` when the area has no day to play."""
    day, key = frozen_of(area_of(here)), f"{ResponseKey.JOIN}.saturday.{item.id}"
    st.markdown(small(how_played(lang)))
    team = _team(here, f"{key}.team", lang)
    if team is None:
        st.markdown(lang.t("Choose your team first. Mix: not all of you of the same trade."))
    else:
        mine = play_of(item.id, team)
        if mine.moment > len(day.game.moments):
            _show_ending(mine, day, lang)
        elif here.state == "open":
            _decide(here, item, mine, day, person, lang)
    if item.revealed:
        st.subheader(lang.t("All teams"), anchor=False)
        st.dataframe(ending_table(endings(plays(item.id), day, lang), lang), hide_index=True)


def team_kept(session_id: str) -> dict[str, str]:
    """Return what the address of a phone keeps of its team in a session: a reload or a locked phone stays in it."""
    kept: dict[str, int] = st.session_state.setdefault(SessionKey.TEAM, {})
    params = st.query_params
    named = params.get("team", "") if params.get("session") == session_id else ""
    if session_id not in kept and named in map(str, range(1, TEAMS + 1)):
        kept[session_id] = int(named)
    return {"team": str(kept[session_id])} if session_id in kept else {}


def _team(here: Session, key: str, lang: Language) -> int | None:
    kept: dict[str, int] = st.session_state.setdefault(SessionKey.TEAM, {})
    if here.id in kept:
        st.session_state[key] = kept[here.id]

    def keep() -> None:
        kept.pop(here.id, None)
        if (chosen := st.session_state[key]) is not None:
            kept[here.id] = chosen

    team: int | None = st.pills(lang.t("Your team"), tuple(range(1, TEAMS + 1)), key=key, on_change=keep)
    return team


def _decide(here: Session, item: Item, mine: TeamPlay, day: FrozenDay, person: str, lang: Language) -> None:
    moment, key = mine.moment, f"{ResponseKey.JOIN}.saturday.{item.id}.{mine.team}"
    st.subheader(as_text(moment_words(day, moment, lang)), anchor=False)
    st.markdown(bullets(expected_sentences(day, moment, lang)))
    st.markdown(lang.t("Now or never: what does your team do?"))

    def touch(card: str) -> None:
        wanted = bool(st.session_state[f"{key}.{card}"])
        attempt(lang, lambda: do(choose, here.id, item.id, mine.team, card, wanted, moment=moment, person=person))

    for card in day.game.at(moment):
        name = f"{key}.{card.id}"
        st.session_state[name] = card.id in mine.cards
        st.checkbox(as_text(game_card(card, day, lang)), key=name, on_change=touch, args=(card.id,))
    last = moment == len(day.game.moments)
    label = lang.t("See how it ended") if last else lang.t("Go on to the next day")
    with st.container(horizontal=True):
        st.button(
            label,
            type="primary",
            icon=":material/arrow_forward:",
            key=f"{key}.on.{moment}",
            on_click=attempting(lang, lambda: do(go_on, here.id, item.id, mine.team, moment=moment, person=person)),
        )
        st.button(lang.t("See what my team chose"), icon=":material/refresh:", key=f"{key}.again")


def _show_ending(mine: TeamPlay, day: FrozenDay, lang: Language) -> None:
    st.subheader(lang.t("How it ended"), anchor=False)
    st.markdown(bullets([ending_sentence(name, one, lang) for name, one in endings([mine], day, lang)]))
    st.subheader(lang.t("What nobody could know"), anchor=False)
    st.markdown(bullets(hindsight(day, lang)))
