"""Whose week is asked for: that of all, or the part of a kind of business at its place."""

from collections.abc import Callable
from dataclasses import dataclass

from data.area.zone import in_language
from language import UserError
from response.week.ahead import WeekAhead
from response.week.mine import needed_first, of_business, places_of
from visuals.base.outlook import Outlook


@dataclass(frozen=True)
class Whose:
    """Who asks, by name (empty: all), and what of any week is theirs."""

    name: str = ""
    part: Callable[[WeekAhead], WeekAhead] = lambda week: week


def of_kind(kind: str | None, place: str | None, week: WeekAhead, outlook: Outlook) -> Whose:
    """Return a kind of business at a place, or where a card is needed first when none is named; all without a kind.

    Raises ``UserError`` when there is no such kind or place, or a place is named without a kind.
    """
    if kind is None:
        if place is not None:
            raise UserError("Say with --business which kind of business is at this place.")
        return Whose()
    area, lang = outlook.area, outlook.lang
    there = {one.id: one for one in week.playbook.businesses if places_of(one, week, area)}
    if not there:
        raise UserError("The playbook of {area} names no kind of business that has a place here.", area=area.id)
    if kind not in there:
        known = ", ".join(there)
        raise UserError("There is no kind of business '{kind}' here. Choose one of: {known}.", kind=kind, known=known)
    business, places = there[kind], places_of(there[kind], week, area)
    if place is not None and place not in places:
        known = ", ".join(places)
        raise UserError(
            "The kind of business '{kind}' is not at '{place}'. Choose one of: {known}.",
            kind=kind,
            place=place,
            known=known,
        )
    zone_id = place or needed_first(week, places)
    name = f"{in_language(business.names, lang)} · {area.zone(zone_id).name(lang)}"
    return Whose(name, lambda one: of_business(one, business, zone_id))
