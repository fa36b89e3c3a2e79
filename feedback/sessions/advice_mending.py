"""Mending advices and answers: change them, take an advice away before it is answered, take an answer back."""

import datetime as dt
from collections.abc import Sequence

from data.keeping.real_time import utc_text
from feedback.contributions.built_on import LinkKind
from feedback.database.store import change_store
from feedback.database.texts import clean
from feedback.sessions.advice import LONGEST, Advice, AnswerState, read_advice, worded
from language import UserError


def change_advice(
    advice_id: str,
    text: str,
    *,
    due: dt.date,
    supported_by: str = "",
    minority: str = "",
    links: Sequence[tuple[LinkKind, str]] = (),
) -> Advice:
    """Change an advice; that it was changed, and when, is told. Raises ``UserError`` without a text.

    Once it was answered its text stays as it was answered; who supports it, and the minority, can still be mended.
    """
    text = worded(text)
    with change_store() as db:
        before = read_advice(db, advice_id)
        if before.answers and (text, due.isoformat()) != (before.text, before.due):
            raise UserError("This advice was answered, so its text and day stay. Write down new advice.")
        fields = {
            "text": text,
            "supported_by": clean(supported_by, longest=LONGEST),
            "minority": clean(minority, longest=LONGEST),
            "due": due.isoformat(),
            "changed": utc_text(),
        }
        db.table("advices").update(advice_id, fields)
        db.execute("DELETE FROM advice_links WHERE advice = ?", [advice_id])
        db.table("advice_links").insert_all(
            {"advice": advice_id, "kind": kind, "target": target} for kind, target in dict.fromkeys(links)
        )
        return read_advice(db, advice_id)


def remove_advice(advice_id: str) -> None:
    """Take an advice away. Raises ``UserError`` once it was answered, or stands in an adopted report."""
    with change_store() as db:
        before = read_advice(db, advice_id)
        if before.answers or before.withdrawn:
            raise UserError("This advice was answered, so it stays.")
        if db.table("sessions").count_where("id = ? AND report = 'adopted'", [before.session]):
            raise UserError("This advice is in an adopted report. Withdraw the report first, and say why.")
        db.execute("DELETE FROM advices WHERE id = ?", [advice_id])


def change_answer(
    advice_id: str, answer_id: str, state: AnswerState, text: str, *, answered_by: str = "", due: dt.date | None = None
) -> Advice:
    """Mend an answer; that it was changed, and when, is told.

    Raises ``UserError`` without a reason, when it is under study without a day for the next answer, or it is gone.
    """
    text = worded(text)
    if state == "study" and due is None:
        raise UserError("Say by which day the next answer comes.")
    fields = {
        "state": state,
        "text": text,
        "answered_by": clean(answered_by, longest=200),
        "due": due.isoformat() if due and state == "study" else None,
        "changed": utc_text(),
    }
    return _with_answer(advice_id, answer_id, fields)


def withdraw_answer(advice_id: str, answer_id: str) -> Advice:
    """Take an answer back: the one before it counts again, or none. It stays to be read as taken back."""
    return _with_answer(advice_id, answer_id, {"withdrawn": utc_text()})


def _with_answer(advice_id: str, answer_id: str, fields: dict[str, str | None]) -> Advice:
    with change_store() as db:
        if answer_id not in {answer.id for answer in read_advice(db, advice_id).answers}:
            raise UserError("This answer is not there (any more).")
        db.table("answers").update(answer_id, fields)
        return read_advice(db, advice_id)
