"""Acting: who may change what, asked at the moment it is done, and what is refused said in a sentence.

Streamlit runs what a button does before the page looks who is there, on a page that may have been open all evening.
So nothing here is changed but through :func:`do`, which asks the cookie and the database who acts now.
"""

from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

import streamlit as st

from feedback.people.roles import Role, has_any, role_name
from language import Language, UserError, message_id
from language.plain import joined
from streamlit_app.access.permissions import RefusedError, look_anew, visitor
from streamlit_app.access.visitors import Visitor, standing_now
from streamlit_app.shell import session
from streamlit_app.shell.widgets import Key

P = ParamSpec("P")
T = TypeVar("T")

_FOR: Final[dict[tuple[Role, ...], dict[str, str]]] = {
    (Role.VISITOR,): {
        "feedback.contributions.contributions": "send change",
        "feedback.upkeep.erasure": "erase_person erase_rows",
        "feedback.sessions.proposals": "propose withdraw",
        "reports.workbook_store": "begin change copy delete",
    },
    (Role.PARTICIPANT,): {
        "feedback.sessions.responses": "respond",
        "feedback.sessions.sessions": "join",
        "feedback.sessions.statements": "add_statement vote",
    },
    (Role.COMMUNICATIONS, Role.PROFESSIONAL): {
        "reports.picture_register": "ask approve publish withdraw",
    },
    (Role.FACILITATOR,): {
        "feedback.sessions.advice": "give_advice answer_advice",
        "feedback.sessions.agenda": "add_item move_item remove_item",
        "feedback.sessions.closing": "adopt fill_in",
        "feedback.people.invitations": "invite withdraw",
        "feedback.contributions.moderation": "hide publish set_general_mode undo",
        "feedback.sessions.paper": "type_in_votes",
        "feedback.people.passwords": "set_password withdraw_account",
        "feedback.sessions.responses": "type_in",
        "feedback.sessions.sessions": "close_session make_session open_session reveal show_item start_timer stop_timer",
        "feedback.people.sign_ins": "end",
        "feedback.sessions.statements": "begin_with",
        "forecasting.values.adoption": "adopt go_back",
    },
    (Role.STEWARD,): {
        "data.upkeep.adding": "add_area",
        "data.area.clock": "set_access set_clock",
        "data.upkeep.delivering": "take_in",
        "data.upkeep.earlier": "put_back",
        "data.upkeep.event_calendar": "save_calendar",
        "data.area.settings": "set_default_area",
        "data.area.sources": "record_decision",
        "feedback.upkeep.backup": "backup",
        "streamlit_app.manage.jobs": "start",
        "streamlit_app.manage.managing_backup": "all_areas what_people_said",
    },
}

MAY: Final = {
    f"{module}.{name}": roles
    for roles, modules in _FOR.items()
    for module, names in modules.items()
    for name in names.split()
}
"""Who may do what: by the full name of each function that changes state, or hands out what is not public."""


def do(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something that changes state, when who looks at this page may do so at this moment; return what it returns.

    Raises ``RefusedError``, and has changed nothing, when they may not; else what ``act`` raises.
    """
    return do_as(visitor(), session.spoken(), act, *args, **kwargs)


def do_as(who: Visitor, lang: Language, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something as :func:`do` does, for who was known as ``who`` when a page was drawn or a request came."""
    roles = MAY[f"{act.__module__}.{act.__qualname__}"]
    if Role.VISITOR not in roles and not has_any(standing_now(who).role, roles):
        raise _refused(roles, lang)
    try:
        return act(*args, **kwargs)
    finally:
        look_anew()


def _refused(roles: tuple[Role, ...], lang: Language) -> RefusedError:
    names = joined([role_name(role, lang) for role in roles], lang)
    return RefusedError(message_id("Nothing was changed. Your access is not (or no longer) for: {roles}."), roles=names)


def tell_who_was_sent_away(lang: Language) -> None:
    """Say so when a role that this page was drawn for is over: what was pressed last may have gone with its button."""
    now = visitor()
    before: Role = st.session_state.get(Key.SEEN_AS, now.role)
    if now.known:
        st.session_state[Key.SEEN_AS] = now.role
        if not has_any(now.role, (before,)):
            session.say_once(_refused((before,), lang).md(lang))


def later(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
    """Return what a download makes when its button is pressed: the page's own run is over by then."""
    who, lang = visitor(), session.spoken()
    return lambda: do_as(who, lang, act, *args, **kwargs)


def attempting(lang: Language, act: Callable[[], object]) -> Callable[[], None]:
    """Return what a widget calls to :func:`attempt` something."""

    def call() -> None:
        attempt(lang, act)

    return call


def attempt(lang: Language, act: Callable[[], object]) -> bool:
    """Do something that may be refused; what is wrong is said above the page. Returns whether it was done.

    Who may not do it (any more) gets the page anew, which says so and shows them nothing else that is not theirs.
    """
    try:
        act()
    except RefusedError as error:
        session.say_once(error.md(lang))
        st.rerun()
    except UserError as error:
        session.say_once(error.md(lang))
        # Who pressed a button far down the page does not see its top.
        st.toast(error.md(lang), icon=":material/error:")
        return False
    return True
