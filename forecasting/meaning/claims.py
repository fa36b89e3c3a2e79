"""A claim: what is said of places and hours, as a value of which any forecast, and any counts, can be asked whether
it is so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from forecasting.meaning.busy import Span, span_of
from forecasting.meaning.runs import run_on
from forecasting.values.arrays import Flags, Floats, Indices, Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds, levels
from language import NewerError, UserError

VERSION: Final = 1

What = Literal["reaches", "level", "at most", "chance", "expected", "peak", "hours", "compared", "total", "part", "run"]
"""What is claimed of the places over the hours of ``spans``:

- ``reaches``: every hour of every place is expected at ``level`` or worse
- ``level``: the worst hour of every place is expected at exactly ``level``
- ``at most``: no hour of any place is expected worse than ``level``
- ``chance``: the probability (0–1) that some place reaches ``level`` in at least one hour; of a span of one hour it is
  the chance in that hour
- ``expected``: the median of the one place in the one hour, with the ends of the range that holds 8 out of 10 cases
- ``peak``: how many there are at the one place in its fullest hour: the median over the sample paths, with that range
- ``hours``: how many hours the one place is at ``level`` or worse: the median over the sample paths, with that range
- ``compared``: the median of the one place in the one hour beside ``base``, which is what is normal then, or the median
  of the forecast of the scenario ``against``
- ``total``: all places and hours added up, the median over the sample paths, beside ``base``, which is what is normal
  or that of the scenario ``against``; only hours that both know count
- ``part``: how many times an ordinary day the part ``against`` of the forecast makes the one place in the one hour
- ``run``: the probability that the one place is at ``level`` or worse ``in_a_row`` hours or more on the local day of
  the span, which runs from where the first such run begins to where the last one ends (``forecasting.meaning.runs``)

