"""Amounts in words: how many people, and how that compares with an ordinary day."""

from datetime import date
from typing import Final, Literal

import numpy as np

from data.area.area import Area, Measure
from forecasting.values.forecast import Forecast
from language import Language
from language.plain import rounded
from language.said import tells, together
from visuals.words.hours import weekday
from visuals.words.timing_words import told_in_chart, week_mark

Comparison = Literal[
    "far fewer", "half", "quieter", "bit quieter", "same", "bit busier", "busier", "half more", "nearly twice", "times"
]

# Upper thresholds of the factors; what lies beyond the last is said as a number of times. They lie between whole per
# cents, so that the same rounded per cent never has two words.
_COMPARISONS: Final[tuple[tuple[float, Comparison], ...]] = (
    (0.405, "far fewer"),
    (0.605, "half"),
    (0.755, "quieter"),
    (0.905, "bit quieter"),
    (1.105, "same"),
    (1.255, "bit busier"),
    (1.405, "busier"),
    (1.655, "half more"),
    (1.905, "nearly twice"),
)
_FEWEST: Final = 20
"""Below this usual number of people a comparison says nothing."""
_WHOLE: Final = 5
"""From so many times on, a factor is said as a whole number."""


def comparison(factor: float) -> Comparison:
    """Return the class of words for ``factor`` (1 is as ordinary)."""
    return next((name for threshold, name in _COMPARISONS if factor < threshold), "times")


def times(factor: float, lang: Language) -> str:
    """Return a factor as a number of times: '2', '2.5', '12'; halves are said below 5 only."""
    rounded_factor = round(factor) if factor >= _WHOLE else round(factor * 2) / 2
    return lang.number(rounded_factor, decimals=0 if rounded_factor == int(rounded_factor) else 1)


def factor_words(factor: float, lang: Language) -> str:
    """Say a factor on the expected number: 'nearly twice as busy', 'no difference'."""
    texts: dict[Comparison, str] = {
        "far fewer": lang.t("much quieter"),
        "half": lang.t("half as busy"),
        "quieter": lang.t("quieter"),
        "bit quieter": lang.t("a bit quieter"),
        "same": lang.t("hardly any difference"),
        "bit busier": lang.t("a bit busier"),
        "busier": lang.t("busier"),
        "half more": lang.t("one and a half times as busy"),
        "nearly twice": lang.t("nearly twice as busy"),
        "times": lang.t("{times} times as busy", times=times(factor, lang)),
    }
    return texts[comparison(factor)]


def compared_sentence(expected: float, normal: float, day: date, lang: Language) -> str:
    """Compare with a normal day of that name: 'That is about as busy as on a normal Saturday.'

    Empty where the usual number is unknown (NaN) or too small to compare with.
    """
    if not normal >= _FEWEST:
        return ""
    name = weekday(day, lang)
    factor = expected / normal
    texts: dict[Comparison, str] = {
        "far fewer": lang.t("That is much quieter than on a normal {day}.", day=name),
        "half": lang.t("That is about half as busy as on a normal {day}.", day=name),
        "quieter": lang.t("That is quieter than on a normal {day}.", day=name),
        "bit quieter": lang.t("That is a bit quieter than on a normal {day}.", day=name),
        "same": lang.t("That is about as busy as on a normal {day}.", day=name),
        "bit busier": lang.t("That is a bit busier than on a normal {day}.", day=name),
        "busier": lang.t("That is busier than on a normal {day}.", day=name),
        "half more": lang.t("That is about one and a half times as busy as on a normal {day}.", day=name),
        "nearly twice": lang.t("That is nearly twice as busy as on a normal {day}.", day=name),
        "times": lang.t(
            "That is about {times} times as busy as on a normal {day}.", times=times(factor, lang), day=name
        ),
    }
    return texts[comparison(factor)]


def people(count: float, measure: Measure, lang: Language) -> str:
    """Say a count with its unit: 'about 2,400 people at once'."""
    number = lang.number(rounded(count))
    if measure == "present":
        return lang.t("about {number} people at once", number=number)
    return lang.t("about {number} passers-by in that hour", number=number)


def people_range(low: float, high: float, measure: Measure, lang: Language) -> str:
    """Say an interval with its unit: 'between about 2,000 and 4,500 people at once'."""
    if rounded(low) == rounded(high):
        return people(low, measure, lang)
    ends = {"low": lang.number(rounded(low)), "high": lang.number(rounded(high))}
    if measure == "present":
        return lang.t("between about {low} and {high} people at once", **ends)
    return lang.t("between about {low} and {high} passers-by in that hour", **ends)


def unit(measure: Measure, lang: Language) -> str:
    """Return the unit as it stands along an axis."""
    return lang.t("people at once") if measure == "present" else lang.t("passers-by in the hour")


@tells("count")
def no_forecast(forecast: Forecast, area: Area, zone_id: str, lang: Language) -> str:
    """Return the sentence for a zone, or hours of it, whose forecast is unknown (NaN)."""
    zone = area.zone(zone_id).name(lang)
    if np.isfinite(forecast.median[forecast.zone_ids.index(zone_id)]).any():
        return lang.t("There is no forecast for {zone} then: at these hours it is not counted.", zone=zone)
    return lang.t("There is no forecast for {zone}: there are not enough counts of this place.", zone=zone)


def demo_mark(forecast: Forecast, lang: Language) -> str:
    """Return 'DEMO DATA' where a source of the forecast is made up, otherwise an empty text."""
    return lang.t("DEMO DATA") if forecast.simulated else ""


def scenario_mark(forecast: Forecast, lang: Language) -> str:
    """Return 'SCENARIO' where the forecast says what would be and not what is expected, otherwise an empty text."""
    return lang.t("SCENARIO") if forecast.scenario else ""


def marks(forecast: Forecast, lang: Language) -> str:
    """Return all that a picture must be marked with, often an empty text."""
    found = (demo_mark(forecast, lang), week_mark(forecast, lang), scenario_mark(forecast, lang))
    return " · ".join(mark for mark in found if mark)


def marked(text: str, forecast: Forecast, lang: Language) -> str:
    """Return ``text`` with the marks before it that the forecast needs."""
    return together((marks(forecast, lang), text), " · ")


def unmarked(text: str, forecast: Forecast, lang: Language) -> str:
    """Return a marked text without its marks, for a page that has said them once, above it."""
    mark = marks(forecast, lang)
    return text.removeprefix(f"{mark} · ") if mark else text


def marked_chart(text: str, forecast: Forecast, lang: Language) -> str:
    """Return the words below a chart's title with the marks before them; where the week is not now, always with it."""
    return marked(together((told_in_chart(forecast, lang), text), " · "), forecast, lang)
