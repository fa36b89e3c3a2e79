"""Reading the material of a picture: the area, its forecast and all that belongs to it."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from data.area.area import Area, load_area
from data.area.sources import approved_sources
from data.consent.newest import counted_until
from forecasting.evaluation.backtest_result import newest_backtest
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import obtain
from forecasting.training.model_files import load_models
from forecasting.values.adoption import in_force
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from forecasting.values.thresholds import Thresholds
from forecasting.values.timing import timing_of
from language import Language, UserError, language
from visuals.base.basemap import basemap_of
from visuals.studio.layout.brand import NEUTRAL, Brand
from visuals.studio.material.material import Material, hour_of, opening
from visuals.words.adopted import whose_sentence

HOURS: Final = 168


def gather(
    area_id: str,
    lang_code: str,
    *,
    at: datetime | None = None,
    zone_id: str | None = None,
    brand: Brand = NEUTRAL,
    scenario: Scenario | None = None,
) -> Material:
    """Read an area and its current forecast. ``at`` (aware, or area time) is the moment to show.

    Raises ``UserError`` as ``snapshots.obtain`` does, for a moment outside the forecast, a zone that is not there,
    and a week of which nothing is known.
    """
    area = load_area(area_id)
    snapshot = obtain(area, area.now(), HOURS)
    defaults = load_models(area).thresholds(area)
    adoption = in_force(area_id)
    lang = language(lang_code)
    timing = timing_of(area, snapshot.cutoff, counted_until(area, snapshot.cutoff))
    return material_of(
        area,
        lang,
        snapshot,
        replace(forecast(snapshot), timing=timing),
        (adoption.thresholds if adoption else ThresholdSet()).on(defaults),
        at=at,
        zone_id=zone_id,
        brand=brand,
        scenario=scenario,
        whose_thresholds=whose_sentence(adoption, lang, area.tz, own=False),
    )


def material_of(
    area: Area,
    lang: Language,
    snapshot: Snapshot,
    unchanged: Forecast,
    thresholds: Thresholds,
    *,
    at: datetime | None = None,
    zone_id: str | None = None,
    brand: Brand = NEUTRAL,
    scenario: Scenario | None = None,
    whose_thresholds: str = "",
    since: datetime | None = None,
) -> Material:
    """Put the material of a forecast together; what is not said is what the forecast itself puts first.

    ``since`` (the area's now) leaves out the hours before it. Raises ``UserError`` as :func:`gather` does.
    """
    now = since or area.now()
    index, place = opening(unchanged, thresholds, now)
    if at is not None:
        index = hour_of(unchanged, at if at.tzinfo else at.replace(tzinfo=area.tz), lang)
    if zone_id is not None and zone_id not in unchanged.zone_ids:
        raise UserError("Area {area} has no place '{zone}'.", area=area.id, zone=zone_id)
    return Material(
        area=area,
        lang=lang,
        forecast=unchanged,
        thresholds=thresholds,
        sources=approved_sources(area.id),
        basemap=basemap_of(area.id),
        hour_index=index,
        zone_id=zone_id or place,
        since=now,
        brand=brand,
        whose_thresholds=whose_thresholds,
        snapshot=snapshot,
        scenario=scenario,
        backtest=newest_backtest(area.id),
    )
