"""Voting on a phone, and following the room: parts of the page that are drawn without the rest of it.

Hundreds of phones vote and ask at the same time. So a vote draws only what comes next, and the question from time to
time whether anything moved draws nothing; the whole page is drawn only when the room goes on, or who looks is not in it
any more.
"""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from feedback.database.unavailable import UnavailableError
from feedback.people.roles import Role
from feedback.sessions.agenda import Item
from feedback.sessions.room import Room, room
from feedback.sessions.statements import Statement, vote, votes_of
from language import Language, UserError
from language.markdown import as_text
from streamlit_app.access.permissions import RefusedError, may, visitor
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.seating import ask_role
from streamlit_app.sessions.wording_shown import corrected
from streamlit_app.shell import session
from streamlit_app.shell.acting import do
from streamlit_app.shell.telling import told_on_the_spot
from visuals.base.palette import PAPER

POLL: Final = 15
"""Seconds after which a phone asks whether the room moved on. A full room on one server must be able to."""

CHOICES: Final = (((1, ":material/thumb_up:"), (-1, ":material/thumb_down:")), ((0, ":material/question_mark:"),))
"""The choices of a vote, as rows of buttons."""

_IN_SIGHT: Final = f"""<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-ballot) {{ position: sticky; bottom: .25rem; z-index: 5 }}
[data-testid="stLayoutWrapper"]:has(> * > [data-testid="stLayoutWrapper"] > .st-key-ballot),
[data-testid="stVerticalBlock"]:has(> [data-testid="stLayoutWrapper"] > .st-key-ballot) {{ display: contents }}
.st-key-ballot {{ background: {PAPER}; border-radius: .5rem; box-shadow: 0 0 .75rem #0003 }}
</style>"""
"""Whatever stands above it, a ballot is in sight as a whole: one choice below the edge of a screen gets fewer votes.

It sticks within what it is a child of, so the fragment that it is drawn in must be no box of its own."""

SETS: Final = 8
"""Sets of buttons that take turns, so that a phone holds no more of them the more it votes.

A button of a set votes on the statement that it was drawn for, until its set has its turn again. A phone that shows
what was drawn seven statements ago has missed as many answers in a row; its connection ends before that.
"""


def vote_name(value: int, lang: Language) -> str:
    """Return what a vote is called."""
    return {1: lang.t("Agree"), -1: lang.t("Disagree"), 0: lang.t("Pass")}[value]


def votes_on(now: Room, item: Item) -> bool:
    """Return whether there is voting on an item."""
    return item.kind == "statements" or any(shown.item == item.id for shown in now.published)


@dataclass(frozen=True)
class Seat:
    """Who looks at a session for whom a page is drawn: under which pseudonym, and whether they are in the session."""

    session: str
    person: str
    inside: bool


def seat(session_id: str) -> Seat | None:
    """Return the seat of who looks now; ``None`` for who entered no code."""
    who = visitor()
    if who.person is None:
        return None
    return Seat(session_id, who.person, session_id in who.sessions or may(Role.FACILITATOR))


@st.fragment(run_every=POLL)
def follow_room(here: Seat, seen: tuple[object, ...]) -> None:
    """Ask from time to time whether the room moved on; only then is the page drawn again."""
    with told_on_the_spot():
        _unmoved(here, seen)


@st.fragment
def voting(here: Seat, item_id: str, seen: tuple[object, ...]) -> None:
    """Show the statement to vote on, and one's own votes; drawn again only when somebody taps.

    :func:`follow_room` stands beside it. Whoever voted on all waits for what comes.
    """
    with told_on_the_spot():
        now = _unmoved(here, seen)
        if now.next_for(item_id, votes_of(here.session, here.person)) is None:
            _waiting(here, item_id, seen)
        else:
            _show(now, item_id, here.person, session.spoken())


