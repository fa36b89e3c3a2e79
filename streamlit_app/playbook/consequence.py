"""What a changed card would do: in the week that is looked at, and on past forecasts where there are enough."""

import streamlit as st

from forecasting.evaluation.backtest_result import newest_backtest
from language import Language
from language.markdown import bold, bullets
from response.cards.card import Card, Playbook
from response.week.ahead import WeekAhead, week_ahead
from response.week.past import ORIGINS_NEEDED, past_weeks
from streamlit_app.playbook.pasts import past_of, too_little
from streamlit_app.shell.context import Context
from visuals.playbook.past_words import past_sentence


def show_consequence(card: Card, draft: Card, context: Context, week: WeekAhead) -> None:
    """Show on which days the card is called for as it stands and as it is being changed."""
    lang = context.lang
    st.markdown(bold(lang.t("What that means in the week you look at")))
    now, then = _days(card, context, week), _days(draft, context, week)
    st.markdown(bullets([_called(now, lang.t("As it stands"), lang), _called(then, lang.t("As you change it"), lang)]))
    st.markdown(bold(lang.t("What it would have done on past forecasts")))
    past = [past_of(one.trigger, context) for one in (card, draft)]
    if None in past and past_weeks(context.area.id, newest_backtest(context.area.id)) < ORIGINS_NEEDED:
        st.markdown(too_little(context))
        return
    names = (lang.t("As it stands"), lang.t("As you change it"))
    told = zip(names, (card, draft), past, strict=True)
    st.markdown(bullets([past_sentence(name, one.trigger, found, lang) for name, one, found in told]))


def _days(card: Card, context: Context, week: WeekAhead) -> list[str]:
    one = week_ahead(Playbook(cards=(card,)), context.forecast, context.thresholds, context.area, week.now)
    days = sorted({use.day for use in one.uses if use.met})
    return [context.lang.date(day, "EEEE d MMMM") for day in days]


def _called(days: list[str], name: str, lang: Language) -> str:
    if not days:
        return lang.t("{name}: not called for.", name=name)
    return lang.t("{name}: called for on {days}.", name=name, days=", ".join(days))
