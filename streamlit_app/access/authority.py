"""Authority: who may do what, by role, organisation and session; one table, asked by ``streamlit_app.shell.acting``."""

from dataclasses import dataclass
from typing import Final

from feedback.people.organisations import Organisation
from feedback.people.roles import Role, has_any
from feedback.sessions.agenda import find_item
from feedback.sessions.statements import session_of
from language import UserError
from streamlit_app.access.visitors import Visitor


@dataclass(frozen=True)
class Rule:
    """For whom an act is: one of the roles, and where ``organisations`` are named, somebody of one of those.

    A steward keeps the app for all organisations, so for a steward the organisation is not asked.
    """

    roles: tuple[Role, ...]
    organisations: tuple[Organisation, ...] = ()

    @property
    def logged(self) -> bool:
        """Whether the audit log tells of it: what people say for themselves is nobody's business there."""
        return not {Role.VISITOR, Role.PARTICIPANT} & set(self.roles)


_FOR: Final[dict[tuple[Role, ...], dict[str, str]]] = {
    (Role.VISITOR,): {
        "feedback.contributions.contributions": "send change",
        "feedback.upkeep.erasure": "erase_person erase_rows",
        "feedback.sessions.preparing": "note_reached",
        "feedback.sessions.proposals": "propose withdraw",
        "reports.workbook_store": "add begin change copy delete",
    },
    (Role.PARTICIPANT,): {
        "feedback.sessions.rounds.guesses": "guess",
        "feedback.sessions.rounds.needless": "accept",
        "feedback.sessions.rounds.saturday": "choose go_on",
        "feedback.sessions.rounds.card_views": "judge",
        "feedback.sessions.responses": "respond",
        "feedback.sessions.sessions": "join",
        "feedback.sessions.statements": "add_statement vote",
    },
    (Role.COMMUNICATIONS, Role.PROFESSIONAL): {
        "reports.picture_register": "ask approve publish refuse withdraw",
        "reports.brand_keeping": "keep_brand remove_brand",
    },
    (Role.PROFESSIONAL,): {
        "data.upkeep.event_proposals": "propose_event withdraw_event",
        "response.cards.history": "change_card adopt_card back_to",
        "response.actions.log": "log correct strike",
        "response.effects.adopting": "adopt_effect withdraw_effect",
        "response.trials.running": "freeze break_off",
        "response.status.presence": "say_there answer_there",
    },
    (Role.FACILITATOR,): {
        "data.area.sources": "record_stance",
        "feedback.sessions.advice": "give_advice answer_advice",
        "feedback.sessions.advice_mending": "change_advice change_answer remove_advice withdraw_answer",
        "feedback.sessions.agenda": "add_item change_item move_item remove_item",
        "feedback.sessions.closing": "adopt fill_in rectify withdraw_report",
        "feedback.sessions.door": "open_door shut_door",
        "feedback.sessions.rounds.guesses": "type_in",
        "feedback.sessions.rounds.needless": "type_in",
        "feedback.sessions.rounds.saturday": "type_in",
        "feedback.sessions.mending": "change_session copy_session remove_session",
        "feedback.sessions.rehearsal": "begin_rehearsal end_rehearsal",
        "feedback.sessions.wording": "begin_with_several change_statement remove_statement",
        "feedback.people.invitations": "invite withdraw",
        "feedback.contributions.moderation": "hide publish set_general_mode undo",
        "feedback.sessions.paper": "type_in_thresholds type_in_statements type_in_votes",
        "feedback.sessions.preparing": "note_printed",
        "feedback.people.passwords": "set_password withdraw_account",
        "feedback.sessions.responses": "type_in",
        "feedback.sessions.sessions": "close_session make_session open_session reveal show_item start_timer stop_timer",
        "feedback.people.sign_ins": "end",
        "feedback.sessions.statements": "begin_with",
        "forecasting.values.adoption": "adopt go_back",
        "response.actions.log": "erase_words",
    },
    (Role.STEWARD,): {
        "data.upkeep.adding": "add_area",
        "data.area.clock": "set_access set_clock",
        "data.area.investigations": "allow_test end_leave",
        "data.upkeep.delivering": "take_in",
        "data.upkeep.earlier": "put_back",
        "data.upkeep.event_calendar": "save_calendar",
        "data.upkeep.event_proposals": "accept_event refuse_event",
        "response.costs.case_history": "change_case confirm_rate earlier_case",
        "response.conditions.agreed_history": "put_condition put_wish decide_condition",
        "response.progress.plan_history": "put_result put_meeting put_telling decide_use",
        "response.status.publishing": "set_delay",
        "data.area.settings": "set_default_area",
        "data.area.sources": "record_decision",
        "feedback.people.audit_log": "exported",
        "feedback.upkeep.backup": "backup",
        "feedback.upkeep.restoring": "restore",
        "streamlit_app.manage.jobs": "start",
        "streamlit_app.manage.managing_backup": "all_areas what_people_said",
    },
}

