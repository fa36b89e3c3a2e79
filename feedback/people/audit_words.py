"""What lines of the audit log are called: each act in words, its kind, by whom, and what came of it."""

from typing import Final, Literal, get_args

from data.keeping.acts import OWNER, Outcome
from feedback.people.organisations import organisation_name, organisation_of
from feedback.people.roles import Role, role_name
from language import Language, message_id

Kind = Literal["door", "people", "decision", "session", "data", "export", "machine", "refusal"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

ACTS: Final[dict[Kind, dict[str, str]]] = {
    "door": {
        "sign_ins.come_in": message_id("Came in"),
        "sign_ins.leave": message_id("Signed out"),
    },
    "people": {
        "invitations.invite": message_id("Invitation made"),
        "invitations.withdraw": message_id("Invitation withdrawn"),
        "passwords.set_password": message_id("Password set"),
        "passwords.withdraw_account": message_id("Account withdrawn"),
        "sign_ins.end": message_id("Somebody signed out by a steward"),
    },
    "decision": {
        "moderation.hide": message_id("Text hidden"),
        "moderation.publish": message_id("Text published"),
        "moderation.set_general_mode": message_id("Rule for moderators changed"),
        "moderation.undo": message_id("Decision of a moderator undone"),
        "adoption.adopt": message_id("Thresholds adopted"),
        "adoption.go_back": message_id("Earlier thresholds adopted again"),
        "event_proposals.propose_event": message_id("Event proposed"),
        "event_proposals.withdraw_event": message_id("Proposal of an event withdrawn"),
        "event_proposals.accept_event": message_id("Proposed event accepted"),
        "event_proposals.refuse_event": message_id("Proposed event refused"),
        "agreed_history.put_condition": message_id("Condition kept"),
        "agreed_history.put_wish": message_id("Goal or wish noted"),
        "agreed_history.decide_condition": message_id("Decision on a condition"),
        "plan_history.put_result": message_id("Result of a work package noted"),
        "plan_history.put_meeting": message_id("Meeting of work packages noted"),
        "plan_history.put_telling": message_id("Message of the communication plan noted"),
        "plan_history.decide_use": message_id("Decision on taking it into use"),
        "case_history.change_case": message_id("Costs and benefits changed"),
        "case_history.confirm_rate": message_id("Rate of costs and benefits confirmed"),
        "case_history.earlier_case": message_id("Earlier costs and benefits restored"),
        "history.change_card": message_id("Card of the playbook changed"),
        "history.adopt_card": message_id("Card of the playbook adopted"),
        "history.back_to": message_id("Earlier playbook restored"),
        "adopting.adopt_effect": message_id("Measured effect adopted"),
        "adopting.withdraw_effect": message_id("Measured effect withdrawn"),
        "running.freeze": message_id("Plan of a trial frozen"),
        "running.break_off": message_id("Day of a trial broken off"),
        "presence.say_there": message_id("Told colleagues which function is where"),
        "presence.answer_there": message_id("Answered which function is where"),
        "publishing.set_delay": message_id("When everybody reads what was done changed"),
        "log.log": message_id("Action entered in the log"),
        "log.correct": message_id("Entry of the action log corrected"),
        "log.strike": message_id("Entry of the action log struck through"),
        "log.erase_words": message_id("Words of the action log erased"),
        "advice.give_advice": message_id("Advice kept"),
        "advice.answer_advice": message_id("Advice answered"),
        "advice_mending.change_advice": message_id("Advice changed"),
        "advice_mending.change_answer": message_id("Answer to advice changed"),
        "advice_mending.remove_advice": message_id("Advice deleted"),
        "advice_mending.withdraw_answer": message_id("Answer to advice withdrawn"),
        "picture_register.ask": message_id("Approval of a picture requested"),
        "picture_register.approve": message_id("Picture approved"),
        "picture_register.refuse": message_id("Picture refused"),
        "picture_register.publish": message_id("Picture noted as published"),
        "picture_register.withdraw": message_id("Picture withdrawn"),
        "sources.record_stance": message_id("What a party says to a source noted"),
        "sources.record_decision": message_id("Decision on a source"),
        "investigations.allow_test": message_id("Leave given to test a source"),
        "investigations.end_leave": message_id("Leave to test a source withdrawn"),
        "brand_keeping.keep_brand": message_id("House style made"),
        "brand_keeping.remove_brand": message_id("House style taken away"),
    },
    "session": {
        "agenda.add_item": message_id("Item put on an agenda"),
        "agenda.change_item": message_id("Item of an agenda changed"),
        "agenda.move_item": message_id("Item of an agenda moved"),
        "agenda.remove_item": message_id("Item removed from an agenda"),
        "closing.adopt": message_id("Report adopted"),
        "closing.fill_in": message_id("Closing form filled in"),
        "closing.rectify": message_id("Report rectified"),
        "closing.withdraw_report": message_id("Report withdrawn"),
        "mending.change_session": message_id("Session changed"),
        "mending.copy_session": message_id("Session copied"),
        "mending.remove_session": message_id("Session deleted"),
        "door.shut_door": message_id("Door shut: nobody comes in any more"),
        "door.open_door": message_id("Door opened again, with a new code"),
        "guesses.type_in": message_id("Guesses typed in from paper"),
        "needless.type_in": message_id("Answers on acting for nothing typed in from paper"),
        "saturday.type_in": message_id("Choices of teams typed in from paper"),
        "paper.type_in_thresholds": message_id("Thresholds typed in from paper"),
        "paper.type_in_statements": message_id("Statements typed in from paper"),
        "preparing.note_printed": message_id("Sheets opened for printing"),
        "paper.type_in_votes": message_id("Votes typed in from paper"),
        "rehearsal.begin_rehearsal": message_id("Rehearsal begun"),
        "rehearsal.end_rehearsal": message_id("Rehearsal ended, test data deleted"),
        "responses.type_in": message_id("Answers typed in from paper"),
        "sessions.close_session": message_id("Session closed"),
        "sessions.make_session": message_id("Session made"),
        "sessions.open_session": message_id("Session opened"),
        "sessions.reveal": message_id("Answers shown or hidden"),
        "sessions.show_item": message_id("Item shown to the room"),
        "sessions.start_timer": message_id("Timer started"),
        "sessions.stop_timer": message_id("Timer stopped"),
        "statements.begin_with": message_id("Statement to begin with added"),
        "wording.begin_with_several": message_id("Statements to begin with added"),
        "wording.change_statement": message_id("Statement corrected"),
        "wording.remove_statement": message_id("Statement deleted"),
        "polis_store.import_conversation": message_id("Pol.is conversation imported"),
    },
    "data": {
        "asking.write_new_area": message_id("Area made by answering questions"),
        "travelling.unpack_area": message_id("Area taken in from a file"),
        "adding.add_area": message_id("Area added"),
        "clock.set_access": message_id("Who sees an area changed"),
        "clock.set_clock": message_id("Clock of an area changed"),
        "settings.set_default_area": message_id("Area that opens first changed"),
        "delivering.take_in": message_id("Data added"),
        "earlier.put_back": message_id("Data restored"),
        "event_calendar.save_calendar": message_id("Event calendar changed"),
        "fetching.fetch": message_id("Sources fetched"),
        "jobs.start": message_id("Job started"),
        "training.train": message_id("Models trained"),
        "second_week_fit.learn_second_week": message_id("Learned how sure days 8 to 14 are"),
        "backtest.run": message_id("Forecasts tested on the past"),
        "sealed_test.sealed_test": message_id("Source tested behind closed doors"),
        "backtest_result.save": message_id("Test of forecasts kept"),
        "update.update": message_id("Nightly job done"),
        "exchange.import_contributions": message_id("Contributions taken in"),
    },
    "export": {
        "travelling.write_area": message_id("Area written as one file"),
        "managing_backup.all_areas": message_id("All areas downloaded"),
        "managing_backup.what_people_said": message_id("Backup downloaded"),
        "audit_log.exported": message_id("This log downloaded"),
        "exchange.export_full": message_id("All contributions exported"),
        "exchange.export_open": message_id("Published contributions exported"),
        "polis_store.polis_files": message_id("Session exported for pol.is"),
    },
    "machine": {
        "backup.backup": message_id("Backup made"),
        "restoring.restore": message_id("Backup restored"),
        "store.initialise": message_id("Database made or brought up to date"),
        "retention.retain": message_id("Old data deleted when due"),
        "erasure.erase_person": message_id("All of one person erased"),
        "erasure.erase_rows": message_id("One contribution erased"),
        "erasure.finish_erasures": message_id("Erasures finished"),
    },
}

_KIND_OF: Final = {act: kind for kind, acts in ACTS.items() for act in acts}
_TEXTS: Final = {act: text for acts in ACTS.values() for act, text in acts.items()}


def kind_of(act: str, outcome: Outcome) -> Kind:
    """Return the kind of a line: what was not done is a refusal, whatever it was."""
    return "refusal" if outcome in ("refused", "outdated") else _KIND_OF.get(act, "machine")


def kind_name(kind: Kind, lang: Language) -> str:
    """Return what a kind of lines is called."""
    names: dict[Kind, str] = {
        "door": lang.t("Coming in and leaving"),
        "people": lang.t("Invitations and roles"),
        "decision": lang.t("Decisions"),
        "session": lang.t("Sessions"),
        "data": lang.t("Data and settings"),
        "export": lang.t("Downloads"),
        "machine": lang.t("Upkeep"),
        "refusal": lang.t("Refused"),
    }
    return names[kind]


def act_text(act: str, lang: Language) -> str:
    """Return an act in words; one that this version does not know by its id."""
    return lang.t(_TEXTS[act]) if act in _TEXTS else act


def outcome_text(outcome: Outcome, lang: Language) -> str:
    """Return what came of it."""
    names: dict[Outcome, str] = {
        "done": lang.t("done"),
        "refused": lang.t("refused: not (or no longer) allowed"),
        "outdated": lang.t("not done: a colleague was first"),
        "begun": lang.t("begun: it is not known whether it was completed"),
        "left": lang.t("not done"),
    }
    return names[outcome]


def who_text(role: str, organisation: str | None, lang: Language) -> str:
    """Return who acted: the role, and the organisation where it is known."""
    if role == OWNER.role:
        return lang.t("whoever runs the machine (command line)")
    known = organisation_of(organisation)
    name = role_name(Role(role), lang) if role in tuple(Role) else role
    return f"{name}, {organisation_name(known, lang)}" if known else name
