"""What the page of scenarios shows besides its form: what is compared, and the controls of the comparison."""

from collections.abc import Callable

import streamlit as st

from forecasting.meaning.variants import SHOWN_LEVELS, Variant
from forecasting.snapshot.changes.weather import colder_days
from forecasting.snapshot.computing import doubts_of
from forecasting.values.thresholds import Level
from language import Language
from language.markdown import as_text
from streamlit_app.scenarios.keys import ScenarioKey
from streamlit_app.scenarios.scenario_slots import SLOT_NAMES, SLOTS
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import note_picture
from streamlit_app.showing import basemaps
from visuals.base.palette import STYLES, word
from visuals.charts.scenario_charts import Spec
from visuals.maps.legends import level_legend
from visuals.maps.scenario_maps import Camera, Drawing, camera_of, difference_map, largest_difference, level_map
from visuals.words.scenario_sentences import colder_sentence, summary

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
    lines = ["from forecasting import Scenario, Variant", ""]
    lines += ['variants = [Variant("the forecast", "", forecast_of(snapshot))]']
    for slot in SLOTS:
        scenario = getattr(context.workspace, slot)
        if scenario is not None:
            applied = f'forecast_of(snapshot, Scenario.decode("{scenario.encode()}"))'
            lines.append(f'variants.append(Variant("scenario {SLOT_NAMES[slot]}", "", {applied}))')
    return lines


def show_doubts(context: Context) -> None:
    """Warn of what the models have never seen, and say why a scenario that sounds busy makes some days less busy."""
    lang = context.lang
    for slot in SLOTS:
        scenario = getattr(context.workspace, slot)
        if scenario and (why := colder_sentence(colder_days(context.snapshot, scenario), lang)):
            name = lang.md("Scenario {name}", name=SLOT_NAMES[slot])
            st.info(f"{name}: {as_text(why)}", icon=":material/thermostat:")
        for doubt in doubts_of(context.snapshot, scenario) if scenario else ():
            st.warning(
                f"{lang.md('Scenario {name}', name=SLOT_NAMES[slot])}: {as_text(doubt.text(lang))} "
                + lang.t("Do not rely on it: we made the range wider, and it may still be too narrow."),
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
        key=ScenarioKey.LEVEL,
    )
    return chosen


def choose_camera(context: Context) -> Camera:
    """Show the choice of where all maps look, and return it as a camera."""
    lang, area = context.lang, context.area
    zone_id = st.selectbox(
        lang.t("All maps show"),
        [None, *context.forecast.zone_ids],
        format_func=lambda zone: area.zone(zone).name(lang) if zone else lang.t("the whole area"),
        key=ScenarioKey.CAMERA,
        width=260,
    )
    return camera_of(area, zone_id)


def show_maps(context: Context, variants: list[Variant], hour_index: int, camera: Camera) -> None:
    """Show a map per variant and the differences, beside each other (below each other on a phone)."""
    makes = _maps(context, variants, hour_index, camera)
    across = 1 if narrow() else max(2, min(ACROSS, len(makes)))  # one map alone would be too wide for its base map
    for start in range(0, len(makes), across):
        places = st.columns(across) if across > 1 else [st.container()]
        for place, make in zip(places, makes[start : start + across], strict=False):
            with place:
                _show_map(context, make)
    st.html(level_legend(context.lang))
    st.markdown(f":gray[:small[{context.thresholds_sentence}]]")


def _show_map(context: Context, make: Callable[[Drawing], Spec]) -> None:
    spec = make(f"api/areas/{context.area.id}/drawing.json")
    title = " ".join(spec["title"]["text"])
    said = context.lang.t("Map of {title}. The table below says the same in words.", title=title)
    show_spec(spec, said, kept=lambda: make(basemaps.drawing_of(context.area)))


def _maps(
    context: Context, variants: list[Variant], hour_index: int, camera: Camera
) -> list[Callable[[Drawing], Spec]]:
    """Return how to make each map, given the base map."""
    pairs = [(variant, variants[0]) for variant in variants[1:]]
    if len(variants) == len(SLOTS) + 1:
        pairs.append((variants[1], variants[2]))
    strongest = largest_difference(pairs, hour_index)
    return [
        *(
            lambda drawing, variant=variant: level_map(
                variant, context.outlook, hour_index=hour_index, camera=camera, drawing=drawing
            )
            for variant in variants
        ),
        *(
            lambda drawing, one=one, other=other: difference_map(
                one,
                other,
                context.outlook,
                hour_index=hour_index,
                strongest=strongest,
                camera=camera,
                drawing=drawing,
            )
            for one, other in pairs
        ),
    ]


def show_spec(spec: Spec, alt_text: str, *, kept: Callable[[], Spec] | None = None) -> None:
    """Show a chart that is a plain specification; ``kept`` makes it as it is kept, where that is another one."""
    st.vega_lite_chart(spec=spec, theme=None, alt=alt_text)
    note_picture(kept or (lambda: spec), alt_text)
