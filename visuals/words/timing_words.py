"""Which week is shown, with its year, and what must be said when that is not the one that comes."""

from datetime import date, timedelta

from data.area.area import Area
from data.area.zone import in_language
from forecasting.meaning.week_hours import DAYS, first_date, week_hours
from forecasting.values.forecast import Forecast
from forecasting.values.timing import Timing
from language import Language


def week_words(first: date, lang: Language, days: int = DAYS) -> str:
    """Return the days from ``first`` on with their year: '3 to 9 August 2026', '29 December 2025 to 4 January 2026'."""
    last = first + timedelta(days=days - 1)
    pattern = "d MMMM y" if first.year != last.year else "d MMMM" if first.month != last.month else "d"
    return lang.t("{first} to {last}", first=lang.date(first, pattern), last=lang.date(last, "d MMMM y"))


def week_of(forecast: Forecast, lang: Language) -> str:
    """Return the week of a forecast with its year: '3 to 9 August 2026'."""
    hours = week_hours(forecast)
    return week_words(first_date(forecast, hours), lang, len(set(forecast.local_dates[hours])) or 1)


def week_title(forecast: Forecast, lang: Language) -> str:
    """Return the week as a title; only what comes, and is expected from counts of late, is called 'coming'."""
    week = week_of(forecast, lang)
    if forecast.timing.usual:
        return lang.t("The coming week: {week}", week=week)
    return lang.t("The week of {week}", week=week)


def made_sentence(forecast: Forecast, lang: Language) -> str:
    """Say when a forecast was made: 'Made on Monday 3 August 2026 at 08:00.'"""
    made = forecast.cutoff.astimezone(forecast.tz)
    day = lang.date(made.date(), "EEEE d MMMM y")
    return lang.t("Made on {day} at {time}.", day=day, time=f"{made:%H:%M}")


def week_mark(forecast: Forecast, lang: Language) -> str:
    """Return 'WEEK FROM NOV 2025' where a week of real counts is not the one that comes, otherwise an empty text.

    Made-up data are marked as such already.
    """
    if forecast.timing.now or forecast.simulated:
        return ""
    month = lang.date(forecast.local_hours[0].date(), "MMM y").upper()
    return lang.t("WEEK FROM {month}", month=month)


def told_in_chart(forecast: Forecast, lang: Language) -> str:
    """Return the week with its year as it stands in charts of made-up data, which have no other mark of time."""
    if forecast.timing.now or not forecast.simulated:
        return ""
    return lang.t("Week of {week}", week=week_of(forecast, lang))


def practice_sentences(area: Area, timing: Timing, first: date, lang: Language, *, short: bool) -> tuple[str, str]:
    """Return the name and the explanation of practice data: which made-up week it is, where that is not now.

    ``first`` is the first day of the week; ``short``: on a phone, where the name of the area stands above it.
    """
    title = in_language(area.clock.title, lang) if area.clock.title else area.name(lang)
    name = lang.t("DEMO DATA") if short else lang.t("DEMO DATA · {title}", title=title)
    if timing.now:
        return name, lang.t("Made up, to practise with.") if short else lang.t(
            "All figures are made up, to practise with."
        )
    week = week_words(first, lang)
    if short:
        return name, lang.t("A made-up week of {week}.", week=week)
    return name, lang.t("A week of {week}, not the one that comes. All figures are made up.", week=week)


def real_sentences(area: Area, timing: Timing, first: date, lang: Language, *, short: bool) -> tuple[str, str] | None:
    """Return what must be said first of a forecast from real counts, and what explains it; ``None`` where nothing must.

    That is: a week that is replayed, a forecast that is old, or counts that are old.
    """
    week, month = week_words(first, lang), lang.date(first, "MMMM y")
    if not timing.now and area.clock.mode == "replay":
        said = lang.t("This is a week from {month}, with real counts.", month=month)
        why = lang.t("You see what was expected then for {week}, not what is expected now.", week=week)
    elif not timing.now:
        said = lang.t("This is an old forecast, of {day}.", day=lang.date(first, "d MMMM y"))
        why = lang.t("You see what was expected then for {week}, not what is expected now.", week=week)
    elif timing.counted_until is not None:
        said = lang.t("The newest counts are of {day}.", day=lang.date(timing.counted_until, "d MMMM y"))
        why = lang.t("The forecast of {week} rests on old counts.", week=week)
    else:
        return None
    if not timing.now and timing.counted_until is not None and not short:
        why += " " + lang.t("The newest counts are of {day}.", day=lang.date(timing.counted_until, "d MMMM y"))
    return said, "" if short else why
