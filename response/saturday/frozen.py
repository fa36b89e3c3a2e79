"""The frozen day: what was forecast at each moment, what came, and how it would have ended with other cards.

Forecasts are made by the area's own models with what was known at each moment. What came are the practice counts; the
cards that are chosen work on them as their measures are taken to do on average.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from data.area.area import Area
from data.consent import gate
from forecasting.inputs.history import count_array
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.snapshot.redistribution import moved
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training.model_files import load_models
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Action, Scenario
from forecasting.values.thresholds import LEVELS, Thresholds
from response.saturday.game import Game, GameCard

_ORANGE, _RED = LEVELS.index("orange"), LEVELS.index("red")


@dataclass(frozen=True)
class Ending:
    """How the day ends: hours at which places were too busy, and at least busy, over all places together; the cost of
    the cards in euros; and the ``worst`` place (id)."""

    red: int
    busy: int
    cost: int
    worst: str


@dataclass(frozen=True, eq=False)
class FrozenDay:
    """A day that is played: the ``forecasts`` at each moment, what ``came`` (zones × hours of the last snapshot that
    reaches over the whole day), against ``thresholds``."""

    area: Area
    game: Game
    forecasts: tuple[Forecast, ...]
    snapshot: Snapshot
    came: Floats
    thresholds: Thresholds

    def ending(self, cards: Iterable[GameCard]) -> Ending:
        """Return how the day would have ended with some cards."""
        chosen = tuple(cards)
        start = datetime.combine(self.game.day, time(), self.area.tz)
        end = datetime.combine(self.game.day + timedelta(days=1), time(), self.area.tz)
        actions = tuple(Action(id=card.measure, start=start, end=end) for card in chosen)
        counts = self.came
        if actions:
            both = np.stack([self.came, self.came])
            counts = moved(self.snapshot, Scenario(measures=actions), both, self.came)[0][-1]
        levels = self._levels(counts)
        red, busy = levels >= _RED, levels >= _ORANGE
        order = red.sum(axis=1) * 100 + busy.sum(axis=1)
        return Ending(
            red=int(red.sum()),
            busy=int(busy.sum()),
            cost=sum(card.cost for card in chosen),
            worst=self.snapshot.zone_ids[int(order.argmax())],
        )

    def _levels(self, counts: Floats) -> Floats:
        local = self.snapshot.hours.tz_convert(self.area.tz)
        hours = np.flatnonzero(np.asarray(local.date) == self.game.day)
        limits = self.thresholds.array(self.snapshot.zone_ids)
        with np.errstate(invalid="ignore"):
            return np.asarray((counts[:, hours, None] >= limits[:, None, :]).sum(axis=2))

    def chance_at(self, moment: int, zone_id: str) -> Claim | None:
        """Return the chance that a place gets too busy on the day, as it was forecast at a moment (from 1)."""
        one = self.forecasts[moment - 1]
        hours = np.flatnonzero(one.local_dates == self.game.day)
        return claimed("chance", one, self.thresholds, [zone_id], hours, level="red")

    def expected(self, moment: int) -> list[Claim]:
        """Return the likeliest places to get too busy on the day, as it was forecast at a moment (from 1): three."""
        found = [self.chance_at(moment, zone_id) for zone_id in self.snapshot.zone_ids]
        known = [claim for claim in found if claim is not None and claim.value is not None]
        return sorted(known, key=lambda claim: -(claim.value or 0))[:3]


def frozen_day(area: Area, game: Game, thresholds: Thresholds) -> FrozenDay:
    """Make the day: a forecast at each moment, and what came. Takes some seconds.

    Raises ``UserError`` when the models have seen the day, or a source is not approved.
    """
    models = load_models(area)
    snapshots = []
    end = datetime.combine(game.day + timedelta(days=1), time(), area.tz)
    for moment in game.moments:
        at = moment.replace(tzinfo=area.tz)
        hours = round((end - at) / timedelta(hours=1))
        snapshots.append(issue(area, at, hours, models=models))
    whole = next(one for one in reversed(snapshots) if one.hours[0] <= _start(game, area))
    counts = gate.read(area, "counts", whole.hours[0].to_pydatetime(), end)
    came = count_array(counts, area.zone_ids, whole.hours)
    return FrozenDay(area, game, tuple(forecast(one) for one in snapshots), whole, came, thresholds)


def _start(game: Game, area: Area) -> datetime:
    return datetime.combine(game.day, time(), area.tz)
