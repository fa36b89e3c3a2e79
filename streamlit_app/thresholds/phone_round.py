"""A round about thresholds on a phone, in the session itself: one place at a time, by its pictures."""

from urllib.parse import parse_qs, urlsplit

import streamlit as st

from data.area.zone import Zone
from feedback.sessions.agenda import Item
from language import Language
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell import session
from streamlit_app.shell.context import Context, open_context
from streamlit_app.shell.past import ruler_of
from streamlit_app.thresholds.choosing_thresholds import choose_thresholds
from streamlit_app.thresholds.proposing import choose_role, send_proposal


def show_round(item: Item, area_id: str) -> None:
    """Show the place whose turn it is with its pictures, and the buttons that send it or pass it over.

    Raises ``UserError`` when the area of the session cannot be shown.
    """
    if session.current().area != area_id:
        session.leave_area(area_id)
    context = open_context()
    session.add_to_address(session=item.session)
    lang, places = context.lang, _places(context, item)
    done: list[str] = st.session_state.setdefault(f"{ResponseKey.JOIN}.round.{item.id}", [])
    left = [zone for zone in places if zone.zone_id not in done]
    if not places:
        st.info(lang.t("No place here was ever counted, so there is nothing to compare with."), icon=":material/info:")
        return
    if not left:
        st.success(lang.t("You did all places. Thank you. The room goes on soon."), icon=":material/check_circle:")
        st.button(
            lang.t("Do all places once more"),
            icon=":material/replay:",
            key=f"{ResponseKey.JOIN}.again",
            on_click=done.clear,
        )
        return
    here = left[0]
    place = len(places) - len(left) + 1
    st.progress((place - 1) / len(places), text=lang.md("Place {n} of {all}", n=place, all=len(places)))
    st.subheader(here.name(lang), anchor=False)
    choose_thresholds(context, here)
    _send_or_pass(context, here, item, done, last=len(left) == 1)


def _send_or_pass(context: Context, here: Zone, item: Item, done: list[str], *, last: bool) -> None:
    lang = context.lang
    role = choose_role(lang)

    def send() -> None:
        zone_thresholds = context.thresholds.zones[here.zone_id]
        counts = (zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red)
        if role is not None and send_proposal(context, {here.zone_id: counts}, role, item.session):
            done.append(here.zone_id)

    with st.container(horizontal=True):
        st.button(
            _onward(lang, last=last),
            type="primary",
            icon=":material/send:",
            key=f"{ResponseKey.JOIN}.send.{here.zone_id}",
            disabled=role is None,
            on_click=send,
        )
        st.button(
            lang.t("Skip this place"),
            type="tertiary",
            key=f"{ResponseKey.JOIN}.pass.{here.zone_id}",
            on_click=lambda: done.append(here.zone_id),
        )
    if role is None:
        st.markdown(lang.t("Choose above who you are. Then you can send."))


def _onward(lang: Language, *, last: bool) -> str:
    return lang.t("Send my proposal") if last else lang.t("Send, and the next place")


def _places(context: Context, item: Item) -> list[Zone]:
    """Return the places of a round: the one in the item's address first, then as the area has them."""
    named = parse_qs(urlsplit(item.target).query).get("zone", [""])[0]
    known = [
        zone
        for zone in context.area.zones
        if context.thresholds.zones[zone.zone_id].basis != "none" and ruler_of(context, zone.zone_id) is not None
    ]
    return sorted(known, key=lambda zone: zone.zone_id != named)
