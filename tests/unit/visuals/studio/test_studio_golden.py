"""Pictures look as they did when somebody last judged them.

``pytest --basetemp=DIR`` on this file leaves all of them in DIR, to be looked at and copied over the old ones.
"""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.unit.visuals.studio.golden import CASES, FOLDER, drawn_small, material_of

TOLERANCE = 26
"""Levels of 255 that a pixel may differ: letters are smoothed a little differently from one machine to the next."""
MOST = 0.015
"""Share of pixels that may differ more."""


def differing(one: bytes, other: bytes) -> float:
    pixels = [np.asarray(Image.open(BytesIO(image)).convert("RGB"), dtype=int) for image in (one, other)]
    assert pixels[0].shape == pixels[1].shape
    return float((np.abs(pixels[0] - pixels[1]).max(axis=2) > TOLERANCE).mean())


@pytest.mark.parametrize("case", CASES)
def test_a_picture_looks_as_it_did(home, real_week, zone_thresholds, tmp_path, case):
    forecast, area = real_week
    found = tmp_path / f"{case.name}.png"
    found.write_bytes(drawn_small(material_of(forecast, area, zone_thresholds(area), case.lang), case))
    assert found.stat().st_size < 150_000
    assert differing(found.read_bytes(), (FOLDER / found.name).read_bytes()) <= MOST, f"look at {found}"


def test_another_picture_would_be_seen(home, real_week, zone_thresholds):
    forecast, area = real_week
    material = material_of(forecast, area, zone_thresholds(area), "nl")
    later = material.changed(hour_index=material.hour_index - 5)
    case = CASES[0]
    assert differing(drawn_small(later, case), (FOLDER / f"{case.name}.png").read_bytes()) > MOST