@st.fragment(run_every=POLL)
def _waiting(here: Seat, item_id: str, seen: tuple[object, ...]) -> None:
    """Show the same, and look from time to time whether there is another statement to vote on."""
    with told_on_the_spot():
        _show(_unmoved(here, seen), item_id, here.person, session.spoken())


def _unmoved(here: Seat, seen: tuple[object, ...]) -> Room:
    """Return the room as it is. The whole page is drawn instead when the room moved on, when who looks is not (any
    more) for whom this was drawn, or when there is something to say above the page.
    """
    try:
        now = room(here.session)
    except UnavailableError:
        raise
    except UserError:
        st.rerun()
    if now.look != seen or seat(here.session) != here or session.has_notices():
        st.rerun()
    return now


def _show(now: Room, item_id: str, person: str, lang: Language) -> None:
    mine = votes_of(now.session.id, person)
    shown, following = now.shown(item_id), now.next_for(item_id, mine)
    done = sum(statement.id in mine for statement in shown)
    if (sentence := st.session_state.pop(f"{ResponseKey.JOIN}.vote-error", None)) is not None:
        st.error(sentence, icon=":material/error:")
    if shown:
        st.progress(done / len(shown), text=lang.md("{done} of {all} statements", done=done, all=len(shown)))
    is_open = now.session.state == "open"
    if following is not None and is_open:
        _ballot(following, item_id, person, lang)
    elif shown:
        st.success(lang.t("You voted on all statements. New ones appear here."), icon=":material/check_circle:")
    if mine and is_open:
        ask_role(now.session, person, lang)
        key = f"{ResponseKey.JOIN}.own.{item_id}"
        own = st.expander(lang.t("Your votes"), icon=":material/how_to_vote:", key=key, on_change="rerun")
        # Closed, it holds nothing: a field for each vote would be made again with every vote.
        if own.open:
            with own:
                for statement in (one for one in shown if one.id in mine):
                    _revote(statement, mine[statement.id], person, lang)


def _ballot(statement: Statement, item_id: str, person: str, lang: Language) -> None:
    turn = _turn(statement.id, item_id)
    st.html(_IN_SIGHT)
    with st.container(border=True, key="ballot"):
        st.subheader(as_text(statement.text), anchor=False)
        if note := corrected(statement, session.spoken()):
            st.markdown(note.strip())
        for row in CHOICES:
            with st.container(horizontal=True, gap="small"):
                for value, icon in row:
                    st.button(
                        vote_name(value, lang),
                        icon=icon,
                        # The next statement has another set: a double tap must not vote on it.
                        key=f"{ResponseKey.JOIN}.vote.{item_id}.{turn}.{value}",
                        width="stretch",
                        type="primary" if value else "secondary",
                        on_click=_cast,
                        args=(statement.id, value, person, lang),
                    )


def _turn(statement_id: str, item_id: str) -> int:
    """Return which set of buttons a statement has: the one it was drawn with just now, or the next."""
    key = f"{ResponseKey.JOIN}.turn.{item_id}"
    last, turn = st.session_state.get(key, (None, -1))
    if last != statement_id:
        turn = (turn + 1) % SETS
        st.session_state[key] = (statement_id, turn)
    return int(turn)


def _revote(statement: Statement, value: int, person: str, lang: Language) -> None:
    key = f"{ResponseKey.JOIN}.own.{statement.id}"
    st.session_state[key] = value
    st.segmented_control(
        as_text(statement.text),
        [1, -1, 0],
        format_func=lambda value: vote_name(value, lang),
        key=key,
        required=True,
        on_change=lambda: _cast(statement.id, st.session_state[key], person, lang),
    )


def _cast(statement_id: str, value: int, person: str, lang: Language) -> None:
    try:
        do(vote, statement_id, value, person=person)
    except RefusedError as error:
        session.say_once(error.md(lang))  # there is no statement to say it at: the page only shows the way in
    except UserError as error:
        st.session_state[f"{ResponseKey.JOIN}.vote-error"] = error.md(lang)
