"""What people talked about: sessions and their reports, advices and what was answered."""

from collections.abc import Iterator
from datetime import date

from data.keeping.real_time import real_today
from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, advices, answer_name
from feedback.sessions.closing import VersionAct, versions
from feedback.sessions.sessions import Session, kind_name, list_sessions
from language import Language
from language.said import fact
from reports.timeline.happening import Asked, Happening, moment


def _of_area(asked: Asked) -> list[Session]:
    found = list_sessions("open", "closed")
    return [one for one in found if one.area in ("", asked.area.id) and not one.rehearsal]


def sessions(asked: Asked) -> Iterator[Happening]:
    """Yield every session that was held, and what was done with its report in public."""
    lang = asked.lang
    for one in _of_area(asked):
        title, kind = fact(one.title, "session"), kind_name(one.kind, lang)
        if one.opened is not None:
            text = lang.t("There was a session of the {kind}: {title}.", kind=kind, title=title)
            yield Happening(f"session-{one.id}", moment(one.opened), text, page="answers#reports")
        for done in versions(one.id):
            text = _report(done.act, title, lang)
            key = f"report-{one.id}-{done.version}-{done.act}"
            yield Happening(key, moment(done.at), text, done.note, page="answers#reports")


def _report(act: VersionAct, title: str, lang: Language) -> str:
    said: dict[VersionAct, str] = {
        "adopted": lang.t("The report of '{title}' was adopted.", title=title),
        "rectified": lang.t("The report of '{title}' was corrected.", title=title),
        "withdrawn": lang.t("The report of '{title}' was withdrawn.", title=title),
    }
    return said[act]


def answers(asked: Asked) -> Iterator[Happening]:
    """Yield every advice, what was answered, and promised days on which no answer had come."""
    here = {one.id for one in list_sessions() if one.area in ("", asked.area.id) and not one.rehearsal}
    for advice in advices():
        if advice.session in here:
            yield from _of_advice(advice, asked)


def _of_advice(advice: Advice, asked: Asked) -> Iterator[Happening]:
    lang, page, number = asked.lang, f"trail?advice={advice.number}", advice.number
    text = lang.t("Advice {number}: {text}", number=number, text=fact(excerpt(advice.text, 160), "people"))
    yield Happening(f"advice-{advice.id}", moment(advice.made), text, page=page)
    for answer in (*advice.answers, *advice.withdrawn):
        name = answer_name(answer.state, lang)
        text = lang.t("Advice {number} was answered: {answer}.", number=number, answer=name)
        at = moment(answer.made)
        yield Happening(f"answer-{answer.id}", at, text, excerpt(answer.text, 200), page=page)
        if answer.withdrawn:
            text = lang.t("An answer to advice {number} was withdrawn.", number=number)
            yield Happening(f"answer-{answer.id}-withdrawn", moment(answer.withdrawn), text, page=page)
    for due in _missed(advice, asked):
        text = lang.t("No answer had come to advice {number} on the promised day.", number=number)
        yield Happening(f"late-{advice.id}-{due}", asked.day(due), text, page=page, timed=False)


def _missed(advice: Advice, asked: Asked) -> Iterator[date]:
    """Yield the promised days that passed without the answer that was promised for them."""
    given = sorted(moment(one.made).astimezone(asked.area.tz).date() for one in advice.answers)
    promised = [advice.due, *(one.due for one in advice.answers if one.due)]
    for number, due in enumerate(sorted(date.fromisoformat(one) for one in promised)):
        answered = given[number] if number < len(given) else None
        if due < (answered or real_today(asked.area.tz)):
            yield due
