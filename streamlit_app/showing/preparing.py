"""What is likely enough to prepare for, as Today and the playbook show it."""

from collections.abc import Hashable

import streamlit as st

from feedback.database.store import version
from feedback.database.unavailable import UnavailableError
from forecasting.meaning.possible import possible_moments
from language.markdown import bullets, small
from response.week.preparing import Prepares, prepares_as_asked
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from streamlit_app.showing.charts import made_of
from visuals.base.outlook import Outlook
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


@st.cache_resource(max_entries=100, show_spinner=False)
def _possible(
    key: tuple[Hashable, ...],  # noqa: ARG001 - a key of the cache
    likely: float,
    _outlook: Outlook,
) -> list[str]:
    """Return the sentences on what is possible, made once for all who look at the same week; nobody changes them."""
    found = possible_moments(_outlook.forecast, _outlook.thresholds, likely)
    return possible_sentences(found, _outlook)


def show_possible(context: Context) -> None:
    """Show in a short list what may well come besides what is expected, and from which chance on."""
    lang, accepted = context.lang, prepares_in(context.area.id)
    sentences = _possible(made_of(context), accepted.chance, context.outlook)
    if sentences:
        say(lang.t("Be ready for crowds here too:"))
        say(bullets(sentences))
        say(small(prepares_sentence(accepted, lang)))
