"""The register of sources: each with what is known of it and what the parties say, and what is counted near you."""

import streamlit as st

from data.area.area import Area
from data.area.partners import read_partners
from data.area.sources import Source, read_sources
from data.area.stances import stances
from data.area.zone import in_language
from forecasting.snapshot.snapshot_files import made_from
from language import Language
from language.markdown import Markdown, as_text, bold, bullets
from streamlit_app.account.keys import AccountKey
from streamlit_app.shell.tables import show_rows
from visuals.account.source_words import counted_at, missing_fields, not_asked, source_lines, stance_rows, standing


def near_you(area: Area, lang: Language) -> None:
    """Let somebody choose a place, and say what is counted there, and what of it is used."""
    st.header(lang.t("What is counted near me?"), anchor=False)
    zone_id = st.selectbox(
        lang.t("Place"),
        area.zone_ids,
        format_func=lambda one: area.zone(one).name(lang),
        index=None,
        placeholder=lang.t("Choose a place"),
        key=f"{AccountKey.NEAR}.{area.id}",
        width=420,
    )
    if zone_id is None:
        return
    found = counted_at(zone_id, read_sources(area.id))
    lines = [
        Markdown(" ").join(
            (as_text(in_language(one.counted or one.title, lang)), as_text(standing(one.decision, lang)))
        )
        for one in found
    ]
    st.markdown(bullets(lines) if lines else lang.t("Nothing is counted here."))


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
    lines = source_lines(source, area, lang)
    st.markdown(bullets(bold(f"{heading}:") + Markdown(" ") + as_text(text) for heading, text in lines))
    if missing := missing_fields(source, lang):
        st.markdown(lang.md("Not filled in yet: {what}.", what=as_text(", ".join(missing).lower())))
    said, partners = stances(area.id, source.id), read_partners(area.id)
    rows, silent = stance_rows(said, partners, area, lang), not_asked(said, partners, lang)
    if rows or silent:
        st.subheader(lang.t("What the parties say"), anchor=False)
    if rows:
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
