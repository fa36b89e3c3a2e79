"""How busy each kind of place is by hour of the local day: persons present, as a share of its busiest hour."""

from typing import Final

import numpy as np

from data.area.zone import ZoneKind
from data.simulator.noise import Floats

# Hours 0–23. Workday: Monday to Friday. Free day: Saturday, Sunday and public holidays.
_WORKDAY: Final[dict[ZoneKind, str]] = {
    "beach": ".01 .01 .005 .005 .005 .01 .03 .07 .12 .22 .38 .55 .70 .83 .93 .99 1.0 .92 .76 .58 .42 .27 .12 .04",
    "promenade": ".05 .03 .02 .01 .01 .03 .07 .13 .21 .33 .48 .62 .74 .82 .90 .96 1.0 .99 .95 .90 .80 .60 .34 .14",
    "square": ".08 .05 .03 .02 .01 .03 .08 .17 .28 .40 .54 .68 .80 .83 .85 .89 .94 1.0 .98 .94 .86 .68 .44 .20",
    "street": ".06 .04 .02 .01 .01 .03 .09 .22 .36 .52 .70 .83 .92 .94 .97 1.0 .99 .90 .74 .58 .45 .32 .20 .11",
    "quay": ".05 .03 .02 .01 .02 .05 .11 .20 .30 .40 .54 .70 .84 .80 .72 .74 .82 .93 1.0 .97 .83 .58 .32 .13",
}
_FREE_DAY: Final[dict[ZoneKind, str]] = {
    "beach": ".02 .01 .01 .005 .005 .01 .02 .05 .11 .24 .44 .64 .80 .91 .98 1.0 .98 .90 .74 .55 .38 .24 .12 .05",
    "promenade": ".10 .06 .04 .02 .01 .02 .05 .10 .18 .33 .52 .70 .83 .92 .98 1.0 1.0 .97 .91 .85 .77 .60 .40 .21",
    "square": ".20 .14 .08 .04 .02 .02 .05 .11 .20 .34 .52 .68 .80 .86 .91 .95 .98 1.0 .98 .95 .90 .78 .60 .37",
    "street": ".12 .08 .05 .03 .01 .02 .05 .12 .25 .46 .70 .87 .97 1.0 1.0 .98 .93 .82 .67 .55 .46 .37 .28 .19",
    "quay": ".10 .06 .04 .02 .01 .03 .07 .13 .22 .38 .57 .75 .88 .89 .86 .87 .92 .98 1.0 .96 .84 .64 .42 .22",
}


def _table(rows: dict[ZoneKind, str]) -> dict[ZoneKind, Floats]:
    return {kind: np.array([float(share) for share in row.split()]) for kind, row in rows.items()}


WORKDAY_SHARE: Final = _table(_WORKDAY)
"""Kind of zone → 24 shares, Monday to Friday."""

FREE_DAY_SHARE: Final = _table(_FREE_DAY)
"""Kind of zone → 24 shares, Saturday, Sunday and public holidays."""
