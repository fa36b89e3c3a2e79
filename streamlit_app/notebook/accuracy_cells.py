"""The cells of how good the forecasts were: from the plain answer down to the figures for experts."""

import streamlit as st

from forecasting.evaluation.backtest_result import Backtest
from language.markdown import Markdown, bullets
from language.said import fact
from response.actions.worked import worked
from response.cards.history import read_playbook
from response.status.publishing import published_entries
from streamlit_app.notebook.cell import cell
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.choosing import choose_zone
from streamlit_app.showing.preparing import prepares_in
from streamlit_app.showing.reproduce import backtest_python
from visuals.base.outlook import Outlook
from visuals.charts.outcomes import outcomes
from visuals.charts.reliability import reliability
from visuals.charts.week import week
from visuals.playbook.acted_words import acted_line, acted_moments, acted_summary
from visuals.playbook.preparing_words import prepared_sentences
from visuals.words.accuracy import (
    method_figures,
    moment_list,
    reliability_figures,
    source_sentences,
    unknowns,
    verdict_sentences,
)

_NEWEST = 5


def show_verdict(context: Context, result: Backtest, made_from: Markdown) -> None:
    """Show in sentences how good the forecasts were."""
    lang = context.lang
    with cell(context, "verdict", lang.t("How good is it?"), lang.t("To know how far you can rely on it.")) as this:
        prepared = prepared_sentences(result, prepares_in(context.area.id), lang)
        say(bullets(sentence for sentence in (*verdict_sentences(result, lang), *prepared) if sentence))
        this.computed(
            lang.t(
                "A busy moment is a run of hours of one day at one place at or above 'busy'. We forecast it when the "
                "chance was at least one in two. It came true when it shares an hour with one that came."
            ),
            table=lambda: method_figures(result),
            code=backtest_python(
                context,
                result,
                "from visuals import verdict_sentences",
                "result = verdict_sentences(backtest, lang)",
            ),
            made_from=made_from,
        )


def show_outcomes(context: Context, result: Backtest, made_from: Markdown) -> None:
    """Show which busy moments were right, missed or false alarms."""
    lang, area = context.lang, context.area
    with cell(
        context, "outcomes", lang.t("Right, missed, false alarm"), lang.t("To see when it went right and when wrong.")
    ) as this:
        show_chart(
            context,
            lambda compact: outcomes(result, area, lang, compact=compact),
            "outcomes",
            result.id,
            alt_text=lang.t("Calendar of busy moments: right, missed and false alarms. A list can be downloaded."),
        )
        _show_acted(context, result)
        this.computed(
            lang.t("Each box counts the busy moments with that outcome on that day. Point at it to see where."),
            table=lambda: moment_list(result),
            code=backtest_python(
                context, result, "from visuals import outcomes", "result = outcomes(backtest, area, lang)"
            ),
            made_from=made_from,
        )


def _show_acted(context: Context, result: Backtest) -> None:
    """Mark the busy moments in which a measure was at work, by what everybody may read of the log."""
    lang, area = context.lang, context.area
    playbook = read_playbook(area)
    told = worked(published_entries(area, playbook, since=result.cutoffs[0]))
    found = acted_moments(result, told, area)
    if found:
        say(acted_summary(found, lang))
        say(bullets(acted_line(one, measures, playbook, area, lang) for one, measures in found[-_NEWEST:]))


def show_reliability(context: Context, result: Backtest, made_from: Markdown) -> None:
    """Show whether chances mean what they say."""
    lang = context.lang
    with cell(
        context, "reliability", lang.t("Do the chances hold?"), lang.t("Seven out of ten should mean seven out of ten.")
    ) as this:
        show_chart(
            context,
            lambda compact: reliability(result, lang, compact=compact),
            "reliability",
            result.id,
            alt_text=lang.t("Diagram of the chance we gave and how often it happened. The title says the same."),
        )
        this.computed(
            lang.t(
                "For every hour and place: the chance that it would be busier than in nine out of ten hours of the "
                "year before. Dots of fewer than 20 hours are left out."
            ),
            table=lambda: reliability_figures(result),
            code=backtest_python(
                context, result, "from visuals import reliability", "result = reliability(backtest, lang)"
            ),
            made_from=made_from,
        )


def show_what_came(context: Context, result: Backtest, made_from: Markdown) -> None:
    """Show the last week that was tested, at one place."""
    lang, area = context.lang, context.area
    with cell(
        context, "came", lang.t("One place: forecast and counted"), lang.t("The last week we tested, hour by hour.")
    ) as this:
        shown, counted = result.last_forecast(), result.last_counts()
        then = Outlook(shown, area, result.last_thresholds(), lang)
        chosen = choose_zone(context, default=result.zones[0])
        zone_id = chosen if chosen in result.zones else result.zones[0]
        if zone_id != chosen:
            name = area.zone(zone_id).name(lang)
            st.info(lang.md("Too many counts of this place are missing. You see {zone}.", zone=fact(name, "setting")))
        say(lang.t("The week from {day}.", day=lang.date(shown.local_hours[0].date(), "EEEE d MMMM y")))
        show_chart(
            context,
            lambda compact: week(then, zone_id=zone_id, observed=counted, compact=compact),
            "came",
            result.id,
            zone_id,
            alt_text=lang.t("Line of what was forecast that week, with dots for what was counted."),
        )
        this.computed(
            lang.t("The forecast as it would have been made at the start of that week, and the counts that came."),
            table=lambda: counted[counted["zone_id"] == zone_id],
            code=backtest_python(
                context,
                result,
                "from visuals import Outlook, week",
                "then = Outlook(backtest.last_forecast(), area, backtest.last_thresholds(), lang)",
                f'result = week(then, zone_id="{zone_id}", observed=backtest.last_counts())',
            ),
            made_from=made_from,
        )


def show_unknown(context: Context, result: Backtest, made_from: Markdown) -> None:
    """Show what such a test does not tell, and the figures for experts."""
    lang, area = context.lang, context.area
    with cell(
        context, "unknown", lang.t("What this does not tell"), lang.t("A test of the past is no promise.")
    ) as this:
        say(bullets(unknowns(result, area, lang)))
        st.markdown(Markdown("\n\n").join(source_sentences(context.sources, lang)))
        with st.expander(lang.t("Figures for experts"), icon=":material/table:"):
            st.dataframe(method_figures(result).round(3), hide_index=True)
        this.computed(
            lang.t("Means over place and week. docs/forecasting.md says what each score is."),
            table=lambda: method_figures(result),
            code=backtest_python(
                context, result, "from visuals import method_figures", "result = method_figures(backtest)"
            ),
            made_from=made_from,
        )
