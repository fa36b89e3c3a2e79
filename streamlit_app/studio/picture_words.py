"""Words on a picture: proposals from the forecast, own words, and what in them the forecast does not say."""

import streamlit as st

from language import Language
from language.markdown import as_text, bullets
from streamlit_app.studio.keys import StudioKey
from streamlit_app.studio.picture_desk import Desk
from visuals.studio.catalogue import Template
from visuals.studio.material.material import Material
from visuals.studio.material.order import Order
from visuals.studio.proposing import headlines, proposed_message
from visuals.studio.words.captions import CHANNELS, captions, channel_name
from visuals.studio.words.proofreading import contradictions


def choose_words(order: Order, template: Template, material: Material, lang: Language) -> Order:
    """Show proposals and own words; return the order with the words chosen. Proposed words are kept as 'proposed'."""
    proposed = proposed_message(template, material)
    headline_key, advice_key = f"{StudioKey.HEADLINE}.{order.id}", f"{StudioKey.ADVICE}.{order.id}"
    choices = headlines(template, material)

    def take() -> None:
        if chosen := st.session_state.get(f"{StudioKey.PROPOSAL}.{order.id}"):
            st.session_state[headline_key] = chosen

    if len(choices) > 1:
        st.pills(
            lang.t("Proposed headlines"),
            choices,
            format_func=as_text,
            key=f"{StudioKey.PROPOSAL}.{order.id}",
            wrap=True,
            on_change=take,
            help=lang.t("They are made from the forecast. Choose one, and change it as you like."),
        )
    # Said in every run: a run that the next one overtakes would leave the boxes empty in the browser.
    st.session_state[headline_key] = st.session_state.get(headline_key, proposed.headline)
    st.session_state[advice_key] = st.session_state.get(advice_key, proposed.advice)
    headline = st.text_input(lang.t("Headline"), key=headline_key, max_chars=300)
    advice = st.text_area(lang.t("What people can do"), key=advice_key, max_chars=300, height="content")
    return order.model_copy(
        update={
            "headline": "" if headline.strip() == proposed.headline else headline.strip(),
            "advice": "" if advice.strip() == proposed.advice else advice.strip(),
        }
    )


def show_contradictions(desk: Desk, lang: Language) -> None:
    """Say what in somebody's own words the forecast does not say."""
    own = " ".join(part for part in (desk.order.headline, desk.order.advice) if part)
    found = contradictions(own, desk.proposed, desk.material) if own else []
    if found:
        st.warning(f"{lang.t('The forecast does not say this:')}\n{bullets(found)}", icon=":material/rule:")


def show_captions(desk: Desk, lang: Language) -> None:
    """Show the words for each channel, each with a button that copies them."""
    words = captions(desk.material, desk.message)
    for channel, tab in zip(CHANNELS, st.tabs([channel_name(channel, lang) for channel in CHANNELS]), strict=True):
        with tab:
            st.code(words[channel], language=None, wrap_lines=True)
