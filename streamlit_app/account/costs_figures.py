"""Costs and benefits for professionals: net present value, by party, what matters, a second area."""

import streamlit as st

from data.area.area import Area
from language import Language
from language.markdown import as_text
from response.costs.case import LONGEST_HORIZON, RATE_CLASSES, Case
from response.costs.case_words import percent, rate_name
from response.costs.outcome import Range, by_party, net_present_value, second_area
from response.costs.spreadsheet import costs_file
from streamlit_app.account.keys import AccountKey
from streamlit_app.shell.device import narrow
from streamlit_app.shell.tables import show_rows
from visuals.charts.tornado import tornado


def show_figures(case: Case, area: Area, lang: Language) -> None:
    """Show the figures, for other horizons and ranges than those filled in too, and offer the spreadsheet."""
    st.header(lang.t("The figures, for professionals"), anchor=False)
    left, right = st.columns(2)
    shortest = max((max(one.first, one.last or 0) for item in case.items for one in item.amounts), default=1)
    horizon = left.number_input(
        lang.t("Over how many years"),
        max(shortest, 1),
        LONGEST_HORIZON,
        case.horizon,
        key=f"{AccountKey.COSTS_HORIZON}.{area.id}.{case.number}",
    )
    wide = right.slider(
        lang.t("How wide the ranges are, in % of what is filled in"),
        0,
        300,
        100,
        10,
        key=f"{AccountKey.COSTS_SPREAD}.{area.id}.{case.number}",
    )
    case, spread = case.model_copy(update={"horizon": horizon}), wide / 100
    net = net_present_value(case, spread)
    st.metric(
        lang.md("Net present value in euros, prices of {year}", year=str(case.base_year)),
        lang.number(net.expected, 2),
        help=lang.t("All gains less all costs. What comes later counts for less, by the rates below."),
    )
    st.markdown(
        as_text(
            lang.t(
                "Between {low} when all goes badly and {high} when all goes well.",
                low=lang.number(net.low, 2),
                high=lang.number(net.high, 2),
            )
        )
    )
    _parties(case, spread, lang)
    chart = tornado(case, spread, lang, compact=narrow())
    if chart is not None:
        st.vega_lite_chart(
            spec=chart.to_dict(), theme=None, alt=lang.t("Bars: how far each item moves the net present value.")
        )
    _second(case, area, spread, lang)
    _rates(case, lang)
    st.download_button(
        lang.t("Spreadsheet with live formulas (.xlsx)"),
        data=lambda: costs_file(case, _title(area, lang), lang, spread=spread),
        file_name=f"{lang.t('costs')}-{area.id}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        icon=":material/download:",
        on_click="ignore",
        key=AccountKey.COSTS_FILE,
    )


def _title(area: Area, lang: Language) -> str:
    return lang.t("Costs and benefits, {area}", area=area.name(lang))


def _three(found: Range, lang: Language) -> dict[str, str]:
    return {
        lang.t("Low"): lang.number(found.low),
        lang.t("Expected"): lang.number(found.expected),
        lang.t("High"): lang.number(found.high),
    }


def _parties(case: Case, spread: float, lang: Language) -> None:
    busy = {party for item in case.items for party in (item.payer, item.gainer)}
    rows = [
        {lang.t("Who"): case.party_name(party, lang), **_three(found, lang)}
        for party, found in by_party(case, spread).items()
        if party in busy
    ]
    if rows:
        st.subheader(lang.t("By party, in euros"), anchor=False)
        show_rows(rows)


def _second(case: Case, area: Area, spread: float, lang: Language) -> None:
    st.subheader(lang.t("If a second area takes part"), anchor=False)
    begins = st.number_input(
        lang.t("It begins in year"),
        case.base_year,
        case.base_year + case.horizon,
        case.base_year + 1,
        key=f"{AccountKey.COSTS_BEGINS}.{area.id}.{case.number}.{case.horizon}",
        width=240,
    )
    found = second_area(case, begins - case.base_year, spread)
    once = [item.name(lang) for item in case.items if item.scope == "once"]
    st.markdown(lang.t("Everything comes again but what is done once. Amounts are those of this area."))
    show_rows([{lang.t("What"): lang.t("The second area by itself, in euros"), **_three(found, lang)}])
    if once:
        st.markdown(lang.md("Done once: {items}.", items=as_text(", ".join(once))))


def _rates(case: Case, lang: Language) -> None:
    st.subheader(lang.t("Rates"), anchor=False)
    found = [case.rate(of) for of in RATE_CLASSES]
    show_rows(
        [
            {
                lang.t("Rate"): rate_name(rate.of, lang),
                lang.t("A year"): percent(rate.percent, lang),
                lang.t("Valid from"): lang.date(rate.valid_from, "d MMM y"),
                lang.t("Source"): rate.source,
                lang.t("Confirmed by"): rate.confirmed_by or lang.t("not confirmed yet"),
            }
            for rate in found
        ]
    )
