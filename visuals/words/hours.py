"""Hours and days as people say them."""

from datetime import date, datetime

from forecasting.values.forecast import Daypart, Forecast
from language import Language
from language.said import fact, saying


def capitalised(text: str) -> str:
    """Return ``text`` with a capital at the start."""
    return saying(text[:1].upper() + text[1:], text)


def weekday(day: date, lang: Language) -> str:
    """Return the name of the day as it stands inside a sentence."""
    return lang.date(day, "EEEE")


def short_day(day: date, lang: Language, *, compact: bool) -> str | list[str]:
    """Return a day with its month as it stands along an axis: 'Sat 8 Aug', on a phone in three lines."""
    if compact:
        return [lang.date(day, part) for part in ("EEE", "d", "MMM")]
    return lang.date(day, "EEE d MMM")


def daypart_name(part: Daypart, lang: Language) -> str:
    """Return the daypart on its own: 'afternoon'."""
    names = {
        "night": lang.t("night"),
        "morning": lang.t("morning"),
        "afternoon": lang.t("afternoon"),
        "evening": lang.t("evening"),
    }
    return names[part]


def day_and_part(day: date, part: Daypart, lang: Language) -> str:
    """Return a daypart of a day: 'Saturday afternoon', and 'Saturday before dawn' for the night."""
    name = weekday(day, lang)
    texts = {
        "night": lang.t("{day} before dawn", day=name),
        "morning": lang.t("{day} morning", day=name),
        "afternoon": lang.t("{day} afternoon", day=name),
        "evening": lang.t("{day} evening", day=name),
    }
    return texts[part]


def clock(hour: int, lang: Language) -> str:
    """Return a whole hour of the day (24 for its end): '14:00', in Dutch '14 uur'."""
    return lang.t("{hour}:00", hour=hour)


def between_hours(start: datetime, end: datetime, lang: Language) -> str:
    """Return two moments of one local day as 'from 12:00 to 18:00'; the end is as :func:`end_hour` says it."""
    return lang.t("from {start}:00 to {end}:00", start=start.hour, end=end_hour(end))


def end_hour(end: datetime) -> int:
    """Return the hour of the clock until which something lasts: midnight is 24.

    When the clock goes back, the first of the two hours of one name lasts until the next name, or nobody would see
    that it lasts at all: from 2:00 to 3:00, and not from 2:00 to 2:00.
    """
    return (end.hour or 24) + end.fold


def hour_title(forecast: Forecast, hour_index: int, lang: Language) -> str:
    """Return an hour of the forecast as a title: 'Saturday 8 August 2026, 14:00'."""
    return capitalised(hour_words(forecast, hour_index, lang))


def hour_words(forecast: Forecast, hour_index: int, lang: Language) -> str:
    """Return the same as it stands inside a sentence: in Dutch without a capital."""
    moment = forecast.local_hours[hour_index]
    day = lang.date(moment.date(), "EEEE d MMMM y")
    return lang.t("{day}, {hour}", day=day, hour=fact(clock(moment.hour, lang), "setting"))
