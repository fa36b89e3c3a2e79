"""From the errors of past forecasts to intervals that hold what they promise.

Errors are ln(1 + count) − ln(1 + expected), of forecasts made at past moments (see ``residuals``). How large they
usually are depends on how busy it was expected to be, on the zone, on how well the zone was forecast lately, and on
special days. Errors divided by that are alike in all zones; their weighted quantiles about their median, by days ahead
and by how busy, become the quantiles of the coming hours: split conformal prediction (Vovk et al. 2005) with locally
scaled, signed scores (Lei et al. 2018; Romano et al. 2019), of which older ones count less (Barber et al. 2023).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtri

from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.forecast import QUANTILES

ASSUMED_SD: Final = 0.5
"""Spread of the log error where no errors are known yet: an assumption, cautious (a factor of 1.6 either way)."""

BINS: Final = 8
"""How busy it was expected to be, in eighths of the zone's own hours."""

HALF_LIFE_DAYS: Final = 365.0
"""After so many days a past error counts half."""

SAME_SEASON: Final = 3.0
"""Errors at the same time of the year count so many times more: in summer forecasts of the weather weigh more."""

_SEASON_DAYS: Final = 45.0
_YEAR: Final = 365.25
_GROUP: Final = np.array([0, 1, 1, 2, 2, 2, 2])
_SHRINK: Final = 100.0
_LATELY: Final = 7
_ZONE_POWER: Final = 0.5
_WIDER: Final = 1.04
"""Sixty past weeks of zones that err together are fewer than they seem; chosen on Auckland 2024."""

_SPECIAL_SPREAD: Final = 1.3
_LEAST_SPECIAL: Final = 2000
_FEW: Final = 100.0


@dataclass(frozen=True, eq=False)
class Calibration:
    """``quantiles``: zones × hours × 9, of the log error of a forecast's hours, at ``forecast.QUANTILES``; rising."""

    quantiles: Floats

    def at(self, probabilities: Floats) -> Floats:
        """Return the log errors at any ``probabilities`` (P, rising): zones × hours × P.

        Between the quantiles linear in the normal score; beyond the outermost the last slope goes on.
        """
        known, wanted = ndtri(np.array(QUANTILES)), ndtri(probabilities)
        left = np.clip(np.searchsorted(known, wanted) - 1, 0, len(known) - 2)
        part = (wanted - known[left]) / (known[left + 1] - known[left])
        return np.asarray(self.quantiles[..., left] * (1 - part) + self.quantiles[..., left + 1] * part)


@dataclass(frozen=True, eq=False)
class ErrorModel:
    """How large errors are, and how they are spread.

    ``edges`` (Z × BINS-1): levels ln(1 + expected) that part a zone's hours in eighths; ``scale`` (Z × BINS): usual
    size of the error; ``lately`` (Z): factor on it; ``special``: factor on special days; ``scores`` (3 × BINS × 9):
    quantiles of errors divided by their usual size, by days ahead (1, 2–3, 4 and more) and eighth; ``known`` (Z):
    whether the zone has past errors.
    """

    edges: Floats
    scale: Floats
    lately: Floats
    special: float
    scores: Floats
    known: Flags

    def calibration(self, levels: Floats, day_ahead: Ints, special: Flags) -> Calibration:
        """Return the quantiles for coming hours: ``levels`` (Z × H) ln(1 + expected), ``day_ahead`` (H, 0 is the day
        of the cutoff) and whether the day is ``special`` (H). A zone without past errors has the assumed spread.
        """
        bins = _bins(levels, self.edges)
        size = _WIDER * np.take_along_axis(self.scale, bins, axis=1) * self.lately[:, None]
        size = size * np.where(special, self.special, 1.0)[None]
        quantiles = size[..., None] * self.scores[_group(day_ahead)[None], bins]
        assumed = ASSUMED_SD * ndtri(np.array(QUANTILES))
        return Calibration(np.where(self.known[:, None, None], quantiles, assumed))


