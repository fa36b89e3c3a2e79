"""Running a trial: freezing its plan, breaking off, which days count, and the result."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import uuid4

import pandas as pd
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from data.area.area import Area
from data.keeping.acts import OWNER, Actor, under_way
from data.keeping.real_time import real_now, real_today, utc_text
from feedback.database import trial_rows
from feedback.database.texts import clean
from feedback.database.trial_rows import BreakRow, TrialRow
from language import UserError
from response.actions.chain import digest
from response.cards.card import Playbook
from response.effects.days import Day, Left, day_of
from response.effects.estimating import Estimate, estimate
from response.effects.frozen import FrozenDay
from response.trials.plan import FEWEST, MOST, Plan

SHORTEST_REASON: Final = 5


@dataclass(frozen=True)
class Trial:
    """A trial: its plan, the hash it was frozen with and whether that still fits, and days that were broken off."""

    plan: Plan
    frozen: str
    hash: str
    whole: bool
    breaks: tuple[BreakRow, ...]


@dataclass(frozen=True)
class Result:
    """What came of a trial, judged as the lots were drawn, whatever was done then.

    ``estimate`` is ``None`` with too few days. ``kept``: the same without the days that somebody broke off. ``left``:
    days that do not count, and why. ``to_come``: how many days are still to come.
    """

    days: tuple[Day, ...]
    left: tuple[tuple[date, Left], ...]
    broken: tuple[date, ...]
    estimate: Estimate | None
    kept: Estimate | None
    to_come: int


def checked(plan: Plan, area: Area, playbook: Playbook, today: date) -> Plan:
    """Return a plan as it may be frozen. Raises ``UserError`` that says what is wrong with it."""
    card = playbook.card(plan.card)
    if card is None:
        raise UserError("There is no card '{card}' in this playbook.", card=plan.card)
    if card.taste != "sweet":
        raise UserError("Lots are drawn over sweet cards only. What restricts people is never left to chance.")
    gone = [zone for zone in plan.zones if zone not in area.zone_ids]
    if gone:
        raise UserError("Area {area} has no place '{zone}'.", area=area.id, zone=gone[0])
    if plan.days[0] <= today:
        raise UserError("The first day must be after today, so that the plan is frozen before it begins.")
    return plan


def lacking_in(values: Mapping[str, Any]) -> list[str]:
    """Return which fields of plain values are empty, too short or not right, so that they are no plan yet."""
    try:
        Plan.model_validate(dict(values))
    except ValidationError as error:
        return list(dict.fromkeys(_field(one) for one in error.errors()))
    return []


def _field(error: ErrorDetails) -> str:
    return str(error["loc"][0]) if error["loc"] else "days"


def read_plan(values: Mapping[str, Any]) -> Plan:
    """Return a plan of plain values. Raises ``UserError`` when they are none."""
    try:
        return Plan.model_validate(dict(values))
    except ValidationError as error:
        where = _field(error.errors()[0])
        if where == "days":
            raise UserError("A trial has {fewest} to {most} different days.", fewest=FEWEST, most=MOST) from error
        raise UserError("'{key}' of this plan is not right. Change it.", key=where) from error


def freeze(plan: Plan, area: Area, playbook: Playbook) -> Trial:
    """Freeze a plan by its hash; nothing of it can be changed after that. Raises ``UserError`` as :func:`checked`."""
    plan = checked(plan, area, playbook, real_today(area.tz))
    actor = _actor()
    row = TrialRow(plan.id, area.id, utc_text(real_now()), str(actor.role), actor.organisation, plan.text(), plan.hash)
    trial_rows.add_trial(row)
    return find_trial(plan.id)


def break_off(trial_id: str, day: date, *, reason: str) -> Trial:
    """Note that a day of a trial was not as the lots said, and why. Anybody who acts may; it is reported.

    Raises ``UserError`` when the day is not of the trial, or no reason is given.
    """
    trial, said = find_trial(trial_id), clean(reason, longest=600)
    if day not in trial.plan.days:
        raise UserError("This day is not part of the trial.")
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in a few words why this day was broken off.")
    actor = _actor()
    trial_rows.add_break(
        BreakRow(
            str(uuid4()), trial_id, day.isoformat(), said, str(actor.role), actor.organisation, utc_text(real_now())
        )
    )
    return find_trial(trial_id)


def trials(area_id: str) -> list[Trial]:
    """Return the trials of an area, the newest first."""
    return [_trial(row) for row in trial_rows.trial_rows(area_id)]


def find_trial(trial_id: str) -> Trial:
    """Return a trial. Raises ``UserError`` when there is none with this id."""
    row = trial_rows.trial_row(trial_id)
    if row is None:
        raise UserError("There is no trial '{id}'.", id=trial_id[:40])
    return _trial(row)


def result(
    trial: Trial, frozen: Mapping[date, FrozenDay], sums: pd.Series, today: date, *, red: Sequence[date] = ()
) -> Result:
    """Return what came of a trial until yesterday.

    ``red``: days whose forecast, made before they began, had a chance of red that is too high. They count neither
    on nor off, which the lots do not know of, so the comparison stays fair.
    """
    plan, days, left = trial.plan, [], []
    past = [day for day in plan.days if day < today]
    for day in past:
        found: Day | Left = "no forecast"
        if day in red:
            found = "too red"
        elif day in frozen:
            found = day_of(frozen[day], sums, plan.zones, plan.parts, treated=day in plan.on)
        if isinstance(found, Day):
            days.append(found)
        else:
            left.append((day, found))
    broken = tuple(date.fromisoformat(one.day) for one in trial.breaks)
    return Result(
        days=tuple(days),
        left=tuple(left),
        broken=broken,
        estimate=_estimate(days),
        kept=_estimate([one for one in days if one.day not in broken]) if broken else None,
        to_come=len(plan.days) - len(past),
    )


def _estimate(days: Sequence[Day]) -> Estimate | None:
    try:
        return estimate([one.unit for one in days])
    except ValueError:
        return None


def _trial(row: TrialRow) -> Trial:
    values = json.loads(row.plan)
    on = values.pop("on")
    plan = Plan.model_validate(values | {"matters": values["matters"] / 10_000})
    whole = digest(row.plan) == row.hash and on == [day.isoformat() for day in plan.on]
    return Trial(plan, row.frozen, row.hash, whole, tuple(trial_rows.break_rows(row.id)))


def _actor() -> Actor:
    under = under_way()
    return under.actor if under is not None else OWNER
