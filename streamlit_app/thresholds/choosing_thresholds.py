"""The controls of thresholds between levels: by picture and felt words, per place or for all places of its kind."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Final

import streamlit as st

from data.area.zone import Zone
from forecasting.values.space import Ruler, counts_at, moved
from forecasting.values.thresholds import LEVELS, ZoneThresholds
from language import Language
from language.said import fact
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.past import ruler_of
from streamlit_app.thresholds.keys import ThresholdKey
from visuals.base.palette import PICTURED, STYLES, word
from visuals.charts.crowd import hours_cards, people_cards, step_words
from visuals.words.kinds import all_of_kind, ground_name
from visuals.words.precise import threshold_table

Three = tuple[float, float, float]

_SLIDERS: Final = (ThresholdKey.YELLOW, ThresholdKey.ORANGE, ThresholdKey.RED)
ONE, ALL = "one", "all"


def choose_thresholds(context: Context, zone: Zone) -> None:
    """Show a zone's levels as pictures with the controls that move its thresholds."""
    lang, rule = context.lang, ruler_of(context, zone.zone_id)
    if rule is None or context.thresholds.zones[zone.zone_id].basis == "none":
        st.info(lang.t("This place was never counted, so there is nothing to compare with."), icon=":material/info:")
        return
    others = _same_kind(context, zone, rule)
    targets = others if _choose_scope(zone, others, lang) == ALL else (zone.zone_id,)
    values = _three(rule.value(count) for count in _counts(context, zone.zone_id))
    if st.context.is_embedded:  # a room sees no field in which a place is chosen
        st.html(f'<strong class="{PICTURED}" style="font-size: 1.125rem">{escape(zone.name(lang))}</strong>')
    _show_pictures(rule, values, lang)
    move = _mover(context, rule, values, targets)
    (_one_slider if narrow() else _three_sliders)(rule, values, move, lang)
    _offer_way_back(context, targets)


def show_precise(context: Context, zone: Zone) -> None:
    """Show the thresholds in figures, and fields to type others."""
    lang, zone_thresholds = context.lang, context.thresholds.zones[zone.zone_id]
    with st.expander(lang.t("Precisely, in figures"), icon=":material/straighten:"):
        st.dataframe(threshold_table(zone, context.area.measure, zone_thresholds, lang), hide_index=True)
        st.markdown(f":gray[:small[{_basis(zone_thresholds, lang)}]]")
        with st.form(ThresholdKey.EXACT, border=False):
            with st.container(horizontal=True):
                typed = _three(
                    st.number_input(
                        lang.md("{level} from", level=fact(word(level, lang), "area")),
                        min_value=1.0,
                        value=float(round(count, 1)),
                        format="%.0f",
                        width=150,
                        key=f"{ThresholdKey.EXACT}.{level}.{zone.zone_id}.{count:.2f}",
                    )
                    for level, count in zip(LEVELS[1:], _counts(context, zone.zone_id), strict=True)
                )
            if st.form_submit_button(lang.t("Use these figures")):
                if typed[0] < typed[1] < typed[2]:
                    _take(context, {zone.zone_id: typed})
                    st.rerun()
                st.error(lang.t("These thresholds must rise: lively, then busy, then too busy."))


def _three(values: Iterable[float]) -> Three:
    yellow, orange, red = values
    return yellow, orange, red


def _counts(context: Context, zone_id: str) -> Three:
    zone_thresholds = context.thresholds.zones[zone_id]
    return zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red


def _take(context: Context, counts: dict[str, Three]) -> None:
    visitor_thresholds = context.visitor_thresholds
    session.change(thresholds=visitor_thresholds.shown.with_zones(counts, visitor_thresholds.defaults))


def _same_kind(context: Context, zone: Zone, rule: Ruler) -> tuple[str, ...]:
    """Return the zones of the same kind whose thresholds stand on the same scale, the zone itself among them."""
    return tuple(
        other.zone_id
        for other in context.area.zones
        if other.kind == zone.kind
        and context.thresholds.zones[other.zone_id].basis != "none"
        and (found := ruler_of(context, other.zone_id)) is not None
        and found.scale == rule.scale
    )


def _choose_scope(zone: Zone, others: tuple[str, ...], lang: Language) -> str:
    if len(others) < 2:
        return ONE
    names = {ONE: lang.t("This place only"), ALL: all_of_kind(zone.kind, lang)}
    chosen: str = st.segmented_control(
        lang.t("For which places?"),
        (ONE, ALL),
        default=ONE,
        required=True,
        format_func=names.__getitem__,
        key=ThresholdKey.SCOPE,
        label_visibility="collapsed",
    )
    return chosen


