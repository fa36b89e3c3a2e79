"""Measured effects: what each card did against what was forecast before, adopting an effect for use, withdrawing it."""

import pandas as pd
import streamlit as st

from data.area.effects import adopted_effects, effect_decisions
from language.markdown import as_text, bold, bullets, small
from reports.rounds.card import views_sentences
from response.cards.card import Playbook
from response.effects.adopting import adopt_effect, withdraw_effect
from response.effects.effect_words import adopted_sentence, card_title, grounds, verdict
from response.effects.figures import findings_json
from response.effects.finding import Finding
from response.effects.side_effects import said_beside
from streamlit_app.access.permissions import visitor
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.measured import findings_of
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, attempt, do_seen
from streamlit_app.shell.context import Context
from visuals.playbook.side_effect_words import beside_sentences


def show_effects(context: Context, playbook: Playbook) -> None:
    """Show what is known of each card that was used, and the way to adopt it for use."""
    lang, area = context.lang, context.area
    found = findings_of(area)
    if not found:
        st.markdown(lang.t("Nothing was done yet of which an effect could be measured."))
        st.markdown(small(lang.t("Enter under 'Actions' what you do: from about five days on something shows.")))
        return
    for one in found:
        st.subheader(as_text(card_title(one, playbook, lang)), anchor=False)
        if one.practice:
            st.badge(lang.t("DEMO DATA"), color="orange")
        st.markdown(bold(verdict(one, lang)))
        st.markdown(bullets([as_text(sentence) for sentence in grounds(one, area, lang)]))
        with st.expander(lang.t("The days it was measured from"), icon=":material/calendar_month:"):
            st.dataframe(_days(one, context), hide_index=True)
        _beside(one, context)
        if one.measure is not None:
            _use(one, one.measure, context)
    adopted = adopted_effects(area.id)
    st.download_button(
        lang.t("All figures (JSON)"),
        data=lambda: findings_json(found, adopted),
        file_name=f"{area.id}-effects.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key=f"{PlaybookKey.EFFECT}.json",
    )


def _beside(found: Finding, context: Context) -> None:
    """Show what people said of side effects: counts cannot say whether it became nicer or safer."""
    lang, area = context.lang, context.area
    with st.expander(
        lang.t("What people said of side effects"),
        icon=":material/forum:",
        key=f"{PlaybookKey.EFFECT}.beside.{found.card}",
        on_change="rerun",
    ) as opened:
        if not opened.open:
            return
        said = said_beside(area, found)
        if not said:
            st.markdown(lang.t("Nobody said anything of side effects yet. Ask those who live and work there."))
            return
        lines = [*(views_sentences(said.views, lang) if said.views else ()), *beside_sentences(said, area, lang)]
        st.markdown(bullets([as_text(line) for line in lines]))


def _days(found: Finding, context: Context) -> pd.DataFrame:
    lang = context.lang
    columns = {
        lang.t("Day"): [lang.date(one.day, "d MMM y") for one in found.days],
        lang.t("With the measure"): [lang.t("yes") if one.treated else lang.t("no") for one in found.days],
        lang.t("Counted (people, all hours together)"): [round(one.actual) for one in found.days],
        lang.t("Forecast beforehand"): [round(one.expected) for one in found.days],
        lang.t("19 out of 20 times between"): [
            f"{lang.number(round(one.low))} – {lang.number(round(one.high))}" for one in found.days
        ],
    }
    return pd.DataFrame(columns).iloc[::-1]


def _use(found: Finding, measure: str, context: Context) -> None:
    """Show whether the effect is in use, who decided, and the form by which professionals adopt or withdraw it."""
    lang, area = context.lang, context.area
    decision = adopted_effects(area.id).get(measure)
    if decision is not None:
        st.badge(lang.t("measured"), icon=":material/verified:", color="green")
        st.markdown(as_text(adopted_sentence(decision, lang)))
    if decision is None and found.state == "unknown":
        return
    key = f"{PlaybookKey.EFFECT}.{measure}"
    seen = as_drawn(key, effect_decisions, area.id)
    label = lang.t("Adopt it for scenarios and cards") if decision is None else lang.t("Do not use it any more")
    with st.expander(label, icon=":material/gavel:"):
        st.markdown(lang.t("Read first what residents, entrepreneurs and enforcement said about side effects."))
        with st.form(key, border=False):
            by = st.text_input(lang.t("Which body decides? No names of people."), max_chars=80, key=f"{key}.by")
            reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
            sent = st.form_submit_button(label)

    def decide() -> None:
        told = {"body": by, "role": visitor().role.value, "reason": reason}
        if decision is None:
            do_seen(seen, adopt_effect, area, found, **told)
            session.say_once(lang.t("The effect is used in new forecasts. Earlier results keep what they had."))
        else:
            do_seen(seen, withdraw_effect, area, measure, **told)
            session.say_once(lang.t("From the next forecast on the assumption is used again."))

    if sent and attempt(lang, decide):
        session.change(snapshot=None, moment=None)  # else they go on with a forecast of before they decided
        st.rerun()
