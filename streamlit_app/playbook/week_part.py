"""The week: what must be decided, in the order in which it must be, with what each card is expected to do."""

from itertools import groupby

import streamlit as st

from language.markdown import Markdown, as_text, bold, bullets, small
from reports.playbook.formats import uses_of
from response.cards.actors import acting, actor_name
from response.cards.card import text_in
from response.week.ahead import Use, WeekAhead, together
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.weeks import effect_shown, scenario_with
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.navigation import PAGES
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.preparing import show_possible
from visuals.playbook.card_words import actors_words, adopted_words, taste_name
from visuals.playbook.timeline import timeline
from visuals.playbook.use_words import (
    card_effect,
    decide_sentence,
    elsewhere_sentence,
    together_sentences,
    use_sentence,
)
from visuals.words.hours import capitalised

_EVERYBODY = ""
_LIST = 10
"""Cards of a week that are listed at first: the most urgent."""


def choose_actor(context: Context, week: WeekAhead) -> str | None:
    """Show the choice of an actor; ``None`` stands for all."""
    lang = context.lang
    chosen = st.selectbox(
        lang.t("Cards of"),
        (_EVERYBODY, *acting(week.playbook)),
        format_func=lambda one: actor_name(one, week.playbook, lang) if one else lang.t("everyone"),
        key=PlaybookKey.ACTOR,
        width=320,
    )
    return chosen or None


def show_week(context: Context, week: WeekAhead) -> None:
    """Show when which actor must decide, and each card with its day, most urgent first."""
    lang = context.lang
    actor = choose_actor(context, week)
    uses = uses_of(week, actor)
    called, nearly = [use for use in uses if use.met], [use for use in uses if not use.met]
    if not called:
        st.markdown(lang.t("No card is called for in the coming week."))
    else:
        show_chart(
            context,
            lambda compact: timeline(week, context.outlook, actor=actor, compact=compact),
            "playbook",
            week.playbook.version,
            actor or "",
            week.now.isoformat(),
            alt_text=lang.t("When which actor must decide. The list below says the same."),
        )
    shown = _first(called, context)
    late = [use for use in shown if use.state == "late"]
    if late:
        st.subheader(lang.t("Too late to be in time"), anchor=False)
        _list(late, context, week)
    in_time = sorted((use for use in shown if use.state != "late"), key=lambda use: use.first.decide_by)
    today = week.now.astimezone(context.area.tz).date()
    for day, of_day in groupby(in_time, key=lambda use: use.first.decide_by.date()):
        when = lang.date(day, "EEEE d MMMM")
        title = lang.t("Decide today") if day == today else lang.t("Decide on {day}", day=when)
        st.subheader(as_text(title), anchor=False)
        _list(list(of_day), context, week)
    show_possible(context)
    if nearly and st.toggle(lang.t("Also show what is nearly needed"), key=PlaybookKey.NEARLY):
        _list(nearly, context, week)


def _first(called: list[Use], context: Context) -> list[Use]:
    """Return what to list: all, or of a long week the most urgent until all is asked for."""
    lang = context.lang
    if len(called) <= _LIST:
        return called
    label = lang.t("Show all {count} cards", count=len(called))
    return called if st.toggle(label, key=PlaybookKey.ALL) else called[:_LIST]


def _list(uses: list[Use], context: Context, week: WeekAhead) -> None:
    for use in uses:
        _use(use, context, week)


def _use(use: Use, context: Context, week: WeekAhead) -> None:
    lang, card = context.lang, use.card
    day = capitalised(lang.date(use.day, "EEE d MMM"))
    key = f"{PlaybookKey.USE}.{card.id}.{use.day}"
    with st.expander(
        as_text(f"{day} · {card.name(lang)}"),
        icon=":material/sentiment_satisfied:" if card.taste == "sweet" else ":material/do_not_disturb_on:",
        type="compact",
        expanded=use.met and use.state == "today",
        key=key,
        on_change="rerun",
    ) as detail:
        if not detail.open:
            return
        st.markdown(bold(decide_sentence(use, lang)))
        st.markdown(as_text(f"{use_sentence(use, context.outlook)} {elsewhere_sentence(use, context.outlook)}"))
        _effect(use, context, key)
        if others := together_sentences(*together(use, week.uses), lang):
            st.markdown(bullets(others))
        steps = [f"{number}. {as_text(text_in(step, lang))}" for number, step in enumerate(card.steps, 1)]
        st.markdown(Markdown("\n".join(steps)))
        st.markdown(bold(lang.t("Stop rule") + ":") + Markdown(" ") + as_text(text_in(card.stop, lang)))
        who = (
            f"{actors_words(card, week.playbook, lang)} · {taste_name(card.taste, lang)} · {adopted_words(card, lang)}"
        )
        st.markdown(small(who))


def _effect(use: Use, context: Context, key: str) -> None:
    lang, effect = context.lang, effect_shown(use, context)
    if effect is None:
        return
    st.markdown(as_text(card_effect(effect, context.outlook)))
    if st.button(lang.t("Open as a scenario"), icon=":material/alt_route:", key=f"{key}.open"):
        session.change(scenario=scenario_with(use, context))
        st.switch_page(PAGES / "scenarios.py")
