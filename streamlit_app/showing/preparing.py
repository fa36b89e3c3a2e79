"""What is likely enough to prepare for, as Today and the playbook show it."""

import streamlit as st

from feedback.database.store import version
from feedback.database.unavailable import UnavailableError
from forecasting.meaning.possible import Possible, possible_moments
from language.markdown import bullets, small
from response.week.preparing import Prepares, prepares_as_asked
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from visuals.playbook.preparing_words import possible_sentences, prepares_sentence


def prepares_in(area_id: str) -> Prepares:
    """Return from which chance on people of an area prepare, read again when anybody changed the database."""
    try:
        return _prepares(area_id, version())
    except UnavailableError:
        return Prepares(read=False)


@st.cache_resource(max_entries=50, show_spinner=False)
def _prepares(area_id: str, database: tuple[int, int]) -> Prepares:  # noqa: ARG001 - a key of the cache
    return prepares_as_asked(area_id)


def show_possible(context: Context) -> list[Possible]:
    """Show in a short list what may well come besides what is expected, and from which chance on; return all of it."""
    lang, accepted = context.lang, prepares_in(context.area.id)
    found = possible_moments(context.forecast, context.thresholds, accepted.chance)
    if found:
        say(lang.t("It may also get busy here, likely enough to prepare for:"))
        say(bullets(possible_sentences(found, context.outlook)))
        say(small(prepares_sentence(accepted, lang)))
    return found
