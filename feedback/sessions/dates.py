"""Days of sessions, deadlines and promises that could be a slip: they are asked about before they are kept."""

from datetime import date

from language import Language


def day_doubt(day: date, today: date, lang: Language) -> str:
    """Ask about the day of a session; empty where nothing is odd about it. ``today`` is the real local day."""
    if day < today:
        return lang.t("{day} is over. Was this session held then?", day=_said(day, lang))
    return ""


def deadline_doubt(deadline: date, session_day: date, today: date, lang: Language) -> str:
    """Ask about the last day on which a request of a session can be answered."""
    if deadline < today:
        return lang.t("{day} is over, so nobody can answer any more.", day=_said(deadline, lang))
    if deadline < session_day:
        return lang.t(
            "{day} is before the session, which is on {session}.",
            day=_said(deadline, lang),
            session=_said(session_day, lang),
        )
    return ""


def promise_doubt(due: date, today: date, lang: Language) -> str:
    """Ask about the day by which an answer is promised."""
    if due < today:
        return lang.t("{day} is over, so the answer would be late at once.", day=_said(due, lang))
    return ""


def _said(day: date, lang: Language) -> str:
    text = lang.date(day, "EEEE d MMMM y")
    return text[:1].upper() + text[1:]
