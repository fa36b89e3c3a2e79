"""Thresholds on paper: places with pictures by letter, or figures; and what is typed in from such a sheet."""

from typing import Final

from data.area.area import Area, list_areas
from feedback.contributions.naming import ROLES, role_name
from feedback.sessions.proposals import ThresholdCounts
from forecasting.values.space import LADDERS, Ruler, counts_at
from language import LANGUAGES, Language, UserError, language
from streamlit_app.shell import resources
from streamlit_app.shell.past import ruler_in

PICTURES: Final = {"a": 2, "b": 5, "c": 10, "d": 18, "e": 30, "f": 50, "g": 85, "h": 150}
"""People on 10 × 10 metres, by the letter of the picture on the sheet."""

MOST: Final = 14
"""Places that fit on a sheet beside the pictures."""

Places = list[tuple[str, Ruler]]


def places_of(area_id: str) -> Places:
    """Return the places of a sheet in order, with how thresholds are measured there; none without such an area."""
    if area_id not in list_areas():
        return []
    area = resources.area(area_id)
    snapshot, _ = resources.issued(area.id, area.now())
    found = ((zone_id, ruler_in(area, snapshot.cutoff, zone_id)) for zone_id in area.zone_ids)
    return [(zone_id, one) for zone_id, one in found if one is not None][:MOST]


def by_picture(ruler: Ruler) -> bool:
    """Return whether thresholds of a place are given by pictures; elsewhere, where no surface is known, by figures."""
    return ruler.scale != "rarity"


def read_sheets(
    lines: list[str], places: Places, area: Area, lang: Language
) -> list[tuple[str, dict[str, ThresholdCounts]]]:
    """Read one line a sheet: the role, then for each place three letters, three figures ``50/120/300``, or a dot.

    Without a role it is 'something else'. Raises ``UserError`` that names the line and place that does not fit.
    """
    found = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if not words:
            continue
        role = role_of_word(words[0])
        given = words[1:] if role else words
        if len(given) != len(places):
            raise UserError(
                "Line {line} has {n} places; the sheet has {all}.", line=number, n=len(given), all=len(places)
            )
        zones = {}
        for word, (zone_id, ruler) in zip(given, places, strict=True):
            if word not in (".", "-", "_"):
                zones[zone_id] = _zone_thresholds(word, ruler, number, area.zone(zone_id).name(lang))
        if not zones:
            raise UserError("Line {line} has no thresholds at all.", line=number)
        found.append((role or "other", zones))
    return found


def role_of_word(word: str) -> str | None:
    """Return the role whose name, in any language, begins with a word of at least three letters."""
    start = word.casefold()
    named = {
        role for role in ROLES for code in LANGUAGES if role_name(role, language(code)).casefold().startswith(start)
    }
    return named.pop() if len(start) > 3 and len(named) == 1 else None


def _zone_thresholds(word: str, ruler: Ruler, line: int, place: str) -> ThresholdCounts:
    figures = word.split("/")
    try:
        if len(figures) == 1 and by_picture(ruler):
            people = [PICTURES[letter] for letter in word.lower()]
            yellow, orange, red = counts_at(ruler, [_value(ruler, count) for count in people])
            rising = people == sorted(set(people))
        else:
            yellow, orange, red = (float(figure.replace(",", ".")) for figure in figures)
            rising = 0 < yellow < orange < red
    except (KeyError, ValueError) as error:
        raise UserError(
            "Line {line}, {place}: '{word}' is not three letters, three figures such as 50/120/300, or a dot.",
            line=line,
            place=place,
            word=word[:20],
        ) from error
    if not rising:
        raise UserError("Line {line}, {place}: the three must rise, from lively to too busy.", line=line, place=place)
    return yellow, orange, red


def _value(ruler: Ruler, people: float) -> float:
    """Return the step of a place's own scale at which about so many people stand on 10 × 10 metres."""
    if ruler.scale == "density":
        return people
    return min(LADDERS[ruler.scale], key=lambda step: abs(ruler.people(step) - people))
