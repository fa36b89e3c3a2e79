"""The list of what people say: search, choose, and read; texts of others are shown as they were written."""

from dataclasses import replace
from datetime import UTC
from urllib.parse import urlencode

import streamlit as st

from feedback.contributions.contributions import find_contributions
from feedback.contributions.naming import ROLES, TOPICS, mood_name, role_name, topic_name
from feedback.contributions.published import Published, matching, published
from feedback.contributions.small_cells import K
from language.markdown import Markdown, as_text, link
from language.said import fact
from streamlit_app.responses.answered import advices_by_contribution, answered
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.navigation import ENTRIES
from streamlit_app.shell.workspace import Workspace, encode
from visuals.base.palette import label as level_label
from visuals.words.hours import capitalised, clock

AT_ONCE = 10


def show_contributions(context: Context) -> None:
    """Show the published contributions of the area with search and filters."""
    lang = context.lang
    everything = published(context.area.id, context.area.tz)
    with_words = [said for said in everything if said.text]
    if not with_words:
        st.markdown(lang.t("Nobody has said anything here yet. You can be the first, above."))
        return
    found = [said for said in _chosen(context, everything) if said.text]
    st.markdown(f":gray[:small[{lang.n('{n} response', '{n} responses', len(found))}]]")
    became = advices_by_contribution()
    shown: int = st.session_state.get(ResponseKey.SHOWN, AT_ONCE)
    for said in found[:shown]:
        with st.container(border=True):
            st.markdown(as_text(said.text))
            st.markdown(f":gray[:small[{_origin(context, said)}]]")
            for advice in became.get(said.id, []):
                st.markdown(answered(advice, lang))
    if len(found) > shown:
        st.button(lang.t("Show more"), key=f"{ResponseKey.SHOWN}.more", on_click=_more, args=(shown,))
    st.markdown(
        ":gray[:small["
        + lang.md("Role, place and hour are told only where at least {n} responses share them.", n=K)
        + "]]"
    )


def _chosen(context: Context, everything: list[Published]) -> list[Published]:
    lang, area = context.lang, context.area
    row = st.container(horizontal=True, vertical_alignment="bottom")
    words = row.text_input(
        lang.t("Search"), key=ResponseKey.SEARCH, placeholder=lang.t("for example: noise"), width=220, max_chars=200
    )
    # On a phone the choices would fill a screen before the first words.
    with st.expander(lang.t("Choose what you see"), icon=":material/filter_list:") if narrow() else row:
        topic = st.selectbox(
            lang.t("About"),
            [topic for topic in TOPICS if any(said.topic == topic for said in everything)],
            index=None,
            format_func=lambda topic: topic_name(topic, lang),
            placeholder=lang.t("everything"),
            key=ResponseKey.TOPIC,
            width=200,
        )
        role = st.selectbox(
            lang.t("From"),
            [role for role in ROLES if any(said.label.role == role for said in everything)],
            index=None,
            format_func=lambda role: role_name(role, lang),
            placeholder=lang.t("everybody"),
            key=ResponseKey.FROM_ROLE,
            width=200,
        )
        zone = st.selectbox(
            lang.t("Place"),
            [zone for zone in area.zone_ids if any(said.label.zone == zone for said in everything)],
            index=None,
            format_func=lambda zone: area.zone(zone).name(lang),
            placeholder=lang.t("everywhere"),
            key=ResponseKey.FROM_ZONE,
            width=200,
        )
    ids = frozenset(said.id for said in find_contributions(area.id, words=words)) if words else None
    return matching(everything, ids=ids, topic=topic, role=role, zone=zone)


def _origin(context: Context, said: Published) -> Markdown:
    """Return what is told of a contribution, with the way back to what was looked at."""
    lang, area, label = context.lang, context.area, said.label
    told = [
        role_name(label.role, lang) if label.role else "",
        area.zone(label.zone).name(lang) if label.zone in area.zone_ids else "",
    ]
    if label.hour is not None:
        day = capitalised(lang.date(label.hour.date(), "EEEE d MMMM y"))
        told.append(
            day
            if label.whole_day
            else lang.t("{day}, {hour}", day=day, hour=fact(clock(label.hour.hour, lang), "people"))
        )
    told += [
        topic_name(said.topic, lang) if said.topic else "",
        mood_name(said.mood, lang) if said.mood else "",
        lang.t("felt {level}", level=fact(level_label(said.felt, lang), "people")) if said.felt else "",  # type: ignore[arg-type]
    ]
    seen = _seen(context, said)
    told.append(link(lang.t("what was looked at"), seen) if seen else "")
    return Markdown(" · ").join(part for part in told if part)


def _seen(context: Context, said: Published) -> str | None:
    """Return the address of the page and cell that was looked at; hour and place only as far as they are told."""
    page, _, cell = (said.cell or "").partition("#")
    if page == "contributions" or page not in {entry.url for entry in ENTRIES}:
        return None
    label = said.label
    seen = Workspace(area=context.area.id, language=context.lang.code, snapshot=said.snapshot, zone=label.zone)
    if label.hour is not None and not label.whole_day:
        seen = replace(seen, moment=label.hour.astimezone(UTC))
    return f"{page}?{urlencode(encode(seen))}#{cell}"


def _more(shown: int) -> None:
    st.session_state[ResponseKey.SHOWN] = shown + AT_ONCE
