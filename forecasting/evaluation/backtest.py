"""Backtests: forecasts as they would have been made at past moments, compared with what came.

At each cutoff the models are trained anew on counts before it. Nothing from after the cutoff is used: no counts, no
weather other than what was forecast then (unless asked for), no model. Events are taken as known beforehand.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd
from tqdm import tqdm

from data.area.area import Area
from data.consent import gate
from data.keeping.home import area_home
from forecasting.evaluation import verification
from forecasting.evaluation.backtest_hours import MISSING, WEEK_HOURS, Learned, baseline_columns, compared_hours
from forecasting.evaluation.backtest_result import Backtest, BusyHours, MomentCounts, Scores, Week, packed_week
from forecasting.evaluation.past_days import past_days
from forecasting.evaluation.warning_scores import WarnedWeek, count_warnings
from forecasting.inputs.history import HISTORY_DAYS, WeatherKnown, count_array, digest
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training.model_files import MODEL_VERSION, PAST_FILE, load_models
from forecasting.training.progress import Progress, Steps, untold
from forecasting.training.training import known_history, train
from forecasting.training.workers import Workers, workers
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from forecasting.values.timeline import HOUR, Timeline
from language import UserError

LIKELY: Final = 0.5
"""A busy moment is forecast where the chance of an hour at or above orange is at least this."""

_LEAST_DAYS: Final = 56
_ORANGE: Final = 1
_LOOK_BACK: Final = (3, 6, 12, 25)

Baselines = Literal["simple", "standard", "all"]
LEARNED: Final[dict[Baselines, tuple[Learned, ...]]] = {
    "simple": (),
    "standard": ("lightgbm",),
    "all": ("lightgbm", "prophet"),
}
"""Which baselines are run besides last week and the 8-week median."""


@dataclass(frozen=True)
class Plan:
    """What to test: ``cutoffs`` (aware, rising), hours ahead, what is known of the weather, against what.

    ``missing``: see ``backtest_hours.MISSING``; ``history``: how many days of counts before a cutoff are used.
    """

    cutoffs: tuple[datetime, ...]
    horizon: int = WEEK_HOURS
    weather: WeatherKnown = "forecast"
    against: Baselines = "standard"
    missing: float = MISSING
    history: int = HISTORY_DAYS


@dataclass(frozen=True, eq=False)
class _Tested:
    """One cutoff: its snapshot and forecast, what came (zones × hours), and all of it as rows.

    ``came`` is NaN where it is unknown, and where nothing was forecast.
    """

    snapshot: Snapshot
    result: Forecast
    thresholds: Thresholds
    came: Floats
    rows: pd.DataFrame


def mondays(area: Area, number: int, horizon: int = WEEK_HOURS) -> tuple[datetime, ...]:
    """Return at most ``number`` evenly spaced Mondays, 0:00 area time, of the last 52 that can be tested.

    Each has ``horizon`` hours of counts after it and eight weeks before it. Raises ``UserError`` when there is none.
    """
    first, end = _counted(area)
    local_end = pd.Timestamp(end - timedelta(hours=horizon)).tz_convert(area.tz).tz_localize(None)
    last = local_end.normalize() - pd.Timedelta(days=local_end.day_of_week)
    days = pd.date_range(end=last, periods=52, freq="7D").tz_localize(
        area.tz, nonexistent="shift_forward", ambiguous=True
    )
    usable = days[days >= pd.Timestamp(first + timedelta(days=_LEAST_DAYS))]
    if number < 1 or not len(usable):
        raise UserError(
            "Area {area} has no Monday to test: that takes eight weeks of counts before it and {hours} hours after it.",
            area=area.id,
            hours=horizon,
        )
    chosen = np.unique(np.linspace(0, len(usable) - 1, min(number, len(usable))).round().astype(int))
    return tuple(usable[index].to_pydatetime().astimezone(UTC) for index in chosen)


def run(
    area: Area,
    plan: Plan,
    *,
    jobs: int = 0,
    progress: bool = False,
    scheduler: str | None = None,
    models: Path | None = None,
    told: Progress = untold,
) -> tuple[Backtest, pd.DataFrame, pd.DataFrame]:
    """Test ``plan`` and return the result, its hours (see :mod:`forecasting.evaluation.verification`) and its days
    (see :mod:`forecasting.evaluation.past_days`).

    Models are kept in the folder ``models``, by default ``backtests/models`` of the area's users' state, so that a
    second run is quick; errors of past forecasts go from each cutoff to the next. ``scheduler``: address of a Dask
    cluster to work on. ``told`` of each cutoff that is done.
    Raises ``UserError`` when there are no counts before or after a cutoff, or none of a zone with few unknown hours.
    """
    folder = models or area_home(area.id) / "backtests" / "models"
    steps, tested = Steps(len(plan.cutoffs), told), []
    with workers(jobs, scheduler) as work:
        for cutoff in tqdm(sorted(plan.cutoffs), disable=not progress, unit="cutoff"):
            tested.append(_test(area, cutoff, plan, folder, work))
            steps.done()
    hours = pd.concat([one.rows for one in tested], ignore_index=True)
    if not hours["scored"].any():
        raise UserError(
            "No zone of {area} has at most {percent}% unknown hours in the weeks tested and in the year before. "
            "Choose other moments, or allow more with --missing.",
            area=area.id,
            percent=f"{100 * plan.missing:g}",
        )
    days = pd.concat([past_days(one.result, one.came) for one in tested], ignore_index=True)
    return _result(area, plan, tested, hours), hours, days


def _counted(area: Area) -> tuple[datetime, datetime]:
    """Return the first hour with a known count of the last years before the area's now, and the end of the last."""
    now = area.now().astimezone(UTC)
    for years in _LOOK_BACK:
        counts = gate.read(area, "counts", now - timedelta(days=365 * years), now)
        known = counts.loc[counts["count"].notna(), "hour"]
        if len(known):
            return known.min().to_pydatetime(), (known.max() + HOUR).to_pydatetime()
    raise UserError("Area {area} has no counts before {until}.", area=area.id, until=f"{now:%Y-%m-%d %H:%M} UTC")


