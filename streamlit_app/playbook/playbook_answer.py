"""The playbook at an address: the same figures as on the page, whole for professionals and else what is public."""

from typing import Final

from language import UserError
from reports.playbook.calendar import public_calendar, week_calendar
from reports.playbook.formats import as_csv, as_json, public_json
from response.cards.actors import actor_ids
from response.week.public_week import public_uses
from streamlit_app.playbook.weeks import off_again, week_seen
from visuals.base.outlook import Outlook

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
}


class UnknownActorError(UserError):
    """Somebody is asked for who has no cards here."""


def answer(outlook: Outlook, form: str, actor: str | None, thresholds: str, *, whole: bool) -> str | bytes:
    """Return the week ahead in one of the forms of :data:`TYPES`; ``whole`` for professionals, and only for them.

    ``thresholds`` names those of the outlook. Raises ``UnknownActorError`` when professionals ask for somebody unknown.
    """
    week = week_seen(outlook.area, outlook.forecast, outlook.thresholds, thresholds)
    if not whole:
        uses = public_uses(week)
        return public_calendar(uses, week, outlook) if form == "ics" else public_json(uses, week, outlook)
    known = actor_ids(week.playbook)
    if actor is not None and actor not in known:
        shown = ", ".join(known)
        raise UnknownActorError("There is no actor '{actor}'. Choose one of: {known}.", actor=actor[:80], known=shown)
    if form == "ics":
        return week_calendar(week, outlook, off_again(week, outlook.area), actor=actor)
    return as_csv(week, outlook, actor) if form == "csv" else as_json(week, outlook, actor)
