"""Places and weeks without a forecast, and why: too little was counted, or nothing is at those hours."""

import numpy as np

from data.area.area import Area
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Flags
from forecasting.values.forecast import Forecast
from language import Language, UserError
from language.said import tells


class NothingKnownError(UserError):
    """A forecast in which nothing is known of any place at any hour; it says why."""


def check_known(snapshot: Snapshot, found: Forecast) -> None:
    """Raise ``NothingKnownError`` when ``found``, the forecast of a snapshot, says nothing at all."""
    if np.isfinite(found.median).any():
        return
    silent = [kind == "unknown" for kind in snapshot.zone_models]
    if all(silent):
        raise NothingKnownError(
            "There is no forecast of {area}: too little was counted. At least one place needs three days on which "
            "most of the usual hours are counted.",
            area=snapshot.area_id,
        )
    if not any(silent):
        raise NothingKnownError(
            "There is no forecast of {area} for these hours. In the last eight weeks of counts they were counted "
            "nowhere, or on fewer than three days. Ask for other hours, or for more of them.",
            area=snapshot.area_id,
        )
    raise NothingKnownError(
        "There is no forecast of {area} for these hours. At some places too little was counted. At the others "
        "these hours are not counted. Ask for other hours, or for more of them.",
        area=snapshot.area_id,
    )


@tells("count")
def unknown_sentences(snapshot: Snapshot, found: Forecast, area: Area, lang: Language) -> list[str]:
    """Name the places of which ``found``, the forecast of a snapshot, says nothing, and say why."""
    nothing = ~np.isfinite(found.median).any(axis=1)
    silent = np.array([kind == "unknown" for kind in snapshot.zone_models])
    said = []
    if (nothing & silent).any():
        said.append(
            lang.t(
                "No forecast, because too little was counted there: {zones}.",
                zones=_names(nothing & silent, area, lang),
            )
        )
    if (nothing & ~silent).any():
        said.append(
            lang.t(
                "No forecast, because these hours are not counted there: {zones}.",
                zones=_names(nothing & ~silent, area, lang),
            )
        )
    return said


def _names(chosen: Flags, area: Area, lang: Language) -> str:
    return ", ".join(zone.name(lang) for zone, here in zip(area.zones, chosen, strict=True) if here)
