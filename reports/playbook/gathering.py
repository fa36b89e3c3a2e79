"""The week ahead of an area as it stands now, with what earlier forecasts called for and it does not any more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.snapshot.snapshot_files import cutoff_of
from forecasting.snapshot.standing import saved_forecast
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from response.cards.card import Playbook
from response.cards.history import CardRevision, playbook_at, revisions
from response.week.ahead import WeekAhead, week_ahead
from response.week.withdrawn import Withdrawn, withdrawn

_REACH: Final = timedelta(days=7)
_MOST: Final = 8
"""Earlier forecasts that are looked at: one of each day."""

_VERSIONS: Final = 5


def taken_back(
    week: WeekAhead,
    area: Area,
    thresholds: Thresholds,
    *,
    obtain: Callable[[Area, str], Forecast | None] = saved_forecast,
    part: Callable[[WeekAhead], WeekAhead] = lambda week: week,
) -> tuple[Withdrawn, ...]:
    """Return what the last forecast of each of the seven days before called for and this week does not any more.

    Also what is off because a card was changed: earlier forecasts are held against its last versions too. ``obtain``
    reads a saved forecast, for a caller that keeps what was read; ``part`` returns the part of a week that counts.
    """
    now, playbooks = week.forecast.cutoff.astimezone(UTC), [week.playbook, *_earlier_playbooks(week.playbook, area)]
    by_day: dict[object, str] = {}
    for path in sorted((area_home(area.id) / "snapshots").glob("*/snapshot.json")):
        cutoff = cutoff_of(path.parent.name)
        same = path.parent.name == week.forecast.snapshot_id
        if cutoff is not None and not same and now - _REACH <= cutoff <= now:
            by_day[cutoff.astimezone(area.tz).date()] = path.parent.name
    earlier = [*_forecasts(area, list(by_day.values())[-_MOST:], obtain), week.forecast]
    weeks = [
        week_ahead(playbook, forecast, thresholds, area, week.now)
        for forecast in reversed(earlier)
        for playbook in playbooks
        if forecast is not week.forecast or playbook is not week.playbook
    ]
    return withdrawn(part(week), [part(one) for one in weeks])


def _forecasts(area: Area, names: list[str], obtain: Callable[[Area, str], Forecast | None]) -> list[Forecast]:
    return [found for name in names if (found := obtain(area, name)) is not None]


def _earlier_playbooks(playbook: Playbook, area: Area) -> list[Playbook]:
    """Return the other versions of a playbook that stood in the last seven days, newest first."""
    history, since = revisions(area.id), datetime.now(UTC) - _REACH
    recent = [one for one in history if one.at >= since][-_VERSIONS:]
    if not recent:
        return []
    before = next((one for one in reversed(history) if one.number < recent[0].number), None)
    versions: list[CardRevision | None] = [before, *recent]
    return [found for one in reversed(versions) if (found := playbook_at(area, one)).cards != playbook.cards]
