"""What a sealed test showed, in words: for the page and the command line."""

from data.area.area import Area
from data.area.investigations import Finding
from language import Language
from language.said import fact


def verdict(found: Finding, lang: Language) -> str:
    """Say whether forecasts got better with a source."""
    verdicts = {
        "better": lang.t("With this source the forecasts got better."),
        "worse": lang.t("With this source the forecasts got worse."),
        "unclear": lang.t("The test showed no clear difference: what was seen may be chance."),
    }
    return fact(verdicts[found.verdict], "test")


def finding_sentences(found: Finding, area: Area, lang: Language) -> list[str]:
    """Say whether forecasts got better with a source, by how much, how sure that is, and on what it rests."""
    said = [
        verdict(found, lang),
        _errors(found, area, lang),
        _range(found, lang),
        lang.t(
            "Tested on {weeks} weeks that began between {first} and {last}, at {places} places. In {better} of these "
            "weeks the forecast with it was closer.",
            weeks=fact(lang.number(found.weeks), "test"),
            first=fact(lang.date(found.first, "d MMMM y"), "test"),
            last=fact(lang.date(found.last, "d MMMM y"), "test"),
            places=fact(lang.number(found.places), "test"),
            better=fact(lang.number(found.better), "test"),
        ),
    ]
    return [*said, lang.t("These are practice data.")] if found.practice else said


def _errors(found: Finding, area: Area, lang: Language) -> str:
    values = {
        "error_with": fact(lang.number(found.error_with, 1), "test"),
        "error_without": fact(lang.number(found.error_without, 1), "test"),
    }
    if area.measure == "present":
        return lang.t(
            "For one hour at one place they were off by {error_with} people on average; without it by {error_without}.",
            **values,
        )
    return lang.t(
        "For one hour at one place they were off by {error_with} passers-by on average; without it by {error_without}.",
        **values,
    )


def _range(found: Finding, lang: Language) -> str:
    """Say the range of the difference; of one that is not clear, how much worse and how much better it may be."""
    low, high = (fact(lang.number(abs(one), 1), "test") for one in (found.low, found.high))
    if found.verdict == "better":
        return lang.t("The gain lies between {least} and {most}, 95 times out of 100.", least=high, most=low)
    if found.verdict == "worse":
        return lang.t("The loss lies between {least} and {most}, 95 times out of 100.", least=low, most=high)
    return lang.t("It lies between {gain} better and {loss} worse, 95 times out of 100.", gain=low, loss=high)
