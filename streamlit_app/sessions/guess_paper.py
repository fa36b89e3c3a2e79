"""Guessing on paper: a row for each place with a box for each picture, and what is typed in from such a sheet."""

from html import escape

from data.area.area import Area
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.guesses import LETTERS, Guess
from forecasting.values.thresholds import LEVELS
from language import Language, UserError
from streamlit_app.thresholds.on_paper import Places, places_of
from visuals.base.palette import label


def guess_rows(item: Item, area: Area, lang: Language) -> str:
    """Return the table of a sheet: places by number, levels by letter; empty for another kind of item."""
    if item.kind != "guess":
        return ""
    how = lang.t(
        "Choose the one place that you know best. How busy does it get there, in its busiest hour? Tick one box."
    )
    heads = "".join(
        f"<th>{letter}. {escape(label(level, lang))}</th>" for letter, level in zip(LETTERS, LEVELS, strict=True)
    )
    boxes = "<td class=box><i></i></td>" * len(LEVELS)
    rows = "".join(
        f"<tr><td>{number}. {escape(area.zone(zone_id).name(lang))}</td>{boxes}</tr>"
        for number, (zone_id, _) in enumerate(places_of(area.id), 1)
    )
    return (
        f"<p>{escape(how)}</p><table class=places><thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def read_guesses(lines: list[str], places: Places) -> list[Guess]:
    """Read one line a sheet: the number of the place and the letter of the picture, such as ``3 c``.

    Raises ``UserError`` that names the line that does not fit.
    """
    found = []
    for line, text in enumerate(lines, 1):
        words = text.split()
        if not words:
            continue
        number = int(words[0]) if words[0].isdecimal() else 0
        if len(words) != 2 or not 1 <= number <= len(places) or words[1].lower() not in LETTERS:
            raise UserError(
                "Line {line}: '{text}' is not the number of a place (1 to {n}) and a letter from a to d, such as 3 c.",
                line=line,
                text=text.strip()[:20],
                n=len(places),
            )
        found.append(Guess(places[number - 1][0], LETTERS[words[1].lower()]))
    return found
