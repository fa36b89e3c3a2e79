"""Costs and benefits for everybody: what they mean in a sentence, and each item with who pays and who gains."""

from collections.abc import Mapping

import streamlit as st

from data.area.effects import MeasuredEffect
from language import Language
from language.markdown import as_text, bullets
from response.cards.card import text_in
from response.costs.case import Case, Item, Kind
from response.costs.case_words import basis_name, double_sentence, meaning, measured_words
from response.costs.outcome import counted_twice, net_present_value
from streamlit_app.shell.tables import show_rows


def show_meaning(case: Case, lang: Language) -> None:
    """Say what the case comes to, without a figure, and that figures are examples where they are."""
    if any(item.example for item in case.items):
        st.warning(
            lang.t("EXAMPLE FIGURES. Nobody vouches for the amounts that are marked as examples."),
            icon=":material/edit_note:",
        )
    st.subheader(meaning(net_present_value(case), case, lang), anchor=False)
    st.markdown(
        lang.md(
            "That is in money only, over {n} years. What is not in money is listed below, and is no less important.",
            n=case.horizon,
        )
    )


def show_items(case: Case, lang: Language, measured: Mapping[str, MeasuredEffect]) -> None:
    """Show what it costs, what it brings and what goes from one to the other; ``measured``: effects it rests on."""
    titles: dict[Kind, str] = {
        "cost": lang.t("What it costs"),
        "benefit": lang.t("What it brings"),
        "transfer": lang.t("What one pays to the other"),
    }
    for kind, title in titles.items():
        items = [item for item in case.items if item.kind == kind]
        if items:
            st.header(title, anchor=False)
            show_rows([_row(item, case, lang, measured.get(item.id)) for item in items])
    others = [(item.name(lang), text_in(item.other, lang)) for item in case.items if item.other]
    if others:
        st.header(lang.t("What is not in money"), anchor=False)
        st.markdown(bullets(as_text(f"{name}: {text}") for name, text in others))
    doubles = [double_sentence(one, lang) for one in counted_twice(case)]
    if doubles:
        st.header(lang.t("Maybe counted twice"), anchor=False)
        st.markdown(bullets(as_text(one) for one in doubles))


def _row(item: Item, case: Case, lang: Language, effect: MeasuredEffect | None) -> dict[str, str]:
    row = {lang.t("What"): item.name(lang)}
    if item.payer:
        row[lang.t("Who pays")] = case.party_name(item.payer, lang)
    if item.gainer:
        row[lang.t("Who gains")] = case.party_name(item.gainer, lang)
    example = f" ({lang.t('example')})" if item.example else ""
    basis = "" if item.example else basis_name(item.basis, lang)  # that it is an example is said already
    return row | {
        lang.t("How much we expect"): f"{amounts_text(item, lang)}{example if item.amounts else ''}",
        lang.t("Assumed or measured"): measured_words(effect, lang) if effect else basis,
        lang.t("Source"): item.source_text(lang),
    }


def amounts_text(item: Item, lang: Language) -> str:
    """Return what is expected of an item in the years it has amounts for."""
    said = []
    for one in item.amounts:
        euros, first = lang.number(one.expected), item.base_year + one.first
        if one.last == one.first:
            said.append(lang.t("{euros} euros in {year}", euros=euros, year=first))
        elif one.last is None:
            said.append(lang.t("{euros} euros a year, from {year} on", euros=euros, year=first))
        else:
            last = item.base_year + one.last
            said.append(lang.t("{euros} euros a year, from {year} to {last}", euros=euros, year=first, last=last))
    return "; ".join(said) or lang.t("not in money")
