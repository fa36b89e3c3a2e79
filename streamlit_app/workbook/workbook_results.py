"""A kept result on the workbook page: what it shows, its note, and what can be done with it."""

from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.keeping.acts import Seen
from language import Language
from language.markdown import as_text, bold
from reports.kept_week import kept_week
from reports.workbook import LONGEST_NOTE, Kept
from streamlit_app.shell.device import narrow
from streamlit_app.shell.navigation import PAGES
from streamlit_app.shell.workspace import decode, encode
from streamlit_app.workbook import own_workbooks


def show_result(kept: Kept, place: tuple[int, int], lang: Language, tz: ZoneInfo, edit_id: str | None) -> None:
    """Show one result in the workbook, at ``place`` (its index, and how many there are).

    With ``edit_id`` it can be moved, noted and removed.
    """
    index, count = place
    with st.container(border=True, key=f"kept-{kept.id}"):
        st.header(f"{index + 1}. {as_text(kept.title)}", anchor=False)
        st.markdown(f":gray[:small[{_whereabouts(kept, lang, tz)}]]")
        if edit_id is None:
            show_note(kept)
        show_content(kept, lang)
        if edit_id is not None:
            _edit_note(kept, lang, edit_id)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if edit_id is not None:
                _move(kept, lang, edit_id, index, count)
            _open_again(kept, lang)
            if edit_id is not None:
                seen = own_workbooks.saw(edit_id, lambda book: book.note_of(kept.id))
                st.button(
                    lang.t("Remove"),
                    key=f"kept.{kept.id}.remove",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=partial(own_workbooks.change, seen, edit_id, lambda book: book.without(kept.id)),
                )


def show_content(kept: Kept, lang: Language) -> None:
    """Show the pictures, sentences and figures of a result."""
    show_pictures(kept)
    for text in kept.said:
        st.markdown(text)
    if kept.figures is None:
        return
    frame = pd.DataFrame(list(kept.figures.rows), columns=list(kept.figures.columns))
    if not kept.pictures and not kept.said:
        st.dataframe(frame, hide_index=True)
        return
    with st.expander(lang.t("The figures"), icon=":material/table:", type="compact"):
        st.dataframe(frame, hide_index=True)


def show_pictures(kept: Kept) -> None:
    """Show the pictures of a result as they were drawn for this width of the window."""
    for picture in kept.pictures:
        drawn = picture.narrow if narrow() and picture.narrow else picture.png
        st.image(drawn, width="stretch", alt=picture.alt)


def show_note(kept: Kept) -> None:
    """Show the note of a result, if it has one, as it was typed."""
    if kept.note:
        st.markdown("\n".join(f"> {as_text(line)}  " for line in kept.note.splitlines()))


def _whereabouts(kept: Kept, lang: Language, tz: ZoneInfo) -> str:
    parts = [
        f"**{lang.t('DEMO DATA')}**" if kept.simulated else "",
        bold(week) if (week := kept_week(kept, lang)) else "",
        as_text(kept.area_name),
        kept.origin,
        lang.t("Kept on {moment}.", moment=lang.date(kept.kept_at, "d MMMM y HH:mm", tz)),
    ]
    return " · ".join(part for part in parts if part)


def _edit_note(kept: Kept, lang: Language, edit_id: str) -> None:
    key, seen = f"kept.{kept.id}.note", own_workbooks.saw(edit_id, lambda book: book.note_of(kept.id))
    st.session_state[key] = kept.note

    def take_over() -> None:
        note = st.session_state[key]
        own_workbooks.change(seen, edit_id, lambda book: book.noting(kept.id, note))

    st.text_area(
        lang.t("Note"),
        key=key,
        max_chars=LONGEST_NOTE,
        height="content",
        placeholder=lang.t("What do you see in it? No names, please."),
        on_change=take_over,
    )


def _move(kept: Kept, lang: Language, edit_id: str, index: int, count: int) -> None:
    seen = own_workbooks.saw(edit_id, lambda book: book.order)
    for label, by, icon in ((lang.t("Up"), -1, "arrow_upward"), (lang.t("Down"), 1, "arrow_downward")):
        st.button(
            label,
            key=f"kept.{kept.id}.{icon}",
            type="tertiary",
            icon=f":material/{icon}:",
            disabled=not 0 <= index + by < count,
            on_click=partial(_take_along, seen, edit_id, kept, by),
        )


def _take_along(seen: Seen, edit_id: str, kept: Kept, by: int) -> None:
    own_workbooks.change(seen, edit_id, lambda book: book.moving(kept.id, by))


def _open_again(kept: Kept, lang: Language) -> None:
    """Offer the result where it came from: as it was, and with the forecast of now."""
    page = PAGES / f"{kept.page}.py"
    if not page.exists():
        return
    as_it_was = replace(decode(kept.address)[0], language=lang.code)
    for label, icon, workspace in (
        (lang.t("See it on its page"), "open_in_new", as_it_was),
        (lang.t("See with today's forecast"), "update", replace(as_it_was, snapshot=None)),
    ):
        st.page_link(page, label=label, icon=f":material/{icon}:", query_params=encode(workspace))
