"""The results of guessing rounds, kept for all who look at them: the projector asks every few seconds."""

from datetime import datetime

import streamlit as st

from data.area.area import Area
from data.keeping.fingerprint import fingerprint
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.guesses import Guess, Round, earlier_rounds, guesses, round_of
from feedback.sessions.sessions import Session
from forecasting.inputs.saturdays import next_saturday
from forecasting.values.forecast import Forecast
from language import Language, UserError
from reports.session_guess_words import last_time
from reports.session_guesses import GuessResult, guess_result
from streamlit_app.sessions.reading import area_of
from streamlit_app.shell import resources


def asked_round(here: Session, item: Item) -> Round:
    """Return what an item asks about: what was guessed first, else the coming Saturday of the forecast of the session.

    Raises ``UserError`` when there is no such forecast, or no whole Saturday in it.
    """
    begun = round_of(item.id)
    if begun is not None:
        return begun
    if here.snapshot is None:
        raise UserError("This session was opened without a forecast, so there is nothing to guess against.")
    saturday = next_saturday(resources.recalled(area_of(here).id, here.snapshot)[1])
    if saturday is None:
        raise UserError("The forecast of this session holds no whole Saturday, so there is nothing to guess.")
    return Round(here.snapshot, saturday.date)


def result_of(item_id: str, area: Area) -> GuessResult | None:
    """Return what came of a round until now; ``None`` as long as nobody guessed."""
    about = round_of(item_id)
    if about is None:
        return None
    hour = area.now().replace(minute=0, second=0, microsecond=0)
    return _result(item_id, area.id, hour, fingerprint(area.id), guesses(item_id), about)


@st.cache_resource(max_entries=50, show_spinner=False)
def _result(
    item_id: str,  # noqa: ARG001 - a key of the cache
    area_id: str,
    until: datetime,
    files: str,  # noqa: ARG001 - a key of the cache
    said: tuple[Guess, ...],
    about: Round,
) -> GuessResult:
    defaults = resources.thresholds(area_id)
    return guess_result(about, said, resources.area(area_id), defaults, until, obtain=_recalled)


def _recalled(area: Area, snapshot_id: str) -> Forecast | None:
    try:
        return resources.recalled(area.id, snapshot_id)[1]
    except UserError:
        return None


def last_round(here: Session, item: Item, lang: Language) -> str:
    """Say how the newest earlier round went that is counted; empty when there is none."""
    area = area_of(here)
    about = round_of(item.id)
    before = (about.day if about else area.now().date()).isoformat()
    for earlier in earlier_rounds(here.area, before)[:3]:
        found = result_of(earlier, area) if earlier != item.id else None
        said = last_time(found, lang) if found else ""
        if said:
            return said
    return ""
