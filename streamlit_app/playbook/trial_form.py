"""Planning a trial: what is asked, on which days, how many are needed, and the lots in sight before it is frozen."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import uuid4

import numpy as np
import streamlit as st

from data.keeping.real_time import real_today
from forecasting.values.forecast import DAYPARTS
from language import Language, UserError
from language.markdown import Markdown, as_text, bullets
from language.plain import joined
from response.cards.card import Playbook
from response.effects.estimating import days_needed
from response.trials.plan import Plan
from response.trials.running import freeze, lacking_in, read_plan
from response.trials.trial_words import lots_sentence
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.measured import spread_of_a_day
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, do
from streamlit_app.shell.context import Context
from visuals.words.hours import daypart_name

_PLAN: Final = f"{PlaybookKey.TRIAL}.id"


def show_trial_form(context: Context, playbook: Playbook) -> None:
    """Show the fields, the lots that follow from them, and the button that freezes the plan."""
    lang, area = context.lang, context.area
    sweet = {card.id: card.name(lang) for card in playbook.cards if card.taste == "sweet"}
    plan_id: str = st.session_state.setdefault(_PLAN, str(uuid4()))
    key = f"{PlaybookKey.TRIAL}.{plan_id}"
    values = _fields(context, sweet, key)
    sd = spread_of_a_day(area, tuple(values["zones"]), tuple(values["parts"]))
    needed = days_needed(float(np.log1p(-values["matters"])), sd)
    st.markdown(
        lang.n(
            "To see that in 8 out of 10 cases, about one day of each kind is needed.",
            "To see that in 8 out of 10 cases, about {n} days of each kind are needed.",
            needed,
        )
        if needed
        else lang.t("So small a difference would not be seen in more than a year.")
    )
    known = {"id": plan_id, "area": area.id, "needed": needed, "practice": area.simulated}
    labels = _labels(lang)
    if lacking := [labels[field] for field in lacking_in({**values, **known}) if field in labels]:
        st.info(as_text(lang.t("Still to fill in:")) + Markdown("\n\n") + bullets(lacking))
        return
    try:
        plan = read_plan({**values, **known})
    except UserError as error:
        st.info(error.md(lang))
        return
    _lots(plan, context)

    def keep() -> None:
        do(freeze, plan, area, playbook)
        session.say_once(lang.t("The plan is frozen. Everybody can read it, and nothing of it changes any more."))
        # A browser empties no field whose key stays the same: the next plan has an id, and so fields, of its own.
        del st.session_state[_PLAN]

    if st.button(lang.t("Freeze this plan"), type="primary", key=f"{key}.freeze") and attempt(lang, keep):
        st.rerun()


def _lots(plan: Plan, context: Context) -> None:
    lang = context.lang
    on = joined([lang.date(day, "EEE d MMM") for day in plan.on], lang)
    st.markdown(as_text(lang.t("Drawn, with it: {days}.", days=on)))
    st.markdown(as_text(lots_sentence(plan, lang)))


def _labels(lang: Language) -> dict[str, str]:
    """Return what the fields are called that somebody must fill in."""
    return {
        "question": lang.t("What do you want to know?"),
        "card": lang.t("Card"),
        "zones": lang.t("Places"),
        "parts": lang.t("Parts of the day"),
        "seed": lang.t("Number for the lots: throw dice where people see it"),
        "stop": lang.t("When do you stop early?"),
        "agreed": lang.t("Who agreed? Bodies, no people."),
    }


def _fields(context: Context, sweet: dict[str, str], key: str) -> dict[str, Any]:
    lang, area, labels = context.lang, context.area, _labels(context.lang)
    question = st.text_input(labels["question"], max_chars=600, key=f"{key}.question")
    card = st.selectbox(labels["card"], tuple(sweet), format_func=sweet.__getitem__, key=f"{key}.card", width=480)
    zones = st.multiselect(
        labels["zones"],
        area.zone_ids,
        format_func=lambda one: area.zone(one).name(lang),
        key=f"{key}.zones",
        placeholder=lang.t("Choose a place"),
    )
    parts = st.pills(
        labels["parts"],
        range(4),
        selection_mode="multi",
        default=[2],
        format_func=lambda one: daypart_name(DAYPARTS[one], lang),
        key=f"{key}.parts",
    )
    left, middle, right = st.columns(3)
    matters = left.number_input(lang.t("Smallest difference that matters (%)"), 1, 90, 10, key=f"{key}.matters")
    first = middle.date_input(
        lang.t("First day"), real_today(area.tz) + timedelta(days=7), format="DD-MM-YYYY", key=f"{key}.first"
    )
    number = right.number_input(lang.t("How many days, on and off together"), 4, 60, 20, key=f"{key}.number")
    weekdays = st.pills(
        lang.t("On which days of the week"),
        range(7),
        selection_mode="multi",
        default=[5, 6],
        format_func=lambda one: lang.date(date(2026, 6, 1) + timedelta(days=one), "EEEE"),
        key=f"{key}.weekdays",
    )
    seed = st.text_input(labels["seed"], max_chars=80, key=f"{key}.seed", width=320)
    stop = st.text_input(labels["stop"], max_chars=600, key=f"{key}.stop")
    agreed = st.text_input(labels["agreed"], max_chars=600, key=f"{key}.agreed")
    return {
        "question": question,
        "card": card,
        "zones": tuple(zones),
        "parts": tuple(sorted(parts)),
        "matters": matters / 100,
        "days": _days(first, int(number), weekdays),
        "seed": seed.strip(),
        "stop": stop,
        "agreed": agreed,
    }


def _days(first: date, number: int, weekdays: list[int]) -> tuple[date, ...]:
    """Return the first ``number`` days from ``first`` on that fall on the weekdays."""
    ahead = (first + timedelta(days=step) for step in range(7 * number))
    return tuple([day for day in ahead if day.weekday() in weekdays][:number])
