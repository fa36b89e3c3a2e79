"""What ships of the practice world, to try the measuring of effects on: frozen forecasts, and what was done by a rule.

The models are trained once, on what was counted before the first of the days; each forecast is of the evening before.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.area.area import Area
from data.consent.practised import practised_days, practised_measures
from data.keeping.home import written_whole
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.training.model_files import Models, load_models
from forecasting.training.training import train
from language import UserError
from response.actions import practice
from response.effects import frozen
from response.effects.frozen import FrozenDay, freeze_day, save_frozen

BEFORE: Final = timedelta(days=11)
"""So long before the first day the models end."""

DECIDED: Final = 18
"""Local hour of the evening before at which each forecast is made."""

HOURS: Final = (12, 18)
_AFTERNOON: Final = 2
TEXT: Final = "Oefening: volgens de regel van de oefenwereld."


def make(area: Area, folder: Path, models_in: Path, tell: Callable[[str], None]) -> None:
    """Make the two files of an area's practice world in ``folder``; ``models_in`` is where its models are trained.

    Raises ``UserError`` when the area has no practice world.
    """
    days = practised_days(area)
    if not days:
        raise UserError("Area {area} has no practice world.", area=area.id)
    until = datetime.combine(days[0] - BEFORE, time(), UTC)
    if not (models_in / "_area.json").exists():
        train(area, until, into=models_in)
    models, made = load_models(area, models_in), []
    for day in days:
        cutoff = datetime.combine(day - timedelta(days=1), time(DECIDED), area.tz).astimezone(UTC)
        made.append(_frozen(area, cutoff, models))
        tell(day.isoformat())
    save_frozen(made, folder / frozen.FILE)
    write_actions(area, made, folder / practice.FILE)


def _frozen(area: Area, cutoff: datetime, models: Models) -> FrozenDay:
    found = forecast(issue(area, cutoff, 48, models=models))
    return freeze_day(found, (cutoff.astimezone(area.tz) + timedelta(days=1)).date())


def write_actions(area: Area, days: list[FrozenDay], path: Path) -> None:
    """Write what was done in the practice world, by what was forecast of each day."""
    expected = {one.day: float(np.nansum(np.median(one.paths[:, _AFTERNOON], axis=1))) for one in days}
    snapshots = {one.day: one.snapshot for one in days}
    rows: list[dict[str, Any]] = [
        {
            "day": day.isoformat(),
            "card": card,
            "zones": list(zones),
            "hours": list(HOURS),
            "snapshot": snapshots[day],
            "text": TEXT,
        }
        for day, (card, zones) in sorted(practised_measures(area, expected).items())
    ]
    with written_whole(path) as temporary:
        lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in rows)
        temporary.write_text(f'{{"actions": [\n{lines}\n]}}\n', "utf-8")
