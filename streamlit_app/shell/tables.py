"""Tables on pages: numbers as the language writes them, and on a phone as a list, for there they do not fit."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import pandas as pd
import streamlit as st

from language import Language
from language.markdown import Markdown, bold, bullets, safe
from streamlit_app.shell.device import narrow

_NOTHING = ("", "–")


def show_numbers(table: pd.DataFrame, lang: Language) -> None:
    """Show a table whose whole numbers have the separators of the language; they sort as numbers still."""
    numbers = table.select_dtypes("number").columns
    # The stubs of pandas know only functions that take any object at all.
    number = cast("Callable[[object], str]", lang.number)
    shown = table.reset_index(drop=True).style.format(number, subset=numbers, na_rep="–")
    st.dataframe(shown, hide_index=True, placeholder="–")


def show_rows(rows: Sequence[Mapping[str, str]]) -> None:
    """Show rows as a table without columns in which nothing stands; on a phone one below the other, each under its
    first value, without what is empty.

    Plain values are shown as they stand; those that are Markdown as Markdown.
    """
    if not narrow():
        shown = pd.DataFrame([{column: safe(value) for column, value in row.items()} for row in rows]).fillna("")
        st.table(shown.loc[:, (shown != "").any()], hide_index=True)
        return
    for row in rows:
        (_, name), *others = row.items()
        lines = bullets(Markdown(f"{column}: {safe(value)}") for column, value in others if value not in _NOTHING)
        st.markdown(Markdown("\n\n").join([bold(name), lines]))
