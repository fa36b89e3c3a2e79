"""Meedoen / Take part: on the phone, what the room looks at; at home, requests for advice."""

import streamlit as st

from feedback.sessions.room import room
from feedback.sessions.taking_in import takes_answers
from language import UserError
from language.markdown import as_text
from streamlit_app.access.permissions import RefusedError
from streamlit_app.responses.contribution_form import Form, contribution_form
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.participant_view import (
    choose_item,
    session_here,
    show_code_of_seat,
    show_entrance,
    show_item,
    show_requests,
)
from streamlit_app.sessions.rounds.saturday_round import team_kept
from streamlit_app.sessions.seating import take_seat
from streamlit_app.sessions.voting import follow_room, seat, votes_on
from streamlit_app.sessions.wording_shown import rehearsal_sentence
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area, open_context
from streamlit_app.shell.telling import told_on_the_spot

lang = session.spoken()
here = session_here()
place = seat(here.id) if here is not None else None

if here is None or place is None:
    session.add_to_address()
    st.title(lang.t("Join in"), anchor=False)
    show_entrance(lang)
    with told_on_the_spot():
        show_requests(lang, open_area().id)
else:
    in_address = {"session": here.id, **team_kept(here.id)}
    session.add_to_address(**in_address)
    now = room(here.id)
    st.title(as_text(here.title), anchor=False)
    if here.rehearsal:
        st.warning(rehearsal_sentence(lang), icon=":material/theater_comedy:")
    if here.state == "closed":
        said = [lang.t("This session is closed. You can look back at everything.")]
        if any(takes_answers(here, item) for item in now.items):
            said.append(lang.t("You can still answer the request for advice."))
        st.info(" ".join(said), icon=":material/lock:")
    take_seat(here, place.person)
    item = choose_item(now, lang)
    if item is None:
        st.markdown(lang.t("It begins soon. This page updates by itself."))
    else:
        try:
            show_item(now, item, lang)
        except RefusedError:
            raise
        except UserError as error:  # what cannot be shown of one item: the phone still follows the room to the next
            st.info(error.md(lang), icon=":material/info:")
        if item.kind == "look" and here.state == "open":
            title, key = lang.t("How busy did it feel? Point out the place"), f"{ResponseKey.JOIN}.felt.{item.id}"
            felt = st.expander(title, icon=":material/pin_drop:", key=key, on_change="rerun")
            # Closed, it holds nothing: the forecast and a form would be made for every phone.
            if felt.open:
                with felt:
                    context = open_context()
                    session.add_to_address(**in_address)
                    form = Form(context, f"felt-{item.id}", felt=True, session_id=here.id, item_id=item.id)
                    contribution_form(form)
    show_code_of_seat(lang)
    if item is None or not votes_on(now, item):
        follow_room(place, now.look)
