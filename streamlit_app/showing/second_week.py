"""The second week, folded away: for who makes rosters, and less sure than the first."""

import streamlit as st

from forecasting.snapshot.ahead import second_week
from language.markdown import as_text, small
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.showing.keys import ShowingKey
from visuals.tables.second_week import second_week_table


def show_second_week(context: Context, default: str, *, choose: bool = True) -> None:
    """Show days 8 to 14 of a place to whom unfolds them: of ``default``, or of another one where that can be chosen."""
    lang = context.lang
    with st.expander(
        lang.t("Days 8 to 14, less sure"),
        icon=":material/date_range:",
        type="compact",
        key=ShowingKey.SECOND_WEEK,
        on_change="rerun",
    ) as opened:
        if opened.open:
            _unfolded(context, default, choose=choose)


def _unfolded(context: Context, default: str, *, choose: bool) -> None:
    lang, area, week = context.lang, context.area, second_week(context.snapshot)
    if week is None or not week.known:
        st.markdown(as_text(_why_not(context, learned=week is not None)))
        return
    zone_id = _choose(context, default) if choose else default
    table = second_week_table(week, area, context.thresholds, lang, zone_id, compact=narrow())
    st.dataframe(table, hide_index=True, height="content")
    told = [
        *([lang.t("DEMO DATA") + "."] if week.simulated else []),
        lang.t("Three numbers are low – expected – high: 8 times out of 10 it is between the outer two."),
        lang.t("The weather is taken as it usually is at this time of the year."),
    ]
    if context.forecast.scenario:
        told.append(lang.t("Your scenario is not in it."))
    st.markdown(small(" ".join(told)))


def _why_not(context: Context, *, learned: bool) -> str:
    """Say why there is no second week, and what who runs the app can do."""
    lang = context.lang
    if learned:
        return lang.t("Of days 8 to 14 nothing is known: too little was counted.")
    return lang.t(
        "Days 8 to 14 are not there: the app did not yet learn how sure it is of them. It does so each night. "
        "For whoever runs this app: {command}",
        command=f"python -m forecasting second-week --area {context.area.id}",
    )


def _choose(context: Context, default: str) -> str:
    chosen: str = st.selectbox(
        context.lang.t("Place"),
        context.forecast.zone_ids,
        index=context.forecast.zone_ids.index(default),
        format_func=lambda zone_id: context.area.zone(zone_id).name(context.lang),
        key=ShowingKey.SECOND_WHERE,
        placeholder=context.lang.t("Choose a place"),
        width=320,
    )
    return chosen
