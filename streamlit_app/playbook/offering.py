"""Files to fetch from the playbook: a button each, made only when it is pressed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from streamlit_app.playbook.keys import PlaybookKey

_FORMS: Final = {
    "docx": (":material/description:", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": (":material/print:", "text/html"),
    "ics": (":material/event:", "text/calendar"),
}


@dataclass(frozen=True)
class Offered:
    """A file: what its button says, its ``name`` with its ending, and what makes it."""

    label: str
    name: str
    make: Callable[[], str | bytes]


def offer(files: Iterable[Offered]) -> None:
    """Show a button for each file, beside each other."""
    with st.container(horizontal=True):
        for file in files:
            icon, mime = _FORMS[file.name.rpartition(".")[2]]
            st.download_button(
                file.label,
                data=file.make,
                file_name=file.name,
                mime=mime,
                icon=icon,
                on_click="ignore",
                key=f"{PlaybookKey.FILE}.{file.name}",
            )
