"""The nightly job: fetch, train on what is new, issue a snapshot, and score those whose hours have passed.

Every step leaves whole files behind, so it may be killed at any moment and run again. What fails is told, and the
last good snapshot stays the current one.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data.area.area import Area
from data.consent import gate
from data.keeping.failing import told
from data.keeping.home import area_home, find
from data.keeping.locking import locked
from data.upkeep.fetching import Fetched, fetch
from forecasting.evaluation.forecast_scores import Score, read_scores, score, write_scores
from forecasting.evaluation.sealed_test import sweep
from forecasting.inputs.history import count_array
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.current import read_current, remember
from forecasting.snapshot.snapshot_files import load, obtain
from forecasting.snapshot.unknown import check_known
from forecasting.training.model_files import AREA_FILE, SECOND_WEEK_FILE, load_models
from forecasting.training.progress import Progress, untold
from forecasting.training.second_week_fit import learn_second_week
from forecasting.training.training import train
from language import Language, UserError
from language.said import fact

_HOURS: Final = 168


@dataclass
class Updated:
    """What an update did: sources fetched, zones fitted, the snapshot (``new``: not yet there), scores, failures.

    ``unknown``: zones of which too little was counted for a forecast.
    """

    fetched: list[Fetched] = field(default_factory=list)
    fitted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    snapshot: str | None = None
    new: bool = False
    scores: list[Score] = field(default_factory=list)
    failures: list[UserError] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing failed."""
        return not self.failures and not any(result.failure for result in self.fetched)

    def text(self, lang: Language) -> str:
        """Return what was done in sentences."""
        lines = [result.text(lang) for result in self.fetched]
        lines += [failure.say(lang) for failure in self.failures]
        lines.append(lang.n("{n} place trained.", "{n} places trained.", len(self.fitted)))
        if self.unknown:
            zones = ", ".join(self.unknown)
            lines.append(
                lang.t("No forecast, because too little was counted there: {zones}.", zones=fact(zones, "count"))
            )
        if self.snapshot is None:
            lines.append(lang.t("There is no forecast yet."))
        elif self.new:
            lines.append(lang.t("New forecast: {snapshot}.", snapshot=self.snapshot))
        else:
            lines.append(lang.t("The forecast stays {snapshot}.", snapshot=self.snapshot))
        if self.scores:
            lines.append(
                lang.n("{n} earlier forecast was judged.", "{n} earlier forecasts were judged.", len(self.scores))
            )
        return "\n".join(lines)


def update(area: Area, at: datetime | None = None, *, jobs: int = 0, progress: Progress = untold) -> Updated:
    """Bring an area up to date at ``at`` (aware; default the area's now). Running it again does nothing new.

    ``progress`` is told of each step of training. Raises ``UserError`` only when
    another update of the area is running; all else that fails is in the result.
    """
    done = Updated()
    with locked(area.id, "update"):
        at = at or area.now()
        sweep(area.id)
        _tried(done, area, lambda: done.fetched.extend(fetch(area)))
        _tried(done, area, lambda: _train(done, area, at, jobs, progress))
        before = read_current(area.id)
        done.snapshot = before.snapshot if before else None
        _tried(done, area, lambda: _issue(done, area, at))
        _tried(done, area, lambda: _score(done, area, at))
    return done


def _tried(done: Updated, area: Area, step: Callable[[], object]) -> None:
    try:
        step()
    except Exception as error:  # whatever happened in one step, the next has its turn
        done.failures.append(told(error, area_home(area.id) if isinstance(error, OSError) else ""))


def _train(done: Updated, area: Area, at: datetime, jobs: int, progress: Progress) -> None:
    """Train beside the models in use, which are replaced when all zones are done."""
    models, beside, old = (area_home(area.id) / name for name in ("models", ".models-next", ".models-old"))
    if old.exists() and not models.exists():  # killed between the two renames below
        old.rename(models)
    for left_over in (beside, old):
        shutil.rmtree(left_over, ignore_errors=True)
    in_use = find(area.id, f"models/{AREA_FILE}")
    if in_use is not None:
        try:
            load_models(area)
        except UserError as error:
            done.failures.append(error)
        shutil.copytree(in_use.parent, beside)
    try:
        trained = train(area, at, jobs=jobs, into=beside, progress=progress, warm=True)
        if trained.complete:
            _tried(done, area, lambda: learn_second_week(area, beside))
        unlearned = in_use is None or not (in_use.parent / SECOND_WEEK_FILE).exists()
        if trained.fitted or unlearned or done.failures:
            _swap(models, beside, old)
        done.fitted, done.unknown = trained.fitted, trained.unknown
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _swap(models: Path, beside: Path, old: Path) -> None:
    if models.exists():
        models.rename(old)
    beside.rename(models)
    shutil.rmtree(old, ignore_errors=True)


def _issue(done: Updated, area: Area, at: datetime) -> None:
    snapshot = obtain(area, at, _HOURS)
    check_known(snapshot, forecast(snapshot))
    remember(snapshot)
    done.new = snapshot.id != done.snapshot
    done.snapshot = snapshot.id


def _score(done: Updated, area: Area, at: datetime) -> None:
    """Score saved snapshots of which all hours lie before ``at``, once each."""
    scores = read_scores(area.id)
    judged = {entry.snapshot for entry in scores}
    for path in sorted((area_home(area.id) / "snapshots").glob("[0-9]*/snapshot.json")):
        snapshot_id = path.parent.name
        if snapshot_id in judged:
            continue
        try:
            snapshot = load(area.id, snapshot_id)
        except UserError as error:
            done.failures.append(error)
            continue
        end = (snapshot.hours[-1] + timedelta(hours=1)).to_pydatetime()
        if end > at or snapshot.zone_ids != area.zone_ids:
            continue
        counts = gate.read(area, "counts", snapshot.cutoff, end)
        found = score(forecast(snapshot), count_array(counts, area.zone_ids, snapshot.hours))
        if found is not None:
            done.scores.append(found)
    if done.scores:
        write_scores(area.id, [*scores, *done.scores])
