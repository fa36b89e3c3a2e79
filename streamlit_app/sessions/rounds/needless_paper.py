"""How often for nothing, on paper: boxes to tick, and what is typed in from such a sheet."""

from html import escape

from feedback.contributions.naming import ROLES, role_name
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.needless import MOST, TIMES, Accepted
from language import Language, UserError
from reports.rounds.needless import needless_question, times_words
from streamlit_app.thresholds.on_paper import role_of_word


def needless_rows(item: Item, lang: Language) -> str:
    """Return the question of a sheet with a box for each answer; empty for another kind of item."""
    if item.kind != "needless":
        return ""
    role = lang.t("I am a: {roles}", roles=" / ".join(role_name(one, lang) for one in ROLES))
    heads = "".join(f"<th>{escape(times_words(times, lang))}</th>" for times in TIMES)
    boxes = "<td class=box><i></i></td>" * len(TIMES)
    return (
        f"<p>{escape(role)}</p><p>{escape(needless_question(lang))}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{boxes}</tr></tbody></table>"
    )


def read_needless(lines: list[str]) -> list[Accepted]:
    """Read one line a sheet: the role and how often, such as ``resident 3``. Without a role it is 'something else'.

    Raises ``UserError`` that names the line that does not fit.
    """
    found = []
    for line, text in enumerate(lines, 1):
        words = text.split()
        if not words:
            continue
        role = role_of_word(words[0]) if len(words) == 2 else None
        if len(words) > 2 or (len(words) == 2 and role is None) or not words[-1].isdecimal() or int(words[-1]) > MOST:
            raise UserError(
                "Line {line}: '{text}' is not a role and a number from 0 to {most}, such as resident 3.",
                line=line,
                text=text.strip()[:40],
                most=MOST,
            )
        found.append(Accepted(role or "other", int(words[-1])))
    return found
