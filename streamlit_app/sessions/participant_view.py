"""Taking part on a phone: the item that the room looks at, or an earlier one; votes and words, with one thumb."""

import streamlit as st

from data.area.settings import time_of
from data.keeping.real_time import real_today
from feedback.contributions.moderation import Mode, state_name
from feedback.groups.opinions import ENOUGH_VOTERS
from feedback.people.roles import Role
from feedback.sessions.advice import advices_on, answer_name
from feedback.sessions.agenda import SPOKEN, Item, open_requests
from feedback.sessions.polis_store import published_opinions, statement_texts
from feedback.sessions.responses import LONGEST, own_responses, respond, responses
from feedback.sessions.room import Room, room
from feedback.sessions.sessions import Session, find_session
from feedback.sessions.statements import LENGTH, add_statement, alike, tally, voters
from feedback.sessions.taking_in import takes_answers
from language import Language, UserError
from language.markdown import as_text, bullets
from streamlit_app.access.permissions import may, visitor
from streamlit_app.notebook.header import way_in
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.responses.writing import unsent, write
from streamlit_app.sessions.guessing import show_guess
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.rounds.card_round import show_card
from streamlit_app.sessions.rounds.needless_round import show_needless
from streamlit_app.sessions.rounds.saturday_round import show_saturday
from streamlit_app.sessions.seating import ask_role
from streamlit_app.sessions.voting import follow_room, seat, vote_name, votes_on, voting
from streamlit_app.sessions.wording_shown import corrected
from streamlit_app.shell import phone, session
from streamlit_app.shell.acting import do
from streamlit_app.thresholds.phone_round import show_round
from streamlit_app.thresholds.threshold_round import threshold_round
from visuals.words.opinions import divides, intro, unites


def session_here() -> Session | None:
    """Return the session of the link where the visitor may be in it, else the last one that they entered."""
    wanted = st.query_params.get("session")
    entered = visitor().sessions
    mine = [wanted] if wanted and (wanted in entered or may(Role.FACILITATOR)) else []
    for session_id in (*mine, *reversed(entered)):
        try:
            return find_session(session_id)
        except UserError:
            continue
    return None


def show_entrance(lang: Language) -> None:
    """Show how to get in: the way to the form for the code."""
    st.markdown(lang.t("You need the six letters on the screen in the room, or the code in your invitation."))
    way_in(lang, "join")


def show_requests(lang: Language, area_id: str) -> None:
    """Show requests for advice that can be read by all, and answered at home by who entered a code."""
    for item in open_requests(real_today(time_of(area_id))):
        now = room(item.session)
        if now.session.area not in ("", area_id):
            continue
        with st.container(border=True, key=f"request-{item.id}"):
            show_item(now, item, lang)


def choose_item(now: Room, lang: Language) -> Item | None:
    """Return the item that is looked at: the room's, unless the visitor looks back at an earlier one."""
    here, items = now.session, now.items
    places = [item.id for item in items]
    place = places.index(here.item) if here.item in places else -1
    reached = [item for index, item in enumerate(items) if index <= place or item.kind == "request"]
    if not reached:
        return None
    state = st.session_state
    if state.get(SessionKey.JOIN_SEEN) != here.item or state.get(SessionKey.JOIN_CHOSEN) not in [
        item.id for item in reached
    ]:
        # At home, after the session, what can still be answered comes first.
        at_home = next((item.id for item in items if here.state == "closed" and takes_answers(here, item)), None)
        state[SessionKey.JOIN_CHOSEN] = at_home or (here.item if place >= 0 else reached[0].id)
        state[SessionKey.JOIN_SEEN] = here.item
    # Set in every run: a phone that missed a message would show another item in the list than below it.
    state[SessionKey.JOIN_ITEM] = state[SessionKey.JOIN_CHOSEN]
    titles = {item.id: f"{index}. {item.title}" for index, item in enumerate(items, 1)}
    if len(reached) > 1:
        st.selectbox(
            lang.t("Look back at"),
            [item.id for item in reached],
            format_func=titles.__getitem__,
            key=SessionKey.JOIN_ITEM,
            on_change=lambda: state.__setitem__(SessionKey.JOIN_CHOSEN, state[SessionKey.JOIN_ITEM]),
            label_visibility="collapsed",
        )
    chosen = next(item for item in reached if item.id == state[SessionKey.JOIN_CHOSEN])
    if chosen.id != here.item and place >= 0 and here.state == "open":
        st.button(
            lang.md("The room is at: {title}", title=items[place].title),
            icon=":material/arrow_forward:",
            key=f"{ResponseKey.JOIN}.along",
            on_click=lambda: st.session_state.pop(SessionKey.JOIN_SEEN, None),
        )
    return chosen


