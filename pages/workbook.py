"""Werkboek / Workbook: the results that somebody kept, in order, with notes; to present, share and take along."""

import streamlit as st

from language.markdown import as_text
from reports import workbook_store
from streamlit_app.access.permissions import visitor
from streamlit_app.shell import resources, session
from streamlit_app.shell.context import open_area, shows_now
from streamlit_app.workbook import own_workbooks, presenting
from streamlit_app.workbook.workbook_results import show_result
from streamlit_app.workbook.workbook_tools import show_tools

lang, tz = session.spoken(), open_area().tz
read_id = own_workbooks.opened()
workbook = workbook_store.load(read_id) if read_id else None
session.show_notices()

if read_id is None or workbook is None:
    session.add_to_address()
    st.title(lang.t("Workbook"), anchor=False)
    st.info(
        lang.t(
            "Your workbook is still empty. Under every result there is 'Keep'. What you keep comes here. "
            "You can put it in order, make notes, present it, share it and download it."
        ),
        icon=":material/bookmark_add:",
    )
    with st.container(horizontal=True):
        st.page_link(
            "../pages/today.py",
            label=lang.t("Today") if shows_now() else lang.t("The week"),
            icon=":material/calendar_month:",
        )
        st.page_link("../pages/map.py", label=lang.t("Map"), icon=":material/map:")
    st.stop()

session.add_to_address(wb=read_id)
edit_id = own_workbooks.editing_id(read_id)
seen = workbook.seen_by(resources.areas_for(visitor().role))
if presenting.is_on() and seen.kept:
    presenting.present(seen, lang)
    st.stop()

mark = lang.t("DEMO DATA") + " · " if seen.simulated else ""
st.title(mark + (as_text(workbook.title) or lang.t("Workbook")), anchor=False)
changed = lang.t("last changed {moment}", moment=lang.date(workbook.changed, "EEEE d MMMM y HH:mm", tz))
st.markdown(f":gray[{lang.n('{n} result', '{n} results', len(workbook.kept))} · {changed}]")
if edit_id is None:
    st.caption(lang.t("You are reading somebody's workbook. To change it, make a copy under 'More'."))
if hidden := len(workbook.kept) - len(seen.kept):
    st.info(
        lang.n(
            "{n} result is of an area that you may not see.", "{n} results are of areas that you may not see.", hidden
        )
    )
show_tools(seen, read_id, edit_id, lang, tz)
for index, kept in enumerate(seen.kept):
    show_result(kept, (index, len(seen.kept)), lang, tz, edit_id)
if not seen.kept:
    st.info(lang.t("Nothing is kept here yet. Under every result there is 'Keep'."), icon=":material/bookmark_add:")
