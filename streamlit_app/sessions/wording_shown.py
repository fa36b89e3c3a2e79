"""What is said wherever it shows: that a statement was corrected and how it read, and that this is a rehearsal."""

from data.keeping.real_time import day_of
from feedback.sessions.statements import Statement
from language import Language
from language.markdown import as_text
from streamlit_app.shell.context import open_area


def corrected(statement: Statement, lang: Language) -> str:
    """Return, as Markdown to stand behind a statement, that it was corrected and what it said; empty if it was not."""
    if not statement.corrected or not statement.first_text:
        return ""
    day = lang.date(day_of(statement.corrected, open_area().tz), "d MMMM")
    said = lang.md("Corrected on {day}. It said: “{text}”", day=day, text=as_text(statement.first_text))
    return f"  \n:gray[:small[{said}]]"


def rehearsal_sentence(lang: Language) -> str:
    """Say that this is a rehearsal, and what becomes of what is sent."""
    return lang.t("This is a rehearsal. What is sent here is a test: it is wiped, and shown nowhere else.")