Expected is always the median: as likely to be higher as to be lower.
"""

LEVEL_CLAIMS: Final[frozenset[What]] = frozenset({"reaches", "level", "at most"})

NORMAL: Final = "normal"
"""What :attr:`Claim.against` says where an hour is compared with what is normal then."""

APART: Final = 0.3
"""A chance that changed by this much is another message: three in ten, a choice of this project."""

MANIFOLD: Final = 1.15
"""A number that became so many times another one is another message, as in ``forecasting.values.changes``."""

ThresholdCounts = tuple[float, float, float]


@dataclass(frozen=True)
class Happened:
    """What real counts say of a claim.

    ``level`` is that of the worst of the claimed hours that were counted and ``count`` the highest count in them.
    ``spans`` are the hours of the claim's local days in which some of its places was at the claimed level or worse.
    ``missing`` of the claimed hours (zones × hours) were not counted.
    """

    level: Level
    count: float
    spans: tuple[Span, ...]
    missing: int


@dataclass(frozen=True)
class Claim:
    """What is said (see :data:`What`) of which places, all together, over which hours.

    ``value``, ``low``, ``high`` and ``base`` are as computed, not as rounded for people; ``None`` where there is none.
    ``zone_thresholds`` are the counts from which each place is yellow, orange and red. ``scenario`` is the code of the
    scenario, empty without one. ``quantile`` is that of which a level is said or what is
    expected: the median, or the quiet or busy case. ``ahead``: so many hours before a ``run`` begins something is due.
    """

    what: What
    zone_ids: tuple[str, ...]
    spans: tuple[Span, ...]
    time_zone: str
    snapshot_id: str
    zone_thresholds: tuple[ThresholdCounts, ...]
    level: Level = "green"
    scenario: str = ""
    against: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    base: float | None = None
    quantile: float = 0.5
    in_a_row: int = 1
    ahead: int = 0

    def __post_init__(self) -> None:
        if not self.zone_ids or not self.spans or len(self.zone_ids) != len(self.zone_thresholds):
            raise ValueError("a claim is about places, each with its thresholds, and about hours")
        if self.what in {"chance", "hours", "run"} and self.level == "green":
            raise ValueError("a place is always at the level green or worse")
        if any(span.start.tzinfo is None or span.end.tzinfo is None for span in self.spans):
            raise ValueError("the hours of a claim have a time zone")

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as it goes into JSON, with a version."""
        return {"version": VERSION, **_FORM.dump_python(self, mode="json")}

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> "Claim":
        """Read a claim from :meth:`to_dict`.

        Raises ``UserError`` where it is damaged, ``NewerError`` where a newer version of this project made it.
        """
        version = fields.get("version")
        if isinstance(version, int) and version > VERSION:
            raise NewerError("This was made with a newer version of this project.")
        try:
            claim = _FORM.validate_python({key: value for key, value in fields.items() if key != "version"})
            tz = ZoneInfo(claim.time_zone)
        except (ValidationError, ValueError, KeyError, OSError) as error:
            what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise UserError("What was said cannot be read: {what}.", what=what) from error
        spans = tuple(Span(span.start.astimezone(tz), span.end.astimezone(tz)) for span in claim.spans)
        return replace(claim, spans=spans)

    @property
    def start(self) -> datetime:
        """The start of the first hour (aware)."""
        return self.spans[0].start

    @property
    def end(self) -> datetime:
        """The end of the last hour (aware)."""
        return self.spans[-1].end

    @property
    def due(self) -> datetime:
        """When what takes ``ahead`` hours must be decided, for it to be there when the claimed hours begin (aware)."""
        return (self.start.astimezone(UTC) - timedelta(hours=self.ahead)).astimezone(ZoneInfo(self.time_zone))

    @property
    def factor(self) -> float | None:
        """How many times ``base`` the value is; ``None`` where one is unknown or ``base`` is 0."""
        return self.value / self.base if self.value is not None and self.base else None

    def after(self, moment: datetime) -> "Claim | None":
        """Return the claim of its hours from a moment (aware) on, ``None`` when there are none."""
        spans = tuple(Span(max(span.start, moment), span.end) for span in self.spans if span.end > moment)
        return replace(self, spans=spans) if spans else None

    def by_place(self) -> "list[Claim]":
        """Return a claim of a level as one of each of its places, any other claim as it is."""
        if self.what not in LEVEL_CLAIMS:
            return [self]
        pairs = zip(self.zone_ids, self.zone_thresholds, strict=True)
        return [replace(self, zone_ids=(zone_id,), zone_thresholds=(counts,)) for zone_id, counts in pairs]

    def hours_in(self, forecast: Forecast) -> Indices:
        """Return which hours (indices) of a forecast the claim is about."""
        return np.flatnonzero(_within(forecast.hours, self.spans))

    def recomputed(
        self, forecast: Forecast, *, base: Forecast | None = None, thresholds: Thresholds | None = None
    ) -> "Claim | None":
        """Return the same claim with the level or the figures that a forecast gives; ``None`` where it knows nothing.

        A claim is true of a forecast exactly when it equals what is recomputed. ``base`` is the forecast of the
        scenario ``against``. ``thresholds`` replace the thresholds of the claim.
        """
        zone_thresholds = self.zone_thresholds if thresholds is None else counts_of(thresholds, self.zone_ids)
        same = replace(
            self, snapshot_id=forecast.snapshot_id, scenario=forecast.scenario, zone_thresholds=zone_thresholds
        )
        return same.computed(forecast, self.hours_in(forecast), base)

    def computed(self, forecast: Forecast, hours: Indices, base: Forecast | None = None) -> "Claim | None":
        """Return the claim with the level or the figures that a forecast gives for ``hours``, the indices of its own.

        ``None`` where the forecast knows nothing of its places and hours.
        """
        if not set(self.zone_ids) <= set(forecast.zone_ids) or not len(hours):
            return None
        zones = np.array([forecast.zone_ids.index(zone_id) for zone_id in self.zone_ids])
        medians = forecast.median[zones[:, None], hours]
        if np.isnan(medians).all():
            return None
        same, zone_thresholds = self, self.zone_thresholds
        if self.what in LEVEL_CLAIMS:
            of_case = forecast.quantile(self.quantile)[zones[:, None], hours]
            return replace(same, level=self._found(levels(of_case, np.array(zone_thresholds))))
        if self.what == "run":
            return self._run(forecast)
        if self.what in {"chance", "hours"}:
            threshold = np.array(zone_thresholds)[:, LEVELS.index(self.level) - 1]
            reached = forecast.paths[:, zones[:, None], hours] >= threshold[None, :, None]
            if self.what == "chance":
                return replace(same, value=float(reached.any(axis=(1, 2)).mean()))
            middle, low, high = middle_and_range(reached.any(axis=1).sum(axis=1))
            return replace(same, value=middle, low=low, high=high)
        if self.what == "total":
            value, beside = self._totals(forecast, base, zones, hours)
            return replace(same, value=value, base=beside)
        row, hour = int(zones[0]), int(hours[0])
        if self.what == "part":
            factors = next(found for part, found in forecast.parts.items() if part == self.against)
            return replace(same, value=float(factors[row, hour]))
        if self.what == "peak":
            peaks = np.fmax.reduce(forecast.paths[:, row, hours], axis=1)
            low, middle, high = (float(value) for value in np.quantile(peaks, (0.1, 0.5, 0.9)))
            return replace(same, value=middle, low=low, high=high)
        if self.what == "expected":
            low, high, value = (float(forecast.quantile(q)[row, hour]) for q in (0.1, 0.9, self.quantile))
            return replace(same, value=value, low=low, high=high)
        return replace(same, value=float(medians[0, 0]), base=self._beside(forecast, base, row, hour))

    def holds(
        self, forecast: Forecast, *, base: Forecast | None = None, thresholds: Thresholds | None = None
    ) -> bool | None:
        """Return whether the claim may still be said of another forecast; ``None`` where that knows nothing of it.

        A level must be the same, a chance less than :data:`APART` away, a number within the range that was said, and a
        comparison nearly the same.
        """
        found = self.recomputed(forecast, base=base, thresholds=thresholds)
        if found is None:
            return None
        if self.what in LEVEL_CLAIMS:
            return found.level == self.level
        if found.value is None or self.value is None:
            return found.value is self.value
        if self.what in {"chance", "run"}:
            return abs(found.value - self.value) < APART
        if self.what in {"compared", "total"}:
            was, becomes = self.factor, found.factor
            return was == becomes if not was or not becomes else 1 / MANIFOLD < becomes / was < MANIFOLD
        return self.low is not None and self.high is not None and self.low <= found.value <= self.high

    def happened(self, counts: pd.DataFrame) -> Happened | None:
        """Return what counts (``zone_id``, ``hour`` in UTC, ``count``) say of it; ``None`` where no hour is known."""
        tz = ZoneInfo(self.time_zone)
        first = pd.Timestamp(self.start.astimezone(tz).date())
        last = pd.Timestamp((self.end - timedelta(seconds=1)).astimezone(tz).date()) + pd.Timedelta(days=1)
        local = pd.date_range(first.tz_localize(tz), last.tz_localize(tz), freq="h", inclusive="left")
        hours, known = local.tz_convert("UTC"), counts[counts["zone_id"].isin(self.zone_ids)]
        table = known.pivot_table(index="zone_id", columns="hour", values="count", aggfunc="last")
        values = table.reindex(index=list(self.zone_ids), columns=hours).to_numpy(float)
        claimed = _within(hours, self.spans)
        if np.isnan(values[:, claimed]).all():
            return None
        reached = levels(values, np.array(self.zone_thresholds))
        flags = np.asarray((reached >= LEVELS.index(self.level)).any(axis=0))
        return Happened(
            level=LEVELS[reached[:, claimed].max()],
            count=float(np.nanmax(values[:, claimed])),
            spans=_spans(local, flags),
            missing=int(np.isnan(values[:, claimed]).sum()),
        )

    def _run(self, forecast: Forecast) -> "Claim | None":
        """Return the run that the forecast gives on the same day; without one the hours stay as they are."""
        threshold = self.zone_thresholds[0][LEVELS.index(self.level) - 1]
        day = self.start.astimezone(ZoneInfo(self.time_zone)).date()
        found = run_on(forecast, self.zone_ids[0], day, threshold, self.in_a_row)
        if found is None:
            return None
        chance, first, last = found
        spans = self.spans if first < 0 else (span_of(forecast, first, last),)
        return replace(self, value=chance, spans=spans)

    def _found(self, reached: Levels) -> Level:
        """Return the level found: that of the claim exactly when the claim is true. What is unknown reaches nothing."""
        wanted, known = LEVELS.index(self.level), np.maximum(reached, 0)
        if self.what == "reaches":
            return LEVELS[min(int(known.min()), wanted)]
        if self.what == "at most":
            return LEVELS[max(int(known.max()), wanted)]
        worst = known.max(axis=1)
        other = worst[worst != wanted]
        return LEVELS[int(other.max())] if other.size else self.level

    def _totals(self, forecast: Forecast, base: Forecast | None, zones: Indices, hours: Indices) -> tuple[float, float]:
        """Return what all places and hours add up to, and what is normal or that of ``base``."""
        at = (zones[:, None], hours)
        if self.against == NORMAL:
            beside = forecast.normal[at][None]
        elif base is None:
            raise ValueError("a claim that compares with a scenario needs its forecast")
        else:
            beside = base.paths[:, *at]
        known = np.isfinite(forecast.median[at]) & np.isfinite(beside).all(axis=0)
        sums = [np.where(known, values, 0).sum(axis=(1, 2)) for values in (forecast.paths[:, *at], beside)]
        return float(np.median(sums[0])), float(np.median(sums[1]))

    def _beside(self, forecast: Forecast, base: Forecast | None, row: int, hour: int) -> float | None:
        if self.against == NORMAL:
            normal = float(forecast.normal[row, hour])
            return None if np.isnan(normal) else normal
        if base is None:
            raise ValueError("a claim that compares with a scenario needs its forecast")
        there = base.zone_ids.index(forecast.zone_ids[row]), base.hours.get_loc(forecast.hours[hour])
        return float(base.median[there])