def _test(area: Area, cutoff: datetime, plan: Plan, models_of: Path, work: Workers) -> _Tested:
    cutoff = cutoff.astimezone(UTC)
    folder = models_of / f"{cutoff:%Y%m%dT%H}-{_of(plan)}"
    _take_over_errors(folder)
    train(area, cutoff, into=folder, weather_known=plan.weather, days=plan.history, work=work)
    models = load_models(area, folder)
    snapshot = issue(area, cutoff, plan.horizon, models=models, weather_known=plan.weather)
    result = forecast(snapshot)
    end = (snapshot.hours[-1] + HOUR).to_pydatetime()
    came = count_array(gate.read(area, "counts", snapshot.cutoff, end), area.zone_ids, snapshot.hours)
    if not np.isfinite(came).any():
        raise UserError(
            "Area {area} has no counts from {cutoff} on to compare a forecast with.",
            area=area.id,
            cutoff=f"{cutoff.astimezone(area.tz):%Y-%m-%dT%H:%M}",
        )
    came = np.where(np.isfinite(result.median), came, np.nan)
    history = known_history(area, cutoff, "none", plan.history)
    rows = compared_hours(history, result, came, missing=plan.missing)
    for name, values in baseline_columns(history, result, rows, learned=LEARNED[plan.against], work=work).items():
        rows[name] = values
    return _Tested(snapshot, result, models.thresholds(area), came, rows)


def _of(plan: Plan) -> str:
    return plan.weather if plan.history == HISTORY_DAYS else f"{plan.weather}-{plan.history}d"


def _take_over_errors(folder: Path) -> None:
    """Let the models in ``folder`` begin with the errors of past forecasts that the cutoff before it found."""
    weather = folder.name.partition("-")[2]
    earlier = sorted(path for path in folder.parent.glob(f"*-{weather}/{PAST_FILE}") if path.parent.name < folder.name)
    if earlier and not (folder / PAST_FILE).exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(earlier[-1], folder / PAST_FILE)


