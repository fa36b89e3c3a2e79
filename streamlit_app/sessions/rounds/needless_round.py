"""Answering on a phone how often may be acted for nothing, and reading what the room accepts once it is shown."""

import streamlit as st

from feedback.sessions.agenda import Item
from feedback.sessions.rounds.needless import TIMES, accept, accepted, own_accepted
from feedback.sessions.sessions import Session
from language import Language
from language.markdown import as_text, bullets
from reports.rounds.needless import acts_from, needless_question, needless_sentences, times_words
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell.acting import attempt, do
from streamlit_app.thresholds.proposing import choose_role


def show_needless(here: Session, item: Item, person: str, lang: Language) -> None:
    """Show the question with its answers and one's own; or what the room accepts, once that was shown."""
    mine = own_accepted(item.id, person)
    if mine is not None:
        st.success(
            lang.md(
                "Your answer: {times}. You then act {from_when}.",
                times=times_words(mine.times, lang),
                from_when=acts_from(mine.times, lang),
            ),
            icon=":material/check_circle:",
        )
    if item.shown or here.state != "open":
        if item.shown:
            st.markdown(bullets(needless_sentences(accepted(item.id), lang)))
        return
    st.markdown(as_text(needless_question(lang)))
    role = choose_role(lang)
    if role is None:
        st.markdown(lang.t("Choose above who you are. Then you can send."))
        return

    def send(times: int) -> None:
        attempt(lang, lambda: do(accept, here.id, item.id, times, role, person=person))

    with st.container(horizontal=True, gap="small"):
        for times in TIMES:
            st.button(
                times_words(times, lang),
                key=f"{ResponseKey.JOIN}.needless.{item.id}.{times}",
                type="primary" if mine is not None and mine.times == times else "secondary",
                on_click=send,
                args=(times,),
            )
