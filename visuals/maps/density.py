"""The layers that show density: heat and columns over hexagons, for areas that count who is present."""

from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pydeck

from data.area.area import Area
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from visuals.base.hexagons import hexagons
from visuals.base.palette import DENSITY_COLOURS, density_rgb
from visuals.base.placing import metres_per_pixel

_TALLEST_M: Final = 900
_HEAT_PX: Final = 30
_FADE: Final = 0.04
"""Share of the full density below which heat fades out."""
_SMOOTHED: Final = 0.06
"""What is left of the peak of one hexagon after smoothing, tuned by eye on Scheveningen."""

# A forecast never changes, and stepping through its hours asks for the same peak each time.
_PEAKS: Final[WeakKeyDictionary[Forecast, float]] = WeakKeyDictionary()


def density_peak(forecast: Forecast, area: Area) -> float:
    """Return the people per m² at the full end of the density scale: the highest of the week (90th percentile)."""
    peak = _PEAKS.get(forecast)
    if peak is None:
        counts = np.nan_to_num(in_area_order(forecast, area, forecast.quantile(0.9)))
        peak = _PEAKS[forecast] = float(hexagons(area).density(counts.T).max(initial=0)) or 1.0
    return peak


def scale_position(values: Floats, peak: float) -> Floats:
    """Return where values stand on the colour scale, 0 to 1.

    It is the square root of their share of ``peak``, so that a well-filled beach (a tenth of the density of a
    busy street) can still be told from an empty one.
    """
    return np.asarray(np.sqrt(np.clip(values / peak, 0, 1)))


def in_area_order(forecast: Forecast, area: Area, values: Floats) -> Floats:
    """Return values by zone of the forecast (first axis) in the order of the area's zones, NaN where it has none."""
    ordered = np.full((len(area.zones), *values.shape[1:]), np.nan)
    ordered[[area.zone_ids.index(zone_id) for zone_id in forecast.zone_ids]] = values
    return ordered


def heat_layer(forecast: Forecast, area: Area, counts: Floats) -> pydeck.Layer:
    """Return the density as a heatmap: an impression, for it is smoothed over the screen.

    The scale is that of the whole week as the map opens; zooming in makes the colours lighter.
    """
    spread = hexagons(area)
    present = spread.people(np.nan_to_num(in_area_order(forecast, area, counts)))
    full = density_peak(forecast, area) * _heat_per_density(area)
    return pydeck.Layer(
        "HeatmapLayer",
        [
            {"at": [round(lon, 5), round(lat, 5)], "weight": round(weight, 1)}
            for (lon, lat), weight in zip(spread.centres.tolist(), present.tolist(), strict=True)
        ],
        id="heat",
        get_position="at",
        get_weight="weight",
        radius_pixels=_HEAT_PX,
        color_range=density_rgb(np.sqrt(np.linspace(0, 1, len(DENSITY_COLOURS)))).tolist(),
        # Without a fixed domain every hour would get its own scale.
        color_domain=[full * _FADE, full],
        aggregation=pydeck.types.String("SUM"),
        opacity=0.8,
    )


def _heat_per_density(area: Area) -> float:
    """Return the bound of deck.gl's colour domain that stands for one person per m² as the map opens.

    The layer adds the people around a pixel with a Gaussian weight whose integral is 0.591 r² (r the radius in
    metres) and compares that with the domain times the metres per texel, about 0.6 of those per pixel.
    """
    return 0.591 * _HEAT_PX**2 * metres_per_pixel(area.centre) / 0.6 * _SMOOTHED


def column_layer(forecast: Forecast, area: Area, counts: Floats) -> pydeck.Layer:
    """Return the density as hexagonal columns: height in proportion, colour by its square root.

    Places of which nothing is known have none.
    """
    spread, ordered = hexagons(area), in_area_order(forecast, area, counts)
    density = spread.density(np.nan_to_num(ordered))
    known = spread.people(np.isfinite(ordered).astype(float)) > 0
    peak = density_peak(forecast, area)
    colours = density_rgb(scale_position(density, peak)).tolist()
    heights = (density / peak * _TALLEST_M).round(1).tolist()
    return pydeck.Layer(
        "H3HexagonLayer",
        [
            {"cell": cell, "height": height, "colour": colour}
            for cell, height, colour, there in zip(spread.cells, heights, colours, known, strict=True)
            if there
        ],
        id="hexagons",
        get_hexagon="cell",
        get_elevation="height",
        get_fill_color="colour",
        extruded=True,
        coverage=0.92,
        material={"ambient": 0.75, "diffuse": 0.4, "shininess": 1, "specularColor": [0, 0, 0]},
    )
