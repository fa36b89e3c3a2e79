"""What became of something that was said: the advices that build on it, and the municipality's answer to each."""

from collections import defaultdict
from datetime import date

from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, advices, answer_name
from language import Language
from language.markdown import bold


def advices_by_contribution() -> dict[str, list[Advice]]:
    """Return the advices by the id of each contribution they build on."""
    found: defaultdict[str, list[Advice]] = defaultdict(list)
    for advice in advices():
        for kind, target in advice.links:
            if kind == "contribution":
                found[target].append(advice)
    return dict(found)


def answered(advice: Advice, lang: Language) -> str:
    """Say in one line that an advice builds on it, and what was answered or by when an answer comes (Markdown)."""
    what = excerpt(advice.text)
    if not advice.answers:
        day = lang.date(date.fromisoformat(advice.due), "d MMMM yyyy")
        said = lang.md(
            "Became part of advice {number}: “{text}”. An answer comes before {day}.",
            number=advice.number,
            text=what,
            day=day,
        )
    else:
        latest = advice.answers[0]
        said = lang.md(
            "Became part of advice {number}: “{text}”. The answer: {answer}.",
            number=advice.number,
            text=what,
            answer=bold(answer_name(latest.state, lang)),
        )
    return f":material/reply: {said} [{lang.t('What was done with it?')}](answers?lang={lang.code})"