_OF: Final[dict[str, tuple[Organisation, ...]]] = {
    "data.upkeep.event_proposals.propose_event": (Organisation.EVENTS,),
    "data.upkeep.event_proposals.withdraw_event": (Organisation.EVENTS,),
}
"""What only some organisations do."""

MAY: Final = {
    f"{module}.{name}": Rule(roles, _OF.get(f"{module}.{name}", ()))
    for roles, modules in _FOR.items()
    for module, names in modules.items()
    for name in names.split()
}
"""Who may do what: by the full name of each function that changes state, or hands out what is not public."""

_SEEN: Final = {
    "data.area.clock": "set_access set_clock",
    "data.area.investigations": "allow_test end_leave",
    "data.area.settings": "set_default_area",
    "data.area.sources": "record_decision record_stance",
    "data.upkeep.earlier": "put_back",
    "data.upkeep.event_calendar": "save_calendar",
    "data.upkeep.event_proposals": "accept_event refuse_event withdraw_event",
    "feedback.contributions.contributions": "change",
    "feedback.contributions.moderation": "set_general_mode",
    "feedback.people.invitations": "withdraw",
    "feedback.people.passwords": "set_password withdraw_account",
    "feedback.people.sign_ins": "end",
    "feedback.sessions.advice": "answer_advice",
    "feedback.sessions.advice_mending": "change_advice change_answer remove_advice withdraw_answer",
    "feedback.sessions.agenda": "change_item move_item remove_item",
    "feedback.sessions.closing": "adopt fill_in rectify withdraw_report",
    "feedback.sessions.door": "open_door shut_door",
    "feedback.sessions.mending": "change_session remove_session",
    "feedback.sessions.rehearsal": "begin_rehearsal end_rehearsal",
    "feedback.sessions.wording": "change_statement remove_statement",
    "feedback.sessions.sessions": "close_session open_session reveal show_item start_timer stop_timer",
    "feedback.upkeep.erasure": "erase_person erase_rows",
    "forecasting.values.adoption": "adopt go_back",
    "reports.picture_register": "ask approve publish refuse withdraw",
    "response.actions.log": "correct strike",
    "response.effects.adopting": "adopt_effect withdraw_effect",
    "reports.workbook_store": "change delete",
    "response.cards.history": "change_card adopt_card back_to",
    "response.costs.case_history": "change_case confirm_rate earlier_case",
    "response.conditions.agreed_history": "put_condition put_wish decide_condition",
    "response.progress.plan_history": "put_result put_meeting put_telling decide_use",
    "response.status.publishing": "set_delay",
}

SEEN_FIRST: Final = frozenset(f"{module}.{name}" for module, names in _SEEN.items() for name in names.split())
"""What changes something that two people at one desk could change: it needs the version that was seen.

``moderation.hide``, ``moderation.publish`` and ``delivering.take_in`` are given what was seen itself, and
``moderation.undo`` the decision. What only adds something (a session, an item, an invitation) overwrites nobody's. A
vote, a proposal and an attendance are one person's own, of which the newest counts, whatever they saw.
"""


def allows(rule: Rule, who: Visitor, args: tuple[object, ...]) -> bool:
    """Return whether somebody may do, at this moment, what a rule is for; ``args`` tell on which session it is."""
    if Role.VISITOR in rule.roles:
        return True
    if not has_any(who.role, rule.roles):
        return False
    if rule.organisations and who.role is not Role.STEWARD and who.organisation not in rule.organisations:
        return False
    if Role.PARTICIPANT not in rule.roles or has_any(who.role, (Role.FACILITATOR,)):
        return True
    session = _session(args)
    return session is None or session in who.sessions


def _session(args: tuple[object, ...]) -> str | None:
    """Return in which session somebody takes part by an act; ``None`` for what is asked of everybody with a code.

    Of what is gone the act itself tells what is wrong.
    """
    first, *others = (str(one) for one in args[:2])
    try:
        if others and find_item(others[0]).kind == "request":
            return None
    except UserError:
        pass
    return session_of(first)
