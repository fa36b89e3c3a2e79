"""Who knows the place better: what was guessed, what was expected and what came, in words."""

from datetime import date

import pandas as pd

from data.area.area import Area
from forecasting.values.thresholds import Level
from language import Language
from language.markdown import Markdown
from language.said import fact
from reports.session_guesses import Compared, GuessResult
from visuals.base.palette import label
from visuals.words.hours import capitalised


def day_words(day: date, lang: Language) -> str:
    """Return the guessed day: 'Saturday 8 August'."""
    return lang.date(day, "EEEE d MMMM")


def guess_question(day: date, lang: Language) -> str:
    """Ask what is guessed."""
    return lang.t("How busy does it get on {day}, in the busiest hour?", day=day_words(day, lang))


def place_words(told: Compared, area: Area, lang: Language) -> str:
    """Return what a row is about: the place, or 'other places' where few people guessed each."""
    return lang.t("other places") if told.zone is None else area.zone(told.zone).name(lang)


def level_cell(level: Level | None, lang: Language, *, none: str = "–") -> str:
    """Return a level with its icon, as it stands in a table."""
    return label(level, lang) if level else none


def came_words(told: Compared, lang: Language) -> str:
    """Return what was counted, or that it is not counted yet."""
    if told.zone is None:
        return "–"
    return label(told.came, lang) if told.came else lang.t("not counted yet")


def guess_sentences(found: GuessResult, lang: Language) -> list[str]:
    """Say what came of a round: who knew better, or what is missing to say so."""
    if found.missing:
        return [lang.t("The forecast of that evening is not here any more, so nothing can be compared.")]
    if not found.places:
        return [lang.t("Fewer than five people guessed. We show guesses from five on.")]
    if found.room_off is None or found.model_off is None:
        return [lang.t("{day} is not counted yet. After that we see who was closer.", day=_day(found.day, lang))]
    said = [capitalised(_winner(found, found.room_off, found.model_off, lang))]
    if len(found.counted) < len(found.places):
        said.append(lang.t("Places that are not counted yet do not count in this."))
    return said


def result_table(found: GuessResult, area: Area, lang: Language) -> pd.DataFrame:
    """Return a row for each place that may be told of."""
    return pd.DataFrame(
        {
            lang.t("place"): [place_words(one, area, lang) for one in found.places],
            lang.t("people"): [one.people for one in found.places],
            lang.t("the room"): [level_cell(one.room, lang) for one in found.places],
            lang.t("the forecast"): [level_cell(one.model, lang) for one in found.places],
            lang.t("counted"): [came_words(one, lang) for one in found.places],
        }
    )


def place_lines(found: GuessResult, area: Area, lang: Language) -> list[Markdown]:
    """Return a line for each place that may be told of, which fits on a phone."""
    return [
        lang.md(
            "**{place}** ({people}): the room {room}, the forecast {model}, counted: {came}",
            place=fact(place_words(one, area, lang), "area"),
            people=one.people,
            room=level_cell(one.room, lang),
            model=level_cell(one.model, lang),
            came=came_words(one, lang),
        )
        for one in found.places
    ]


def last_time(found: GuessResult, lang: Language) -> str:
    """Say how an earlier round went, once it is counted; empty before."""
    if found.room_off is None or found.model_off is None:
        return ""
    return lang.t("The last time: {what}", what=_winner(found, found.room_off, found.model_off, lang))


def how_scored(lang: Language) -> str:
    """Say how both are scored."""
    return lang.t(
        "A step is one picture further. Room and forecast are scored in the same way. Everything they said counts, "
        "by how far it lies from the busiest counted hour. 0 is exactly right."
    )


def _winner(found: GuessResult, room: float, model: float, lang: Language) -> str:
    values = {"day": day_words(found.day, lang), "room": lang.number(room, 1), "model": lang.number(model, 1)}
    if values["room"] == values["model"]:
        return lang.t("{day}: the room and the forecast were both {room} steps off. A draw.", **values)
    if room < model:
        return lang.t("{day}: the room was {room} steps off, the forecast {model}. The room knew better.", **values)
    return lang.t("{day}: the room was {room} steps off, the forecast {model}. The forecast knew better.", **values)


def _day(day: date, lang: Language) -> str:
    return capitalised(day_words(day, lang))
