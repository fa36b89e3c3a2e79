"""The week ahead of an area for the app: read and computed once for all who look at the same."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from data.area.area import Area
from data.area.measures import Measures
from data.keeping.fingerprint import DESCRIPTION, MEASURES, PLAYBOOK, fingerprint
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import Thresholds
from language import UserError
from reports.playbook.gathering import taken_back
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.conditions.gate import cards_in_force
from response.week.ahead import Use, WeekAhead, seen_at, week_ahead
from response.week.effects import Effect, effect_of, scenario_of
from response.week.withdrawn import Withdrawn
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context


def playbook_of(area: Area) -> Playbook:
    """Return the cards of an area as they stand now. Raises ``UserError`` when their file is not valid."""
    return _playbook(area.id, fingerprint(area.id, (*DESCRIPTION, *MEASURES, *PLAYBOOK)))


@st.cache_resource(max_entries=50, show_spinner=False)
def _playbook(area_id: str, files: str) -> Playbook:  # noqa: ARG001 - a key of the cache
    return read_playbook(resources.area(area_id))


def week_of(context: Context) -> WeekAhead:
    """Return the week ahead of what is looked at: its forecast with the scenario, and its thresholds."""
    thresholds = context.visitor_thresholds.shown.text
    return week_seen(context.area, context.forecast, context.thresholds, thresholds)


def week_seen(area: Area, forecast: Forecast, thresholds: Thresholds, key: str) -> WeekAhead:
    """Return the week ahead of a forecast, seen now; ``key`` names the thresholds."""
    playbook = cards_in_force(area.id, playbook_of(area))
    files = fingerprint(area.id, (*DESCRIPTION, *MEASURES, *PLAYBOOK)) + " ".join(card.id for card in playbook.cards)
    now = seen_at(forecast, area).replace(second=0, microsecond=0)
    return _week(forecast.snapshot_id, forecast.scenario, key, files, now, forecast, thresholds, area, playbook)


@st.cache_resource(max_entries=40, show_spinner=False)
def _week(
    snapshot_id: str,  # noqa: ARG001 - a key of the cache
    scenario: str,  # noqa: ARG001 - a key of the cache
    key: str,  # noqa: ARG001 - a key of the cache
    files: str,  # noqa: ARG001 - a key of the cache
    now: datetime,
    _forecast: Forecast,
    _thresholds: Thresholds,
    _area: Area,
    _cards: Playbook,
) -> WeekAhead:
    return week_ahead(_cards, _forecast, _thresholds, _area, now)


def off_again(
    week: WeekAhead, area: Area, part: Callable[[WeekAhead], WeekAhead] = lambda week: week
) -> tuple[Withdrawn, ...]:
    """Return what earlier forecasts called for and this one does not any more, in the ``part`` of it that counts."""
    return taken_back(week, area, week.thresholds, obtain=resources.saved, part=part)


def effect_shown(use: Use, context: Context) -> Effect | None:
    """Return what a card is expected to do on its day, on top of the scenario that is on; ``None`` when unknown."""
    made_of = (context.snapshot.id, context.forecast.scenario, context.visitor_thresholds.shown.text)
    return _effect(made_of, use.card.id, use.day.isoformat(), str(use.span), use, context)


@st.cache_resource(max_entries=200, show_spinner=False)
def _effect(
    made_of: tuple[str, ...],  # noqa: ARG001 - a key of the cache
    card_id: str,  # noqa: ARG001 - a key of the cache
    day: str,  # noqa: ARG001 - a key of the cache
    span: str,  # noqa: ARG001 - a key of the cache
    _use: Use,
    _context: Context,
) -> Effect | None:
    context, measures = _context, _known_measures(_context.snapshot)

    def applied(scenario: Scenario) -> Forecast:
        return resources.applied(context.snapshot, context.unchanged, on_top(context, scenario))

    try:
        return effect_of(_use, measures, context.forecast, context.thresholds, applied)
    except UserError:  # one that the scenario which is on does not leave room for
        return None


def on_top(context: Context, scenario: Scenario) -> Scenario:
    """Return the scenario that is on, with the measures of another one as well."""
    is_on = context.workspace.scenario or Scenario()
    return is_on.but(measures=tuple(dict.fromkeys((*is_on.measures, *scenario.measures))))


def scenario_with(use: Use, context: Context) -> Scenario:
    """Return the scenario to open for a use of a card."""
    return on_top(context, scenario_of([use], _known_measures(context.snapshot)))


def _known_measures(snapshot: Snapshot) -> Measures:
    return tuple(snapshot.measures)
