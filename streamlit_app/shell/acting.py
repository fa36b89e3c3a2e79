"""Acting: who may change what, asked at the moment it is done, and what is refused said in a sentence.

Streamlit runs what a button does before the page looks who is there, on a page that may have been open all evening.
So nothing here is changed but through :func:`do`, which asks the cookie and the database who acts now, and through
:func:`do_seen`, which also asks whether what they saw still stands. ``data.keeping.acts`` then carries it out.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import RunLocation, ThreadState

from data.keeping.acts import Actor, ChangedError, Outcome, Seen, UnderWay, act_id, carried, described, note, see
from feedback.database.unavailable import UnavailableError
from feedback.people import audit_log
from feedback.people.audit_words import act_text
from feedback.people.roles import Role, has_any, role_name
from language import Language, UserError, message_id
from language.plain import joined
from streamlit_app.access.allowance import network_name
from streamlit_app.access.authority import MAY, SEEN_FIRST, allows
from streamlit_app.access.permissions import RefusedError, look_anew, visitor
from streamlit_app.access.visitors import Visitor, standing_now
from streamlit_app.access.writing_costs import COSTS, wait_to_write
from streamlit_app.shell import phone, session
from streamlit_app.shell.keys import ShellKey

P = ParamSpec("P")
T = TypeVar("T")


def do(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something that changes state, when who looks at this page may do so at this moment; return what it returns.

    Raises ``RefusedError``, and has changed nothing, when they may not; else what ``act`` raises.
    """
    _spend(act)
    return do_as(visitor(), session.spoken(), act, *args, **kwargs)


def do_seen(seen: Seen, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something as :func:`do` does, when it is still as it was ``seen`` when the page was drawn.

    Raises ``ChangedError``, and has changed nothing, when a colleague was first; it says what they decided.
    """
    _spend(act)
    try:
        return do_seen_as(seen, visitor(), session.spoken(), act, *args, **kwargs)
    finally:
        if seen.name:  # what is shown next is the newest
            st.session_state[ShellKey.DRAWN][seen.name] = see(seen.read).token


def may_do(act: Callable[..., object]) -> bool:
    """Return whether who looks at this page may do something that does not hang on a session: whether to offer it."""
    return allows(MAY[_name(act)], visitor(), ())


def do_as(who: Visitor, lang: Language, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something as :func:`do` does, for who was known as ``who`` when a page was drawn or a request came."""
    if _name(act) in SEEN_FIRST:
        raise ValueError(f"{act_id(act)} needs the version that was seen")
    return _carried_out(None, who, lang, act, *args, **kwargs)


def do_seen_as(seen: Seen, who: Visitor, lang: Language, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something as :func:`do_seen` does, for who was known as ``who`` when a request came."""
    return _carried_out(seen, who, lang, act, *args, **kwargs)


def _carried_out(
    seen: Seen | None, who: Visitor, lang: Language, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    rule, now = MAY[_name(act)], standing_now(who)
    under = described(_actor(now), act, args, logged=rule.logged)
    under.seen = seen
    if not allows(rule, now, args):
        # Who they were tells more than that they are nobody now.
        under.actor = _actor(now if now.grant else who)
        _note(under, "refused")
        raise _refused(rule.roles, lang)
    try:
        return carried(under, act, *args, **kwargs)
    except ChangedError as error:
        _note(under, "outdated")
        raise _told(error, under, lang) from error
    finally:
        look_anew()


def as_drawn(name: str, read: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Seen:
    """Return the version of what ``read`` gives as it was when this page was last drawn, and keep the newest one.

    For what is done in the run in which a form is sent: the page that was filled in is the one of the run before.
    """
    now = see(read, *args, **kwargs)
    kept: dict[str, str] = st.session_state.setdefault(ShellKey.DRAWN, {})
    before, kept[name] = kept.get(name, now.token), now.token
    return Seen(now.read, before, name)


def as_begun(name: str, begun: bool, read: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> tuple[Seen, bool]:
    """Return the version of what ``read`` gives as a form was begun on, and whether a colleague changed it since.

    ``begun`` is whether the form was on the page before: its fields keep what they had then, and may hold words that
    are not sent yet. Who sends it is refused once, and reads beside the form how it stands now. Then they choose.
    """
    now = see(read, *args, **kwargs)
    kept: dict[str, str] = st.session_state.setdefault(ShellKey.DRAWN, {})
    if not begun or name not in kept:
        kept[name] = kept[f"{name}.first"] = now.token
    first = kept.setdefault(f"{name}.first", now.token)
    return Seen(now.read, kept[name], name), first != now.token


def _spend(act: Callable[..., object]) -> None:
    """Raise ``UserError`` when more is written from here than there is room for, by people who are not known."""
    cost = COSTS.get(_name(act), 0)
    if not cost:
        return
    network = network_name(st.context.ip_address, st.context.headers.get("x-forwarded-for") or "")
    if wait := wait_to_write(cost, visitor(), phone.author().person, network):
        raise UserError(
            "A lot was sent from here in a short time. This is not kept yet: send it in {n} seconds.", n=wait
        )


def _name(act: Callable[..., object]) -> str:
    return f"{act.__module__}.{act.__qualname__}"


def _actor(who: Visitor) -> Actor:
    return Actor(who.role, who.organisation, who.grant)


def _note(under: UnderWay, outcome: Outcome) -> None:
    if not under.logged:
        return
    try:
        audit_log.refuse(under, outcome)
    except UnavailableError:  # nobody is known then, and all is refused
        note(under, outcome)


def _told(error: ChangedError, under: UnderWay, lang: Language) -> ChangedError:
    """Return the same error with what a colleague did today with the very same thing, where that is known."""
    if type(error) is not ChangedError:  # it tells more itself
        return error
    if not under.logged:  # whose own it is knows no colleague
        return ChangedError(
            message_id("This was changed meanwhile, on another page or phone. Nothing was done. Look again first.")
        )
    newest = audit_log.newest_on(under.target, datetime.now(UTC).date().isoformat())
    if newest is None:
        return error
    return ChangedError(
        message_id("A colleague decided already: {what}. Your change was not carried out. Look again, and decide."),
        what=act_text(newest.act, lang),
    )


def _refused(roles: tuple[Role, ...], lang: Language) -> RefusedError:
    names = joined([role_name(role, lang) for role in roles], lang)
    return RefusedError(message_id("Nothing was changed. Your access is not (or no longer) for: {roles}."), roles=names)


def chosen_of(choice: T | None) -> T:
    """Return what somebody chose of choices that judge, of which none stands there by itself.

    Raises ``UserError`` when they chose none.
    """
    if choice is None:
        raise UserError("Choose an answer first. We did not choose one for you.")
    return choice


def tell_who_was_sent_away(lang: Language) -> None:
    """Say so when a role that this page was drawn for is over: what was pressed last may have gone with its button."""
    now = visitor()
    before: Role = st.session_state.get(ShellKey.SEEN_AS, now.role)
    if now.known:
        st.session_state[ShellKey.SEEN_AS] = now.role
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
    """Do something that may be refused; what is wrong is said on the spot. Returns whether it was done.

    Of what a widget calls the spot is not drawn yet, so that is said above the page, where it stays in sight. Who may
    not do it (any more) gets the page anew, which says so and shows them nothing else that is not theirs.
    """
    try:
        act()
    except RefusedError as error:
        session.say_once(error.md(lang))
        st.rerun()
    except UserError as error:
        if ThreadState.get().run_location is RunLocation.CALLBACK:
            session.say_wrong(error.md(lang))
        else:
            st.error(error.md(lang), icon=":material/error:")
        return False
    return True
