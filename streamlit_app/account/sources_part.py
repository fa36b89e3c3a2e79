"""The register of sources: each with what is known of it and what the parties say, and what is counted near you."""

from typing import Final

import streamlit as st

from data.area.area import Area
from data.area.investigations import investigation
from data.area.partners import read_partners
from data.area.sources import Source, read_sources
from data.area.stances import stances
from data.area.zone import in_language
from forecasting.evaluation.sealed_words import finding_sentences
from forecasting.snapshot.snapshot_files import made_from
from language import Language
from language.markdown import Markdown, as_text, bold, bullets, small
from streamlit_app.account.keys import AccountKey
from streamlit_app.shell.device import narrow
from streamlit_app.shell.tables import show_rows
from streamlit_app.showing import basemaps
from visuals.account.counted_map import counted_map, tapped_zone
from visuals.account.source_words import (
    counted_at,
    counted_rows,
    counted_sentence,
    counted_words,
    further_lines,
    leave_sentence,
    missing_fields,
    not_asked,
    source_lines,
    stance_rows,
    standing,
)
from visuals.base.framing import framed

_HEIGHT: Final = {False: 380, True: 300}
"""Pixels, on a laptop and a phone."""
_FURTHER: Final = 0.6
"""How many zoom levels further away the map of half a page sees the whole area."""


def near_you(area: Area, lang: Language) -> None:
    """Show on a map where something is counted; a place that is chosen, there or by name, says what."""
    st.header(lang.t("What is counted near me?"), anchor=False)
    found, key = read_sources(area.id), f"{AccountKey.NEAR}.{area.id}"
    st.markdown(as_text(counted_sentence(area, found, lang)))
    beside, map_beside = st.columns([2, 3])
    with map_beside:
        _map(area, found, key, lang)
    with beside:
        zone_id = st.selectbox(
            lang.t("Place"),
            area.zone_ids,
            format_func=lambda one: area.zone(one).name(lang),
            index=None,
            placeholder=lang.t("Choose a place"),
            key=key,
        )
        if zone_id is not None:
            lines = [as_text(counted_words(one, lang)) for one in counted_at(zone_id, found)]
            st.markdown(bullets(lines) if lines else lang.t("Nothing is counted here."))
        with st.expander(lang.t("All places as a table"), icon=":material/table:"):
            show_rows(counted_rows(area, found, lang))


def _map(area: Area, found: list[Source], key: str, lang: Language) -> None:
    map_key = f"{key}.map.{narrow()}"

    def take_over() -> None:
        state = st.session_state.get(map_key)
        if state and (zone_id := tapped_zone(state.selection.objects)):
            st.session_state[key] = zone_id

    st.pydeck_chart(
        counted_map(
            framed(area, ()) if narrow() else area.seen_from(_FURTHER),
            found,
            lang,
            map_style=f"api/areas/{area.id}/style.json",
            basemap_labels=basemaps.labels_of(area.id, lang.code),
        ),
        height=_HEIGHT[narrow()],
        on_select=take_over,
        selection_mode="single-object",
        key=map_key,
        alt=lang.t("Map of the places where something is counted. The table beside it says the same in words."),
    )
    key_of_map = lang.t(
        "● counted and used, ○ counted, but not used. {credit}", credit=basemaps.credit_of(area, lang.code)
    )
    twin = basemaps.twin_sentence(area, lang)
    st.markdown(small(as_text(f"{key_of_map.strip().rstrip('.')}. {twin}".strip())))


def all_sources(area: Area, lang: Language) -> None:
    """Show every source of an area, those in use first."""
    found = read_sources(area.id)
    if not found:
        st.info(lang.t("This area has no sources yet."), icon=":material/info:")
    for source in sorted(found, key=lambda one: one.decision != "approved"):
        with st.container(border=True):
            _source(source, area, lang)


def _source(source: Source, area: Area, lang: Language) -> None:
    st.header(as_text(in_language(source.title, lang)), anchor=source.id)
    shown = {"approved": st.success, "refused": st.error, "pending": st.info}[source.decision]
    shown(standing(source.decision, lang))
    st.markdown(_as_list(source_lines(source, area, lang)))
    with st.expander(lang.t("More about this source")):
        st.markdown(_as_list(further_lines(source, lang)))
    if missing := missing_fields(source, lang):
        st.markdown(lang.md("Not filled in yet: {what}.", what=as_text(", ".join(missing).lower())))
    _tested(source, area, lang)
    said, partners = stances(area.id, source.id), read_partners(area.id)
    rows, silent = stance_rows(said, partners, area, lang), not_asked(said, partners, lang)
    if rows:
        st.subheader(lang.t("What the parties say"), anchor=False)
        show_rows(rows)
    if silent:
        st.markdown(as_text(silent))
    if source.decision != "approved" and (before := made_from(area.id, source.id)):
        st.markdown(
            lang.md_n(
                "{n} earlier forecast was made with it. It is not shown any more.",
                "{n} earlier forecasts were made with it. They are not shown any more.",
                before,
            )
        )


def _as_list(lines: list[tuple[str, str]]) -> Markdown:
    return bullets(bold(f"{heading}:") + Markdown(" ") + as_text(text) for heading, text in lines)


def _tested(source: Source, area: Area, lang: Language) -> None:
    """Tell that a source is tested behind closed doors, and what a test showed."""
    stands = investigation(area.id, source)
    if stands.leave is None and stands.found is None:
        return
    st.subheader(lang.t("What it would add"), anchor=False)
    if stands.leave is not None:
        st.markdown(as_text(leave_sentence(stands.leave, area, lang)))
        st.markdown(lang.t("Only figures come out of that test. No forecast uses this source."))
    if stands.found is not None:
        st.markdown(bullets(as_text(one) for one in finding_sentences(stands.found, area, lang)))
