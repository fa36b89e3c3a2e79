"""People's own thresholds between the levels: a value with only what differs from an area's defaults.

It fits in a link and in a file, and gives the same thresholds on every machine that has the same defaults.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import isfinite
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from data.keeping.from_outside import parsed
from data.keeping.toml_file import fault
from forecasting.values.link_text import from_link, to_link
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import NewerError, UserError

VERSION: Final = 1

MOST: Final = 10_000_000
"""No threshold of one place may lie above so many people."""

_ZONES: Final = 200


def _rising(zone_thresholds: tuple[float, float, float]) -> tuple[float, float, float]:
    yellow, orange, red = (round(threshold, 2) for threshold in zone_thresholds)
    if not (isfinite(red) and 0 < yellow < orange < red <= MOST):
        raise ValueError("thresholds must be above 0 and rise from yellow to orange to red")
    return yellow, orange, red


ThresholdCounts = Annotated[tuple[float, float, float], AfterValidator(_rising)]
"""Counts from which a place is yellow, orange and red, to a hundredth."""

ZoneId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]


class ThresholdSet(BaseModel):
    """Thresholds of the zones that differ from the area's defaults, by zone id; a zone that is absent keeps its own.

    Counts are people (``present``) or passages in the hour (``passages``), as in ``Thresholds``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = VERSION
    zones: Annotated[dict[ZoneId, ThresholdCounts], Field(max_length=_ZONES)] = {}

    @classmethod
    def between(cls, thresholds: Thresholds, defaults: Thresholds) -> "ThresholdSet":
        """Return what differs between ``thresholds`` and ``defaults`` (to a hundredth)."""
        return cls().with_zones(
            {zone_id: _zone_thresholds(zone) for zone_id, zone in thresholds.zones.items()}, defaults
        )

    @classmethod
    def from_json(cls, text: str) -> "ThresholdSet":
        """Read a set from JSON: ``{"version": 1, "zones": {"pier": [1700, 2900, 4300]}}``.

        Raises ``UserError`` that says what is wrong; for a set that a newer version made, ``NewerError``.
        """
        try:
            fields = parsed(text)
        except ValueError as error:
            raise UserError("These thresholds cannot be read: {what}.", what=str(error)) from error
        if isinstance(fields, Mapping) and isinstance(fields.get("version"), int) and fields["version"] > VERSION:
            raise NewerError("These thresholds were made with a newer version of this project.")
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            where, what = fault(error)
            raise UserError("These thresholds cannot be read: {what}.", what=f"{where or '.'}: {what}") from error

    @classmethod
    def decode(cls, text: str) -> "ThresholdSet":
        """Read a set from :attr:`text`. Raises ``UserError`` when it is damaged or newer."""
        try:
            content = from_link(text)
        except ValueError as error:
            raise UserError("These thresholds cannot be read: {what}.", what="base64url") from error
        return cls.from_json(content)

    @cached_property
    def json_text(self) -> str:
        """The set as compact JSON, zones in alphabetical order, whole numbers without a point."""
        zones = {zone: [int(b) if b == int(b) else b for b in self.zones[zone]] for zone in sorted(self.zones)}
        return json.dumps({"version": self.version, "zones": zones}, separators=(",", ":"))

    @cached_property
    def text(self) -> str:
        """The set for a link, see :mod:`forecasting.values.link_text`; the same set is the same text."""
        return to_link(self.json_text)

    def on(self, defaults: Thresholds) -> Thresholds:
        """Return ``defaults`` with these thresholds instead of theirs; zones that it does not have are left out."""
        chosen = {zone: ZoneThresholds(*self.zones[zone], "chosen") for zone in self.zones if zone in defaults.zones}
        return Thresholds({**defaults.zones, **chosen}) if chosen else defaults

    def with_zones(
        self, zone_thresholds: Mapping[str, tuple[float, float, float]], defaults: Thresholds
    ) -> "ThresholdSet":
        """Return the set with other thresholds for some zones; what equals the defaults is left out.

        Raises ``ValueError`` (pydantic's) when thresholds do not rise.
        """
        changed = ThresholdSet(zones=dict(zone_thresholds))
        zones = {**self.zones, **changed.zones}
        usual = ThresholdSet(
            zones={zone: _zone_thresholds(defaults.zones[zone]) for zone in zones if zone in defaults.zones}
        )
        return ThresholdSet(zones={zone: found for zone, found in zones.items() if found != usual.zones.get(zone)})

    def only(self, zone_ids: Iterable[str]) -> "ThresholdSet":
        """Return the set without zones that are not among ``zone_ids``."""
        known = set(zone_ids)
        return (
            self
            if known.issuperset(self.zones)
            else self.model_copy(
                update={
                    "zones": {zone: zone_thresholds for zone, zone_thresholds in self.zones.items() if zone in known}
                }
            )
        )


def _zone_thresholds(zone: ZoneThresholds) -> tuple[float, float, float]:
    return zone.yellow, zone.orange, zone.red