def fit_errors(
    errors: Floats, levels: Floats, special: Flags, age: Floats, day_ahead: Ints | None = None
) -> ErrorModel:
    """Return the model of past errors.

    ``errors`` and ``levels``: zones × origins × hours ahead (see ``residuals.PastErrors``), oldest origin first;
    ``special``: origins × hours, whether the hour was on a special day; ``age``: days since each origin, falling;
    ``day_ahead``: of each hour ahead, where they do not follow each other from the origin on. Where errors are few, the
    assumed spread counts as a hundred of them.
    """
    zones, ahead = len(errors), errors.shape[2]
    known = np.isfinite(errors)
    apart = np.abs((age + _YEAR / 2) % _YEAR - _YEAR / 2)
    counts = 0.5 ** (age / HALF_LIFE_DAYS) * (1 + SAME_SEASON * np.exp(-((apart / _SEASON_DAYS) ** 2)))
    weight = np.where(known, counts[None, :, None], 0.0)
    size = np.where(known, np.abs(errors), 0.0)
    edges = _edges(levels, known)
    bins = _bins(levels.reshape(zones, -1), edges).reshape(errors.shape)
    scale = _scale(size, weight, bins)
    score = np.where(known, errors, 0) / np.take_along_axis(scale, bins.reshape(zones, -1), 1).reshape(errors.shape)
    on_special = np.broadcast_to(special[None], errors.shape)
    factor = _SPECIAL_SPREAD
    if (known & on_special).sum() > _LEAST_SPECIAL:
        factor = float(np.abs(score[known & on_special]).mean() / np.abs(score[known & ~on_special]).mean())
    last = known.copy()
    last[:, :-_LATELY] = False
    overall = np.abs(score[known]).mean() if known.any() else 1.0
    count = last.sum(axis=(1, 2))
    recent = (np.abs(score) * last).sum(axis=(1, 2)) / np.maximum(count, 1)
    lately = np.where(count > 0, (recent / overall) ** _ZONE_POWER, 1.0)
    score = score / np.where(on_special, factor, 1.0)
    group = np.broadcast_to(_group(np.arange(ahead) // 24 if day_ahead is None else day_ahead), errors.shape)
    everywhere = _quantiles(score, weight, known, np.sqrt(np.pi / 2) * ndtri(np.array(QUANTILES)))
    cells = [
        [(group == g) & (np.abs(bins - b) <= (b < BINS - 1)) for b in range(BINS)]  # the busiest eighth alone
        for g in range(len(set(_GROUP)))
    ]
    scores = np.array([[_quantiles(score, weight, cell, everywhere) for cell in row] for row in cells])
    scores -= scores[..., [QUANTILES.index(0.5)]]  # moving the expected count by past errors did more harm than good
    return ErrorModel(edges, scale, lately, factor, scores, np.asarray(known.any(axis=(1, 2))))


def _edges(levels: Floats, known: Flags) -> Floats:
    parts = np.linspace(0, 1, BINS + 1)[1:-1]
    rows = [zone[there] for zone, there in zip(levels, known, strict=True)]
    return np.stack([np.quantile(row, parts) if len(row) else np.zeros(BINS - 1) for row in rows])


def _bins(levels: Floats, edges: Floats) -> Ints:
    """Return the eighth that each level is in: zones × hours."""
    return np.asarray((levels[..., None] > edges[:, None, :]).sum(axis=-1), dtype=np.int64)


def _scale(size: Floats, weight: Floats, bins: Ints) -> Floats:
    """Return the usual size by zone and eighth; the eighths of few errors lean on those of all zones."""
    in_bin = np.stack([np.where(bins == b, weight, 0.0) for b in range(BINS)])
    mass = in_bin.sum(axis=(1, 2, 3))
    assumed = ASSUMED_SD * np.sqrt(2 / np.pi)
    pooled = ((in_bin * size).sum(axis=(1, 2, 3)) + _FEW * assumed) / (mass + _FEW)
    pooled = np.maximum(pooled, 1e-3)
    relative = size / pooled[bins]
    zone = ((relative * weight).sum(axis=(1, 2)) + _SHRINK) / (weight.sum(axis=(1, 2)) + _SHRINK)
    by_bin = [
        pooled[b] * ((relative * in_bin[b]).sum(axis=(1, 2)) + _SHRINK * zone) / (in_bin[b].sum(axis=(1, 2)) + _SHRINK)
        for b in range(BINS)
    ]
    return np.stack(by_bin, axis=1)


def _quantiles(score: Floats, weight: Floats, here: Flags, otherwise: Floats) -> Floats:
    """Return the weighted quantiles of the scores that are known ``here``; where few, mixed with other quantiles."""
    used = here & (weight > 0)
    values, mass = score[used], weight[used]
    if not len(values):
        return otherwise
    order = np.argsort(values)
    total = np.cumsum(mass[order])
    own = np.interp(QUANTILES, (total - mass[order] / 2) / total[-1], values[order])
    share = len(values) / (len(values) + _FEW)
    return np.asarray(share * own + (1 - share) * otherwise)


def _group(day_ahead: Ints) -> Ints:
    return np.asarray(_GROUP[np.minimum(day_ahead, len(_GROUP) - 1)])