def _show_pictures(rule: Ruler, values: Three, lang: Language) -> None:
    if rule.scale == "rarity":
        st.markdown(
            lang.t(
                "We do not know how large this place is. So compare with other hours: each dot is one of a hundred "
                "daytime hours. The dark ones are at least as busy."
            )
        )
        st.html(hours_cards(values, lang))
        return
    st.markdown(
        lang.md(
            "This is 10 × 10 metres of {ground}. Every dot is one person, drawn to scale.",
            ground=ground_name(rule.zone.kind, lang),
        )
    )
    st.html(people_cards(_three(rule.people(value) for value in values), rule.zone.kind, lang))


def _threshold_name(index: int, lang: Language) -> str:
    level = LEVELS[index + 1]
    return lang.t("{icon} {level} from", icon=STYLES[level].icon, level=fact(word(level, lang), "area"))


def _mover(context: Context, rule: Ruler, values: Three, targets: tuple[str, ...]) -> Callable[[int, float], None]:
    steps = rule.steps(*values)

    def move(which: int, to: float) -> None:
        wanted = moved(steps, values, which, to)
        counts = {}
        for zone_id in targets:
            found = ruler_of(context, zone_id)
            if found is not None:
                counts[zone_id] = counts_at(found, wanted, _counts(context, zone_id))
        _take(context, counts)

    return move


def _slider(rule: Ruler, values: Three, which: int, move: Callable[[int, float], None], lang: Language) -> None:
    key, steps = _SLIDERS[which], rule.steps(*values)
    st.session_state[key] = values[which]
    # Streamlit finds a step by its words, so these must differ.
    st.select_slider(
        _threshold_name(which, lang),
        steps,
        format_func=step_words(rule, steps, lang).__getitem__,
        key=key,
        on_change=lambda: move(which, st.session_state[key]),
    )


def _three_sliders(rule: Ruler, values: Three, move: Callable[[int, float], None], lang: Language) -> None:
    for which, column in enumerate(st.columns(3, gap="medium")):
        with column:
            _slider(rule, values, which, move, lang)


def _one_slider(rule: Ruler, values: Three, move: Callable[[int, float], None], lang: Language) -> None:
    """Show one threshold at a time, with buttons to step: a thumb on a phone is wider than a step of a slider."""
    which: int = st.segmented_control(
        lang.t("Which threshold do you want to change?"),
        (0, 1, 2),
        default=1,
        required=True,
        format_func=lambda index: f"{STYLES[LEVELS[index + 1]].icon} {word(LEVELS[index + 1], lang)}",
        key=ThresholdKey.WHICH,
    )
    _slider(rule, values, which, move, lang)
    steps = rule.steps(*values)
    place = steps.index(values[which])
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        for key, name, icon, to in (
            (ThresholdKey.FEWER, lang.t("Sooner"), ":material/remove:", place - 1),
            (ThresholdKey.MORE, lang.t("Later"), ":material/add:", place + 1),
        ):
            inside = min(max(to, 0), len(steps) - 1)
            st.button(
                name,
                icon=icon,
                key=key,
                disabled=to != inside,
                on_click=move,
                args=(which, steps[inside]),
                width="stretch",
            )


def _offer_way_back(context: Context, targets: tuple[str, ...]) -> None:
    lang, visitor_thresholds = context.lang, context.visitor_thresholds
    everybody = visitor_thresholds.in_force.on(visitor_thresholds.defaults)
    usual = {zone_id: everybody.zones[zone_id] for zone_id in targets}
    place = st.container()
    if any(context.thresholds.zones[zone_id] != found for zone_id, found in usual.items()):
        place.button(
            lang.t("Put these places back"),
            icon=":material/undo:",
            key=ThresholdKey.AS_IN_FORCE,
            type="tertiary",
            on_click=_take,
            args=(context, {zone_id: (one.yellow, one.orange, one.red) for zone_id, one in usual.items()}),
        )


def _basis(zone_thresholds: ZoneThresholds, lang: Language) -> str:
    texts = {
        "density": lang.t("Assumption of this project: people per usable m², by kind of place."),
        "flow": lang.t("Assumption of this project: people per metre of width per minute, in the busiest minutes."),
        "percentile": lang.t(
            "Assumption of this project: we do not know how large this place is, so we compare its daytime hours. "
            "Lively is busier than 3 out of 4 of them, busy than 9 out of 10, too busy than 39 out of 40."
        ),
        "chosen": lang.t("Chosen by people, not an assumption of this project."),
        "none": lang.t("This place was never counted, so there is nothing to compare with."),
    }
    return texts[zone_thresholds.basis]
