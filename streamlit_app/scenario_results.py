"""What the page of scenarios shows besides its form: what is compared, and the controls of the comparison."""

from typing import Any

import streamlit as st

from forecasting.snapshot import doubts_of
from forecasting.thresholds import Level
from language import Language
from streamlit_app import resources
from streamlit_app.context import Context
from streamlit_app.device import narrow
from streamlit_app.scenario_form import SLOT_NAMES, SLOTS
from streamlit_app.widgets import Key
from visuals.palette import STYLES, word
from visuals.scenario_maps import Camera, camera_of, difference_map, level_map
from visuals.scenario_sentences import summary
from visuals.variants import SHOWN_LEVELS, Variant

ACROSS = 3
"""Maps beside each other on a laptop."""


def variants_of(context: Context) -> list[Variant]:
    """Return the forecast, and scenarios A and B as far as they change anything."""
    lang = context.lang
    found = [Variant(lang.t("the forecast"), "", context.unchanged)]
    for slot in SLOTS:
        scenario = getattr(context.workspace, slot)
        if scenario is not None:
            what = ", ".join(summary(scenario, context.area, context.snapshot.measures, lang))
            forecast = resources.applied(context.snapshot, context.unchanged, scenario)
            found.append(Variant(lang.t("scenario {name}", name=SLOT_NAMES[slot]), what, forecast))
    return found


def variants_python(context: Context) -> list[str]:
    """Return the Python that makes the same variants, after the preamble of ``reproduce.python``."""
    lines = ["from forecasting.scenario import Scenario", "from visuals.variants import Variant", ""]
    lines += ['variants = [Variant("the forecast", "", forecast_of(snapshot))]']
    for slot in SLOTS:
        scenario = getattr(context.workspace, slot)
        if scenario is not None:
            applied = f'forecast_of(snapshot, Scenario.decode("{scenario.encode()}"))'
            lines.append(f'variants.append(Variant("scenario {SLOT_NAMES[slot]}", "", {applied}))')
    return lines


def show_doubts(context: Context) -> None:
    """Warn of what the models have never seen."""
    lang = context.lang
    for slot in SLOTS:
        scenario = getattr(context.workspace, slot)
        for doubt in doubts_of(context.snapshot, scenario) if scenario else ():
            st.warning(
                f"{lang.t('Scenario {name}', name=SLOT_NAMES[slot])}: {doubt.text(lang)} "
                + lang.t("Do not lean on it: the range is wider, and may still be too narrow."),
                icon=":material/warning:",
            )


def choose_level(lang: Language) -> Level:
    """Show the choice of a level and return the chosen one."""
    chosen: Level = st.segmented_control(
        lang.t("Level"),
        SHOWN_LEVELS,
        default="orange",
        required=True,
        format_func=lambda level: f"{STYLES[level].icon} {word(level, lang)}",
        key=Key.LEVEL,
    )
    return chosen


def choose_camera(context: Context) -> Camera:
    """Show the choice of where all maps look, and return it as a camera."""
    lang, area = context.lang, context.area
    zone_id = st.selectbox(
        lang.t("All maps look at"),
        [None, *context.forecast.zone_ids],
        format_func=lambda zone: area.zone(zone).name(lang) if zone else lang.t("the whole area"),
        key=Key.CAMERA,
        width=260,
    )
    return camera_of(area, zone_id)


def show_maps(context: Context, variants: list[Variant], hour_index: int, camera: Camera) -> None:
    """Show a map per variant and the differences, beside each other (below each other on a phone)."""
    area, lang, compact = context.area, context.lang, narrow()
    drawing = f"api/areas/{area.id}/drawing.json"
    specs = [
        level_map(
            variant,
            area,
            context.thresholds,
            lang,
            hour_index=hour_index,
            camera=camera,
            basemap=drawing,
        )
        for variant in variants
    ]
    pairs = [(variant, variants[0]) for variant in variants[1:]]
    if len(variants) == len(SLOTS) + 1:
        pairs.append((variants[1], variants[2]))
    specs += [
        difference_map(one, other, area, lang, hour_index=hour_index, camera=camera, basemap=drawing)
        for one, other in pairs
    ]
    across = 1 if compact else min(ACROSS, len(specs))
    columns = st.columns(across) if across > 1 else [st.container()]
    for number, spec in enumerate(specs):
        with columns[number % across]:
            show_spec(
                spec,
                lang.t(
                    "Map of {title}. The table below says the same in words.", title=" ".join(spec["title"]["text"])
                ),
            )


def show_spec(spec: dict[str, Any], alt_text: str) -> None:
    """Show a chart that is a plain specification."""
    st.vega_lite_chart(spec=spec, theme=None, alt=alt_text)
