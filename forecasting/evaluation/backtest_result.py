"""The result of a backtest as a value and as a file: what was tested, on what, and how good it was."""

import json
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
import pandas as pd
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from data.area.area import Measure
from data.keeping.home import SHIPPED, area_home, written_whole
from forecasting.evaluation.past_days import DAYS_FILE, save_days
from forecasting.inputs.history import WeatherKnown
from forecasting.model.residuals import AHEAD
from forecasting.values.arrays import Floats
from forecasting.values.compact import bytes_as_text, from_hundredths, text_as_bytes, to_hundredths
from forecasting.values.forecast import QUANTILES, Forecast
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import UserError

MODEL_NAME: Final = "model"
RESULT: Final = "result.json"
HOURS: Final = "hours.parquet"


def _or_none(value: Any) -> Any:
    return None if isinstance(value, float) and not isfinite(value) else value


Figure = Annotated[float | None, BeforeValidator(_or_none)]
"""A number, or ``None`` where there is none."""

DayKind = Literal["workday", "weekend", "school holiday", "public holiday"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Scores(_Frozen):
    """Means over zone × cutoff; ``None`` where a method has no distribution.

    ``mae``, ``crps`` and widths are in units of the counts; ``mase``: against the weekly naive of the year before;
    ``wape``, coverages: shares; ``brier``: of counts above the zone's 90th percentile, with the skill against the
    zone's base rate and against its rate at that hour of the week.
    """

    mae: Figure
    mase: Figure
    wape: Figure
    crps: Figure = None
    coverage_50: Figure = None
    coverage_80: Figure = None
    coverage_95: Figure = None
    width_50: Figure = None
    width_80: Figure = None
    width_95: Figure = None
    brier: Figure = None
    brier_skill: Figure = None
    brier_skill_hourofweek: Figure = None


class Part(Scores):
    """Scores of a part: a day ahead (1 is the first 24 hours), a zone, or a kind of day, of so many hours."""

    name: str
    hours: int


class Reliability(_Frozen):
    """The parts of the Brier score over all hours (``scores.BrierParts``), chances in bins of a tenth."""

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    forecast: tuple[Figure, ...]
    happened: tuple[Figure, ...]
    number: tuple[int, ...]


class MomentCounts(_Frozen):
    """Busy moments that were forecast, of those the ones that came; that came, of those the ones forecast."""

    forecast: int
    right: int
    came: int
    seen: int

    @property
    def false_alarms(self) -> int:
        """Moments that were forecast and did not come."""
        return self.forecast - self.right

    @property
    def missed(self) -> int:
        """Moments that came and were not forecast."""
        return self.came - self.seen


WARN_FROM: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Chances of being busy from which one may warn."""


class Warnings(_Frozen):
    """Of one zone, for each chance of :data:`WARN_FROM`: busy moments had one warned from that chance on.

    ``came``: busy moments that came; ``seen``: those of them that were warned of; ``given``: warnings;
    ``right``: those of them that came true.
    """

    zone: str
    came: int
    seen: tuple[int, ...]
    given: tuple[int, ...]
    right: tuple[int, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not len(self.seen) == len(self.given) == len(self.right) == len(WARN_FROM):
            raise ValueError(f"warnings need {len(WARN_FROM)} figures each")
        return self


class BusyHours(_Frozen):
    """A busy moment (area time): one that came and was forecast, one that was missed, or a false alarm."""

    zone_id: str
    start: datetime
    end: datetime
    outcome: Literal["hit", "missed", "false alarm"]


class Week(_Frozen):
    """The last week tested, by zone: quantiles, what is normal and what came, as ln(1 + count) in hundredths.

    Each text holds 11 rows of 168 hours (``values.compact``). ``zone_thresholds``: yellow, orange and red by zone.
    """

    cutoff: datetime
    hours: int
    measure: Measure
    snapshot: str
    time_zone: str
    series: dict[str, str]
    zone_thresholds: dict[str, tuple[float, float, float]] = Field(
        validation_alias=AliasChoices("zone_thresholds", "borders")
    )


class Backtest(_Frozen):
    """What a backtest found. ``left_out``: zones with too many unknown hours at every cutoff."""

    id: str
    area: str
    data: Literal["DEMO DATA", "counts"]
    made: datetime
    cutoffs: tuple[datetime, ...]
    horizon: int
    weather: WeatherKnown
    model_version: str
    models: tuple[str, ...]
    snapshots: tuple[str, ...]
    sources: tuple[str, ...]
    zones: tuple[str, ...]
    left_out: tuple[str, ...]
    missing: float
    pairs: int
    hours: int
    model: Scores
    baselines: dict[str, Scores | None]
    notes: dict[str, str]
    reliability: Reliability
    moments: MomentCounts
    listed: tuple[BusyHours, ...]
    warnings: tuple[Warnings, ...] = ()
    by_day: tuple[Part, ...]
    by_zone: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    week: Week

    @property
    def simulated(self) -> bool:
        """Whether any source is made up; whoever shows the result must say so."""
        return self.data == "DEMO DATA"

    def last_forecast(self) -> Forecast:
        """Return the forecast of the last week tested: quantiles only, without sample paths."""
        week, zone_ids = self.week, tuple(self.week.series)
        rows = self._rows()
        hours = pd.date_range(pd.Timestamp(week.cutoff).tz_convert("UTC"), periods=week.hours, freq="h", unit="us")
        count = len(QUANTILES)
        return Forecast(
            area_id=self.area,
            time_zone=week.time_zone,
            measure=week.measure,
            snapshot_id=week.snapshot,
            cutoff=week.cutoff,
            simulated=self.simulated,
            zone_ids=zone_ids,
            hours=hours,
            quantiles=rows[:, :count].transpose(0, 2, 1),
            paths=np.empty((0, len(zone_ids), week.hours), dtype=np.float32),
            normal=rows[:, count],
            parts={},
        )

    def last_counts(self) -> pd.DataFrame:
        """Return what came in the last week tested: ``zone_id, hour`` (UTC), ``count`` (to a hundredth part)."""
        rows, zone_ids = self._rows(), tuple(self.week.series)
        hours = self.last_forecast().hours
        return pd.DataFrame(
            {
                "zone_id": np.repeat(zone_ids, len(hours)),
                "hour": hours[np.tile(np.arange(len(hours)), len(zone_ids))],
                "count": rows[:, -1].ravel(),
            }
        )

    def last_thresholds(self) -> Thresholds:
        """Return the thresholds of the last week tested."""
        return Thresholds(
            {
                zone: ZoneThresholds(*zone_thresholds, "chosen")
                for zone, zone_thresholds in self.week.zone_thresholds.items()
            }
        )

    def _rows(self) -> Floats:
        count = len(QUANTILES) + 2
        kept = [from_hundredths(text_as_bytes(text)).reshape(count, AHEAD) for text in self.week.series.values()]
        weeks = [np.expm1(week)[:, : self.week.hours] for week in kept]
        return np.stack(weeks) if weeks else np.empty((0, count, self.week.hours))


def packed_week(quantiles: Floats, normal: Floats, counts: Floats) -> str:
    """Return one zone's week (H × 9, H, H) as text, at most the first :data:`~residuals.AHEAD` hours of it."""
    rows = np.full((len(QUANTILES) + 2, AHEAD), np.nan)
    together = np.vstack([quantiles.T, normal, counts])[:, :AHEAD]
    rows[:, : together.shape[1]] = np.log1p(together)
    return bytes_as_text(to_hundredths(rows))


def save(result: Backtest, hours: pd.DataFrame, days: pd.DataFrame, *, shipped: bool = False) -> Path:
    """Write a result, its days and hours to ``backtests/<id>/`` in users' state, or all but the hours to what ships.

    Returns the file of the result.
    """
    if shipped:
        path = SHIPPED / result.area / "backtest" / RESULT
    else:
        path = area_home(result.area) / "backtests" / result.id / RESULT
        with written_whole(path.with_name(HOURS)) as temporary:
            hours.to_parquet(temporary, index=False)
    save_days(days, path.with_name(DAYS_FILE))
    with written_whole(path) as temporary:
        temporary.write_text(json.dumps(result.model_dump(mode="json"), ensure_ascii=False) + "\n", "utf-8")
        temporary.chmod(0o644)
    return path


def newest_backtest(area_id: str) -> Backtest | None:
    """Return the result that was made last for an area, users' own before the one that ships, or ``None``.

    Raises ``UserError`` when its file was damaged.
    """
    path = _newest(area_id)
    if path is None:
        return None
    try:
        return Backtest.model_validate_json(path.read_text("utf-8"))
    except (ValidationError, UnicodeDecodeError, OSError) as error:
        raise UserError("{file} is damaged. Delete it and run the test again.", file=path) from error


def days_path(area_id: str) -> Path | None:
    """Return the file with the days of :func:`newest_backtest`; ``None`` where they were not kept."""
    path = _newest(area_id)
    days = path.with_name(DAYS_FILE) if path else None
    return days if days and days.exists() else None


def _newest(area_id: str) -> Path | None:
    own = list((area_home(area_id) / "backtests").glob(f"*/{RESULT}"))
    shipped = SHIPPED / area_id / "backtest" / RESULT
    if own:
        return max(own, key=lambda file: file.stat().st_mtime_ns)
    return shipped if shipped.exists() else None
