"""What can be done with a whole workbook: present it, share it, take it along, name it, begin another."""

from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import streamlit as st

from data.keeping.acts import Seen
from language import Language
from language.plain import numbered
from reports import workbook_store
from reports.notebook import notebook
from reports.workbook import LONGEST_TITLE, Workbook
from reports.workbook_html import workbook_html
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, do, do_seen
from streamlit_app.workbook import own_workbooks, presenting
from streamlit_app.workbook.keys import WorkbookKey


def show_tools(workbook: Workbook, read_id: str, edit_id: str | None, lang: Language, tz: ZoneInfo) -> None:
    """Show the row of tools; what changes the workbook only with ``edit_id``."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            lang.t("Present"),
            key=WorkbookKey.PRESENT,
            type="primary",
            icon=":material/slideshow:",
            disabled=not workbook.kept,
            on_click=presenting.start,
        )
        _share(read_id, edit_id, lang)
        _take_along(workbook, lang, tz)
        with st.popover(lang.t("More"), icon=":material/more_horiz:", key=WorkbookKey.WORKBOOK_MORE):
            if edit_id is not None:
                _title(workbook, edit_id, lang)
            _others(read_id, lang)
            st.button(
                lang.t("Make a copy"), icon=":material/content_copy:", on_click=partial(_copy, read_id), width="stretch"
            )
            st.button(lang.t("Begin a new workbook"), icon=":material/add:", on_click=_begin, width="stretch")
            if edit_id is not None:
                _delete(edit_id, lang)


def link_to(workbook_id: str) -> str:
    """Return the address of a workbook as others can open it."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{here.path.rpartition('/')[0]}/workbook?wb={workbook_id}"


def _share(read_id: str, edit_id: str | None, lang: Language) -> None:
    with st.popover(lang.t("Share"), icon=":material/share:", key=WorkbookKey.WORKBOOK_SHARE):
        st.markdown(lang.t("**To read.** Whoever has this link sees the workbook with its notes."))
        st.code(link_to(read_id), language=None, wrap_lines=True)
        if edit_id is not None:
            st.markdown(lang.t("**To make it together.** Whoever has this link can change and delete everything."))
            st.code(link_to(edit_id), language=None, wrap_lines=True)
        days = workbook_store.KEPT_FOR.days // 30
        st.caption(lang.md("A workbook that nobody changes for {n} months is deleted.", n=days))


def _take_along(workbook: Workbook, lang: Language, tz: ZoneInfo) -> None:
    name = lang.t("workbook")
    with st.popover(lang.t("Download"), icon=":material/download:", key=WorkbookKey.WORKBOOK_EXPORT):
        st.download_button(
            lang.t("As a page to read and print (HTML)"),
            data=lambda: workbook_html(workbook, lang, tz).encode(),
            file_name=f"{name}.html",
            mime="text/html",
            key=WorkbookKey.WORKBOOK_HTML,
            on_click="ignore",
            icon=":material/article:",
            width="stretch",
            disabled=not workbook.kept,
        )
        st.download_button(
            lang.t("As a notebook to compute with (.ipynb)"),
            data=lambda: notebook(workbook, lang).encode(),
            file_name=f"{name}.ipynb",
            mime="application/x-ipynb+json",
            key=WorkbookKey.WORKBOOK_NOTEBOOK,
            on_click="ignore",
            icon=":material/code:",
            width="stretch",
            disabled=not workbook.kept,
        )
        st.caption(
            lang.t("The page needs nothing else. The notebook makes every result again with this project's own Python.")
        )


def _title(workbook: Workbook, edit_id: str, lang: Language) -> None:
    st.session_state[WorkbookKey.WORKBOOK_TITLE] = workbook.title
    seen = own_workbooks.saw(edit_id, lambda book: book.title)

    def take_over() -> None:
        title = st.session_state[WorkbookKey.WORKBOOK_TITLE]
        own_workbooks.change(seen, edit_id, lambda book: book.titled(title))

    st.text_input(
        lang.t("Title"),
        key=WorkbookKey.WORKBOOK_TITLE,
        max_chars=LONGEST_TITLE,
        placeholder=lang.t("For example: the first hot weekend"),
        on_change=take_over,
    )


def _others(read_id: str, lang: Language) -> None:
    own = {workbook_store.read_id_of(one): one for one in own_workbooks.known()}
    if not set(own) - {read_id}:
        return
    titles = {one: workbook_store.load(one) for one in own}

    def label(one: str) -> str:
        book = titles[one]
        count = lang.n("{n} result", "{n} results", len(book.kept))
        return f"{book.title or lang.t('Untitled')} ({count})"

    labels = numbered({one: label(one) for one in own})

    def go() -> None:
        chosen = st.session_state[WorkbookKey.WORKBOOK_CHOICE]
        if chosen is not None:
            own_workbooks.use(own[chosen])
            session.add_to_address()

    st.session_state[WorkbookKey.WORKBOOK_CHOICE] = read_id if read_id in own else None
    st.selectbox(
        lang.t("Your workbooks on this device"),
        list(own),
        format_func=labels.__getitem__,
        key=WorkbookKey.WORKBOOK_CHOICE,
        placeholder=lang.t("Choose a workbook"),
        on_change=go,
    )


def _delete(edit_id: str, lang: Language) -> None:
    sure = st.checkbox(lang.t("Yes, delete this workbook for everybody"), key=WorkbookKey.WORKBOOK_SURE)
    st.button(
        lang.t("Delete"),
        icon=":material/delete:",
        disabled=not sure,
        width="stretch",
        on_click=partial(_deleted, own_workbooks.saw(edit_id, lambda book: book.changed), edit_id),
    )


def _deleted(seen: Seen, edit_id: str) -> None:
    if attempt(session.spoken(), lambda: do_seen(seen, workbook_store.delete, edit_id)):
        own_workbooks.forget(edit_id)
        session.add_to_address()


def _copy(read_id: str) -> None:
    if attempt(session.spoken(), lambda: own_workbooks.use(do(workbook_store.copy, read_id))):
        session.add_to_address()


def _begin() -> None:
    if attempt(session.spoken(), lambda: own_workbooks.use(do(workbook_store.begin))):
        session.add_to_address()