def show_item(now: Room, item: Item, lang: Language) -> None:
    """Show an item with all that can be done with it."""
    here = now.session
    st.header(as_text(item.title), anchor=False)
    if item.text:
        st.markdown(as_text(item.text))
    for document in item.documents:
        st.link_button(as_text(document.title), document.address, icon=":material/description:")
    takes = takes_answers(here, item)
    if item.last_day is not None:
        day = lang.date(item.last_day, "EEEE d MMMM")
        st.markdown(
            lang.md("It could be answered until {day}.", day=day)
            if not takes
            else lang.md("You can answer until {day}.", day=day)
        )
    if item.target and item.kind not in ("thresholds", "guess", "needless", "saturday", "card"):
        st.link_button(lang.t("Look at it"), item.target, icon=":material/open_in_new:", width="stretch")
    place = seat(here.id)
    if place is None:
        if takes and item.kind in SPOKEN:
            st.markdown(
                f"{lang.t('To answer, enter the code of the session or of your invitation.')} {_who_reads(here, lang)}"
            )
            way_in(lang, "join")
        return
    if votes_on(now, item):
        voting(place, item.id, now.look)
        follow_room(place, now.look)
    if item.kind == "statements" and here.state == "open":
        _add(here, item, place.person, lang)
    if item.kind == "card":
        show_card(here, item, place.person, lang)
    if item.kind in SPOKEN:
        _answer(here, item, place.person, lang)
    if item.kind == "guess":
        show_guess(here, item, place.person, lang)
    if item.kind == "needless":
        show_needless(here, item, place.person, lang)
    if item.kind == "saturday":
        show_saturday(here, item, place.person, lang)
    if item.kind == "thresholds" and here.state == "open":
        show_round(item, here.area)
    elif not votes_on(now, item) and item.kind not in ("needless", "card"):
        ask_role(here, place.person, lang)
    if item.revealed:
        show_revealed(here, item, lang)


def _add(here: Session, item: Item, person: str, lang: Language) -> None:
    def doubt(text: str) -> str:
        near = alike(text, list(room(here.id).published))
        if not near:
            return ""
        return lang.md("There is nearly the same already: “{text}”. You can vote on it.", text=near[0].text)

    def send(text: str, statement_id: str) -> str:
        sent = do(add_statement, here.id, text, person=person, item_id=item.id, statement_id=statement_id)
        return (
            lang.t("Thank you. A moderator reads it first.")
            if sent.state == "waiting"
            else lang.t("Thank you. Everybody can vote on it now.")
        )

    with st.expander(lang.t("Add a statement of your own"), icon=":material/add:", expanded=False):
        write(
            f"statement-{item.id}",
            lang.t("One thought, on which people can agree or disagree"),
            lang,
            send,
            longest=LENGTH,
            button=lang.t("Add it"),
            doubt=doubt,
        )


def _answer(here: Session, item: Item, person: str, lang: Language) -> None:
    def send(text: str, response_id: str) -> str:
        sent = do(respond, here.id, item.id, text, person=person, response_id=response_id)
        return (
            lang.t("Thank you. A moderator reads it first.")
            if sent.state == "waiting"
            else lang.t("Thank you. Everybody can read it now.")
        )

    label = lang.t("What do you think of it?") if item.kind in ("look", "scenario", "card") else lang.t("Your answer")
    takes, name = takes_answers(here, item), f"answer-{item.id}"
    if takes or unsent(name):
        write(name, label, lang, send, longest=LONGEST, button=lang.t("Send"))
        if takes:
            st.caption(_who_reads(here, lang))
        else:
            st.info(lang.t("This was not sent: the session was closed first. Your words stay here, to copy."))
    for response in own_responses(item.id, person):
        if response.text:
            st.markdown(f"> {as_text(response.text)}\n\n:gray[:small[{state_name(response.state, None, lang)}]]")
        for advice in advices_on("response", response.id):
            said = answer_name(advice.answers[0].state, lang) if advice.answers else lang.t("not answered yet")
            st.markdown(f"[{lang.md('Advice {number}', number=advice.number)}](answers): {said}")


def _who_reads(here: Session, lang: Language) -> str:
    """Say who reads an answer, and what becomes of it."""
    if here.rehearsal:
        return lang.t("This is a rehearsal: what you send is wiped.")
    if here.moderation is Mode.BEFORE:
        return lang.t("A moderator reads it first, then everybody in the session and in its report. Without your name.")
    return lang.t("Everybody in the session reads it, and it comes into the report. Without your name.")


def show_revealed(here: Session, item: Item, lang: Language) -> None:
    """Show what the room answered, once it was revealed."""
    counted = tally(here.id, item.id)
    noted = {one.id: corrected(one, lang) for one in room(here.id).published}
    if len(counted):
        st.subheader(lang.t("What the room says"), anchor=False)
        for row in counted.to_dict("records"):
            st.markdown(
                f"**{as_text(row['text'])}**{noted.get(row['id'], '')}  \n"
                + " · ".join(
                    f"{vote_name(value, lang)} {row[name]}"
                    for value, name in ((1, "agrees"), (0, "passes"), (-1, "disagrees"))
                )
            )
        if voters(here.id, item.id) >= ENOUGH_VOTERS:
            found, texts = published_opinions(here.id), statement_texts(here.id)
            sentences = [intro(found, lang), *unites(found, texts, lang)[:2], *divides(found, texts, lang)[:2]]
            st.markdown(bullets(sentences))
    if item.kind == "thresholds":
        st.subheader(lang.t("What people propose"), anchor=False)
        st.markdown(bullets(threshold_round(here.area, lang)))
    said = [response for response in responses(item.id, "published") if response.text]
    if item.kind in SPOKEN and said:
        st.subheader(lang.t("What others wrote"), anchor=False)
        for response in said:
            st.markdown(f"> {as_text(response.text)}")


def show_code_of_seat(lang: Language) -> None:
    """Show the code with which somebody finds, changes and erases what they sent here."""
    with st.expander(lang.t("What you sent, and your code"), icon=":material/key:"):
        st.markdown(lang.t("With this code you see, change or erase all that is yours:"))
        st.code(phone.author().code, language=None)
        st.markdown(f"[{lang.t('See what is yours')}](privacy?lang={session.spoken().code})")
