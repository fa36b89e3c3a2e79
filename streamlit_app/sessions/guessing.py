"""Guessing on a phone how busy one's place gets, by four pictures, and what came of it once the room saw it."""

import streamlit as st

from data.area.area import Area
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.guesses import Guess, Round, guess, own_guess
from feedback.sessions.sessions import Session
from forecasting.snapshot.snapshot_files import cutoff_of
from forecasting.values.adoption import in_force_at
from forecasting.values.thresholds import LEVELS, Thresholds
from language import Language
from language.markdown import as_text, bullets
from reports.session_guess_words import (
    day_words,
    guess_question,
    guess_sentences,
    how_scored,
    place_lines,
)
from reports.session_guesses import GuessResult
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.guess_results import asked_round, last_round, result_of
from streamlit_app.sessions.reading import area_of
from streamlit_app.shell import resources
from streamlit_app.shell.acting import attempt, do
from streamlit_app.shell.past import ruler_in
from streamlit_app.showing.my_place import kept_place
from visuals.base.palette import label
from visuals.charts.crowd import hours_cards, people_cards


def show_guess(here: Session, item: Item, person: str, lang: Language) -> None:
    """Show the place, the four pictures and one's own guess; or what came of it, once the forecast was shown.

    Raises ``UserError`` when there is nothing to guess against.
    """
    mine = own_guess(item.id, person)
    area = area_of(here)
    if item.shown or here.state != "open":
        if mine is not None:
            st.markdown(lang.md("You guessed: {guess}.", guess=_said(mine, area, lang)))
        if item.shown:
            show_result(result_of(item.id, area), area, lang)
        return
    about = asked_round(here, item)
    st.markdown(as_text(guess_question(about.day, lang)))
    if said := last_round(here, item, lang):
        st.markdown(as_text(said))
    _ask(here, item, about, person, mine, lang)


def _ask(here: Session, item: Item, about: Round, person: str, mine: Guess | None, lang: Language) -> None:
    area = area_of(here)
    forecast = resources.recalled(area.id, about.snapshot)[1]
    thresholds = in_force_at(area.id, forecast.cutoff, resources.thresholds(area.id))
    places = [
        zone
        for zone in forecast.zone_ids
        if thresholds.zones[zone].basis != "none" and ruler_in(area, forecast.cutoff, zone) is not None
    ]
    key = f"{ResponseKey.JOIN}.guess.{item.id}"
    if key not in st.session_state:
        first = mine.zone if mine else kept_place(area.id)
        st.session_state[key] = first if first in places else None
    zone: str | None = st.selectbox(
        lang.t("Your place"),
        places,
        index=None,
        format_func=lambda zone_id: area.zone(zone_id).name(lang),
        key=key,
        placeholder=lang.t("Choose the place that you know best"),
    )
    if zone is None:
        return
    st.html(_pictures(area, thresholds, zone, about, lang))

    def send(level: str) -> None:
        attempt(lang, lambda: do(guess, here.id, item.id, zone, level, person=person, about=about))

    for row in (LEVELS[:2], LEVELS[2:]):
        with st.container(horizontal=True, gap="small"):
            for level in row:
                st.button(
                    label(level, lang),
                    key=f"{key}.{level}",
                    type="primary" if mine == Guess(zone, level) else "secondary",
                    on_click=send,
                    args=(level,),
                    width="stretch",
                )
    if mine is not None:
        st.success(
            lang.md(
                "You guessed: {guess}. You can change it until the room sees the forecast.",
                guess=_said(mine, area, lang),
            ),
            icon=":material/check_circle:",
        )


def _said(mine: Guess, area: Area, lang: Language) -> str:
    place = area.zone(mine.zone).name(lang) if mine.zone in area.zone_ids else mine.zone
    return f"{place}, {next(label(level, lang) for level in LEVELS if level == mine.level)}"


def _pictures(area: Area, thresholds: Thresholds, zone: str, about: Round, lang: Language) -> str:
    """Return the four pictures of a place, as people also choose thresholds by them."""
    cutoff = cutoff_of(about.snapshot) or area.now()
    rule, of_zone = ruler_in(area, cutoff, zone), thresholds.zones[zone]
    if rule is None:
        return ""
    yellow, orange, red = (rule.value(count) for count in (of_zone.yellow, of_zone.orange, of_zone.red))
    if rule.scale == "rarity":
        return hours_cards((yellow, orange, red), lang)
    return people_cards((rule.people(yellow), rule.people(orange), rule.people(red)), rule.zone.kind, lang)


def show_result(found: GuessResult | None, area: Area, lang: Language) -> None:
    """Show what the room guessed beside the forecast and the counts, and who knew better."""
    if found is None:
        st.markdown(lang.t("Nobody guessed."))
        return
    st.subheader(lang.md("Who knew better? {day}", day=day_words(found.day, lang)), anchor=False)
    st.markdown(bullets(guess_sentences(found, lang)))
    if found.places:
        st.markdown(bullets(place_lines(found, area, lang)))
        st.markdown(f":gray[:small[{as_text(how_scored(lang))}]]")
