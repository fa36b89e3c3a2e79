"""What a visitor can do about a busy moment, in a sentence or two of plain words."""

from datetime import datetime

from data.area.area import Area
from forecasting.meaning.alternatives import Alternative, quiet_alternatives
from forecasting.meaning.busy import BusyMoment
from language import Language
from language.plain import joined
from visuals.base.outlook import Outlook
from visuals.words.hours import clock, weekday


def advice(moment: BusyMoment, outlook: Outlook, *, since: datetime | None = None) -> list[str]:
    """Return what a visitor can do about a busy moment: one or two sentences, never none.

    Another hour comes first; another place is named only where its residents agreed.
    """
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    found = quiet_alternatives(moment, forecast, area, thresholds, since=since)
    sentences = [text for text in (_another_time(found, lang), _another_place(found, area, lang)) if text]
    return sentences or [lang.t("Expect crowds: take your time and follow the directions of staff.")]


def _another_time(found: list[Alternative], lang: Language) -> str:
    by_kind = {alternative.kind: alternative for alternative in found}
    earlier, later, day = (by_kind.get("earlier"), by_kind.get("later"), by_kind.get("day"))
    if earlier and later:
        return lang.t(
            "Better come before {end} or after {start}.",
            end=clock(earlier.end.hour, lang),
            start=clock(later.start.hour, lang),
        )
    if earlier:
        return lang.t("Better come before {end}.", end=clock(earlier.end.hour, lang))
    if later:
        return lang.t("Better come after {start}.", start=clock(later.start.hour, lang))
    if day:
        return lang.t("Better come on {day}.", day=weekday(day.start.date(), lang))
    return ""


def _another_place(found: list[Alternative], area: Area, lang: Language) -> str:
    places = [area.zone(item.zone_id).name(lang) for item in found if item.kind == "place"]
    return lang.t("It is quiet then at {places}.", places=joined(places, lang)) if places else ""
