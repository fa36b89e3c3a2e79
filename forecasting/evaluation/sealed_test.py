"""A sealed test: what a source that is not in use would add, on the same past weeks with it and without it.

Only figures come out. Forecasts and counts stay inside, and the models that were trained are wiped at the end, whatever
happened. The leave of the ethics group is asked for at every step (:mod:`data.consent.sealed`).
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from data.area.area import Area
from data.area.investigations import LEAST_WEEKS, Finding, check_leave, note_finding
from data.consent.sealed import sealed
from data.keeping.home import area_home
from data.keeping.locking import locked
from forecasting.evaluation import backtest
from forecasting.evaluation.backtest import Plan, mondays
from forecasting.evaluation.backtest_result import MODEL_NAME
from forecasting.evaluation.verification import PAIR
from forecasting.training.progress import Progress, untold
from language import UserError

WEEKS: Final = 8
"""Weeks that are tested unless somebody asks for another number."""

_HOUR: Final = [*PAIR, "hour"]
_CERTAINTY: Final = 0.95


def sealed_test(
    area: Area, source_id: str, *, weeks: int = WEEKS, jobs: int = 0, progress: Progress = untold
) -> Finding:
    """Test what a source would add on ``weeks`` past weeks, keep what was found, and return it.

    ``progress`` is told of each week that was forecast, once without the source and once with it. Raises ``UserError``
    when there is no leave for this test or it ends on the way, when too few weeks can be tested, and when another
    process is testing; nothing is kept then.
    """
    with locked(area.id, "sealed-test"):
        folder = _folder(area.id)
        shutil.rmtree(folder, ignore_errors=True)
        try:
            found = _found(area, source_id, weeks, jobs, folder, progress)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        check_leave(area.id, source_id)
        note_finding(area.id, found)
    return found


def sweep(area_id: str) -> None:
    """Wipe what a test left that was killed; of one that goes on nothing is touched."""
    if not _folder(area_id).exists():
        return
    try:
        with locked(area_id, "sealed-test"):
            shutil.rmtree(_folder(area_id), ignore_errors=True)
    except UserError:
        return


def _folder(area_id: str) -> Path:
    """Return where models lie while a test goes on: a hidden folder, which no copy of the areas takes along."""
    return area_home(area_id) / ".sealed"


def _found(area: Area, source_id: str, weeks: int, jobs: int, folder: Path, progress: Progress) -> Finding:
    with sealed(area.id, source_id, let_in=False):
        cutoffs = mondays(area, weeks)
    _check_enough(len(cutoffs))
    plan, hours, practice = Plan(cutoffs, against="simple"), {}, False
    for let_in in (False, True):
        with sealed(area.id, source_id, let_in=let_in):
            result, hours[let_in], _ = backtest.run(
                area,
                plan,
                jobs=jobs,
                models=folder / ("with" if let_in else "without"),
                told=_half(progress, let_in),
            )
        practice = practice or result.simulated
    return compared(area, source_id, hours[False], hours[True], practice=practice)


def _half(progress: Progress, second: bool) -> Progress:
    """Return what tells of one of two equal halves as a part of the whole."""
    return lambda done, of: progress(done + of * second, 2 * of)


def compared(area: Area, source_id: str, without: pd.DataFrame, beside: pd.DataFrame, *, practice: bool) -> Finding:
    """Return how forecasts without a source and those with it (``beside``) did, on hours that both forecast.

    Both are hours as :mod:`forecasting.evaluation.verification` names them. What came is what is counted without the
    source. Each place counts the same in a week, and each week the same: the weeks are what the range rests on, since
    hours of one week are alike. Raises ``UserError`` when fewer than three weeks can be compared.
    """
    known = without[without["scored"] & without["count"].notna() & without[MODEL_NAME].notna()]
    both = known[[*_HOUR, "count", MODEL_NAME]].merge(beside[[*_HOUR, MODEL_NAME]], on=_HOUR, suffixes=("_out", "_in"))
    both = both.dropna()
    errors = pd.DataFrame(
        {name: (both[f"{MODEL_NAME}_{name}"] - both["count"]).abs() for name in ("out", "in")}
    ).assign(cutoff=both["cutoff"], zone_id=both["zone_id"])
    by_week = errors.groupby(PAIR).mean().groupby("cutoff").mean()
    _check_enough(len(by_week))
    difference = (by_week["in"] - by_week["out"]).to_numpy()
    mean = float(difference.mean())
    spread = float(difference.std(ddof=1)) / np.sqrt(len(difference))
    margin = float(stats.t.ppf((1 + _CERTAINTY) / 2, len(difference) - 1)) * spread
    first, last = (moment.tz_convert(area.tz).date() for moment in (by_week.index.min(), by_week.index.max()))
    return Finding(
        source=source_id,
        at=datetime.now(UTC).replace(microsecond=0),
        practice=practice,
        first=first,
        last=last,
        weeks=len(by_week),
        places=int(errors["zone_id"].nunique()),
        hours=len(errors),
        better=int((difference < 0).sum()),
        error_with=_rounded(float(by_week["in"].mean())),
        error_without=_rounded(float(by_week["out"].mean())),
        difference=_rounded(mean),
        low=_rounded(mean - margin),
        high=_rounded(mean + margin),
    )


def _check_enough(weeks: int) -> None:
    if weeks < LEAST_WEEKS:
        raise UserError(
            "Only {weeks} weeks can be compared. At least {least} are needed to tell anything.",
            weeks=weeks,
            least=LEAST_WEEKS,
        )


def _rounded(value: float) -> float:
    return float(f"{value:.5g}")