def _result(area: Area, plan: Plan, tested: list[_Tested], hours: pd.DataFrame) -> Backtest:
    last, snapshots = tested[-1], [one.snapshot for one in tested]
    errors = verification.scored(hours)
    zones = tuple(zone for zone in area.zone_ids if zone in set(errors["zone_id"]))
    models = tuple(snapshot.model_id for snapshot in snapshots)
    compared = {
        name: verification.scores(verification.scored(hours, name)) if name in hours else None
        for name in ("last_week", "median_8_weeks", "prophet", "lightgbm")
    }
    moments, listed = _moments(tested, hours)
    inputs = (str(plan), ",".join(snapshot.id for snapshot in snapshots), ",".join(models), ",".join(compared))
    identity = f"{last.snapshot.cutoff:%Y%m%dT%H}-{digest(area.id, MODEL_VERSION, *inputs)[:12]}"
    return Backtest(
        id=identity,
        area=area.id,
        data="DEMO DATA" if last.snapshot.simulated else "counts",
        made=datetime.now(UTC).replace(microsecond=0),
        cutoffs=tuple(snapshot.cutoff.astimezone(area.tz) for snapshot in snapshots),
        horizon=plan.horizon,
        weather=_weather(snapshots, plan),
        model_version=MODEL_VERSION,
        models=tuple(model[:12] for model in models),
        snapshots=tuple(snapshot.id for snapshot in snapshots),
        sources=last.snapshot.sources,
        zones=zones,
        left_out=tuple(zone for zone in area.zone_ids if zone not in zones),
        missing=plan.missing,
        pairs=len(errors.groupby(verification.PAIR)),
        hours=len(errors),
        model=verification.scores(errors),
        baselines=compared,
        notes=_notes(compared),
        reliability=verification.reliability(hours),
        moments=moments,
        listed=listed,
        warnings=count_warnings(week for week, _ in _compared(tested, hours)),
        by_day=verification.parts(errors, "day_ahead"),
        by_zone=verification.parts(errors, "zone_id"),
        by_kind=verification.parts(errors, "kind"),
        week=_week(last, zones),
    )


def _weather(snapshots: Iterable[Snapshot], plan: Plan) -> WeatherKnown:
    unused = all(origin == "none" for snapshot in snapshots for origin in snapshot.weather_origin)
    return "none" if unused else plan.weather


def _notes(compared: Mapping[str, Scores | None]) -> dict[str, str]:
    said = {
        "prophet": "Not run: it takes about ten seconds a zone and cutoff. Ask for it with --baselines all.",
        "lightgbm": "Not run: it takes longer than the forecast itself. Ask for it with --baselines standard.",
    }
    return {name: text for name, text in said.items() if compared[name] is None}


def _moments(tested: list[_Tested], hours: pd.DataFrame) -> tuple[MomentCounts, tuple[BusyHours, ...]]:
    forecast_count = right = came_count = seen = 0
    listed = []
    for one, local in _compared(tested, hours):
        alarms, happened = one.moments(LIKELY)
        forecast_count, right = forecast_count + len(alarms), right + sum(m.met for m in alarms)
        came_count, seen = came_count + len(happened), seen + sum(m.met for m in happened)
        outcomes = [(moment, "hit" if moment.met else "missed") for moment in happened]
        outcomes += [(moment, "false alarm") for moment in alarms if not moment.met]
        listed += [
            BusyHours(zone_id=one.zone_id, start=local[m.first], end=local[m.last] + HOUR, outcome=outcome)
            for m, outcome in outcomes
        ]
    counts = MomentCounts(forecast=forecast_count, right=right, came=came_count, seen=seen)
    return counts, tuple(sorted(listed, key=lambda moment: (moment.start, moment.zone_id)))


def _compared(tested: list[_Tested], hours: pd.DataFrame) -> Iterator[tuple[WarnedWeek, pd.DatetimeIndex]]:
    """Yield each scored zone and week: chance of orange beside what came, and the hours in area time."""
    pairs = set(hours.loc[hours["scored"], verification.PAIR].itertuples(index=False, name=None))
    for one in tested:
        chances = one.result.exceedance(one.thresholds)[:, :, _ORANGE]
        zone_thresholds = one.thresholds.array(one.result.zone_ids)[:, _ORANGE]
        day = Timeline.of(one.result.hours, one.result.tz).day
        for z, zone_id in enumerate(one.result.zone_ids):
            if (pd.Timestamp(one.result.cutoff), zone_id) in pairs:
                known = np.isfinite(one.came[z])
                yield (
                    WarnedWeek(zone_id, known, chances[z], one.came[z] >= zone_thresholds[z], day),
                    one.result.local_hours,
                )


def _week(last: _Tested, zones: tuple[str, ...]) -> Week:
    result = last.result
    rows = {zone_id: result.zone_ids.index(zone_id) for zone_id in zones}
    return Week(
        cutoff=result.cutoff,
        hours=min(len(result.hours), WEEK_HOURS),
        measure=result.measure,
        snapshot=result.snapshot_id,
        time_zone=result.time_zone,
        series={zone: packed_week(result.quantiles[z], result.normal[z], last.came[z]) for zone, z in rows.items()},
        zone_thresholds={
            zone: tuple(float(threshold) for threshold in last.thresholds.array((zone,))[0]) for zone in rows
        },
    )
