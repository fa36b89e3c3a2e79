"""What was done with a report in public, in words: adopted, rectified or withdrawn, when, and why."""

from datetime import tzinfo

from data.keeping.real_time import day_of
from feedback.sessions.closing import Version
from language import Language
from language.markdown import Markdown


def version_sentence(done: Version, tz: tzinfo, lang: Language) -> Markdown:
    """Say what was done with a report, on which day, and why."""
    day = lang.date(day_of(done.at, tz), "d MMMM yyyy")
    values = {"version": done.version, "day": day, "note": done.note}
    if done.act == "rectified":
        return lang.md("Version {version}, rectified on {day}: {note}", **values)
    if done.act == "withdrawn":
        return lang.md("Withdrawn on {day}: {note}", **values)
    return lang.md("Version {version}, adopted on {day}.", **values)
