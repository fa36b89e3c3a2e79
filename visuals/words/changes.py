"""What changed since the previous forecast, in one sentence."""

from datetime import date
from typing import Final

from forecasting.values.changes import NOTABLE_DEGREES, NOTABLE_FACTOR, DayChange
from language import Language
from language.said import tells
from visuals.words.hours import weekday

_NAMED: Final = 3


def change_sentence(changes: list[DayChange], since: date, today: date | None, lang: Language) -> str:
    """Say the notable changes since the forecast of ``since``, or return ``""`` when there are none.

    ``today`` is the day of the forecast they are changes to; ``None`` where that is not today, so that nothing is
    called yesterday. For example 'Since yesterday: Saturday busier, 4 degrees warmer expected; Sunday quieter.'
    """
    notable = sorted((change for change in changes if change.notable), key=lambda change: change.day)[:_NAMED]
    if not notable:
        return ""
    said = "; ".join(_day(change, lang) for change in notable)
    if today is not None and (today - since).days == 1:
        return lang.t("Since yesterday: {changes}.", changes=said)
    return lang.t("Since {day}: {changes}.", day=lang.date(since, "EEEE d MMMM y"), changes=said)


@tells("weather")
def _day(change: DayChange, lang: Language) -> str:
    words = []
    if change.factor >= NOTABLE_FACTOR:
        words.append(lang.t("busier"))
    elif change.factor <= 1 / NOTABLE_FACTOR:
        words.append(lang.t("quieter"))
    if change.degrees >= NOTABLE_DEGREES:
        words.append(lang.n("{n} degree warmer expected", "{n} degrees warmer expected", round(change.degrees)))
    elif change.degrees <= -NOTABLE_DEGREES:
        words.append(lang.n("{n} degree colder expected", "{n} degrees colder expected", round(-change.degrees)))
    return f"{weekday(change.day, lang)} {', '.join(words)}"
