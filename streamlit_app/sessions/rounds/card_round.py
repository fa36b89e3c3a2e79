"""Judging a card of the playbook on a phone: what everybody may see of it, and three choices."""

import streamlit as st

from feedback.sessions.agenda import Item
from feedback.sessions.rounds.card_views import FITS, judge, own_view, views_on
from feedback.sessions.sessions import Session
from language import Language, UserError
from language.markdown import as_text, bold, bullets, small
from reports.rounds.card import card_question, fits_name, views_sentences
from response.cards.actors import actor_name
from response.cards.card import text_in
from response.cards.public import PublicCard, public_cards
from streamlit_app.playbook.weeks import playbook_of
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.reading import area_of
from streamlit_app.shell.acting import attempt, do
from streamlit_app.thresholds.proposing import choose_role


def shared_cards(here: Session) -> tuple[PublicCard, ...]:
    """Return the cards that may be shown to a room: as everybody sees them."""
    return public_cards(playbook_of(area_of(here)))


def show_card(here: Session, item: Item, person: str, lang: Language) -> None:
    """Show the card, the choices and one's own; what the room thinks once it is shown.

    Raises ``UserError`` when the card is not there (any more) for everybody.
    """
    card = next((one for one in shared_cards(here) if one.id == item.target), None)
    if card is None:
        raise UserError("This card is not there for everybody (any more).")
    playbook = playbook_of(area_of(here))
    who = ", ".join(actor_name(actor, playbook, lang) for actor in card.actors)
    st.markdown(bold(card.names.get(lang.code) or next(iter(card.names.values()))))
    st.markdown(as_text(text_in(card.text, lang)))
    st.markdown(small(f"{who} · {lang.t('A body adopted it') if card.adopted else lang.t('example, not adopted')}"))
    if here.state == "open":
        _ask(here, item, person, lang)
    if item.revealed:
        st.markdown(bullets(views_sentences(views_on(item.id), lang)))


def _ask(here: Session, item: Item, person: str, lang: Language) -> None:
    st.markdown(as_text(card_question(lang)))
    role, mine = choose_role(lang), own_view(item.id, person)
    if role is None:
        st.markdown(lang.t("Choose above who you are. Then you can send."))
        return

    def send(fits: str) -> None:
        attempt(lang, lambda: do(judge, here.id, item.id, fits, role, person=person))

    for fits in FITS:
        st.button(
            fits_name(fits, lang),
            key=f"{ResponseKey.JOIN}.card.{item.id}.{fits}",
            type="primary" if mine == fits else "secondary",
            on_click=send,
            args=(fits,),
            width="stretch",
        )