_FORM: Final = TypeAdapter(Claim)


def middle_and_range(hours: Floats) -> tuple[float, float, float]:
    """Return the median of a number of hours over sample paths, and the ends of the range of 8 out of 10 of them."""
    low, middle, high = np.quantile(hours, (0.1, 0.5, 0.9), axis=0, method="inverted_cdf")
    return float(middle), float(low), float(high)


def counts_of(thresholds: Thresholds | None, zone_ids: tuple[str, ...]) -> tuple[ThresholdCounts, ...]:
    """Return the counts from which each of the places is yellow, orange and red; none are ever reached without them."""
    if thresholds is None:
        return ((inf, inf, inf),) * len(zone_ids)
    zones = [thresholds.zones[zone_id] for zone_id in zone_ids]
    return tuple((zone.yellow, zone.orange, zone.red) for zone in zones)


def _within(hours: pd.DatetimeIndex, spans: tuple[Span, ...]) -> Flags:
    at = hours.tz_convert(None).to_numpy()
    inside = [(at >= _in_utc(span.start)) & (at < _in_utc(span.end)) for span in spans]
    return np.asarray(np.any(inside, axis=0))


def _in_utc(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None))


def _spans(local: pd.DatetimeIndex, flags: Flags) -> tuple[Span, ...]:
    """Return the stretches of consecutive hours whose flag is up."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(int), [0]))))
    ends = local.append(local[-1:] + pd.Timedelta(hours=1))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Span(ends[first].to_pydatetime(), ends[last].to_pydatetime()) for first, last in pairs)
