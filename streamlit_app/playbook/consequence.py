"""What a changed card would do: in the week that is looked at, and on past forecasts where there are enough."""

import streamlit as st

from forecasting.evaluation.backtest_result import newest_backtest
from language import Language
from language.markdown import as_text, bold, bullets
from response.cards.card import Card, Playbook, Trigger
from response.week.ahead import WeekAhead, week_ahead
from response.week.past import ORIGINS_NEEDED, PastUse, past_forecasts, past_use, weekly_origins
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context
from visuals.playbook.past_words import past_sentence


def show_consequence(card: Card, draft: Card, context: Context, week: WeekAhead) -> None:
    """Show on which days the card is called for as it stands and as it is being changed."""
    lang = context.lang
    st.markdown(bold(lang.t("What that means in the week you look at")))
    now, then = _days(card, context, week), _days(draft, context, week)
    st.markdown(bullets([_called(now, lang.t("As it stands"), lang), _called(then, lang.t("As you change it"), lang)]))
    st.markdown(bold(lang.t("What it would have done on past forecasts")))
    backtest = newest_backtest(context.area.id)
    origins = weekly_origins(backtest)
    hours = past_forecasts(context.area.id, backtest) if backtest and origins >= ORIGINS_NEEDED else None
    if backtest is None or hours is None:
        st.markdown(
            lang.md(
                "That needs the forecasts of {needed} weeks, so that all seasons are in it. Of this area {there} are "
                "kept. With fewer it would tell of those weeks only, so nothing is shown.",
                needed=ORIGINS_NEEDED,
                there=origins if hours is not None or origins < ORIGINS_NEEDED else 0,
            )
        )
        return
    past = [_past(backtest.id, one.trigger, context) for one in (card, draft)]
    names = (lang.t("As it stands"), lang.t("As you change it"))
    st.markdown(bullets([past_sentence(name, one, lang) for name, one in zip(names, past, strict=True)]))
    st.markdown(as_text(lang.t("Of those forecasts the hours of a day are taken to be busier or quieter together.")))


def _days(card: Card, context: Context, week: WeekAhead) -> list[str]:
    one = week_ahead(Playbook(cards=(card,)), context.forecast, context.thresholds, context.area, week.now)
    days = sorted({use.day for use in one.uses if use.met})
    return [context.lang.date(day, "EEEE d MMMM") for day in days]


def _called(days: list[str], name: str, lang: Language) -> str:
    if not days:
        return lang.t("{name}: not called for.", name=name)
    return lang.t("{name}: called for on {days}.", name=name, days=", ".join(days))


@st.cache_data(max_entries=50, show_spinner=False)
def _past_of(backtest_id: str, trigger: str, thresholds: str, _trigger: Trigger, _context: Context) -> PastUse:  # noqa: ARG001 - keys of the cache
    context = _context
    backtest = newest_backtest(context.area.id)
    hours = past_forecasts(context.area.id, backtest) if backtest else None
    assert hours is not None
    return past_use(_trigger, hours, resources.area(context.area.id), context.thresholds)


def _past(backtest_id: str, trigger: Trigger, context: Context) -> PastUse:
    thresholds = context.visitor_thresholds.shown.text
    return _past_of(backtest_id, trigger.model_dump_json(), thresholds, trigger, context)
