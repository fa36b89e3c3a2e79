"""How quickly the picture studio makes a picture and a press kit, and whether its memory stays flat.

Everything runs in a fresh process, as in a command. Cold is the first picture of a process whose forecast is in
memory already: it starts the renderer and reads the typeface.
"""

import json
import os
import subprocess
import sys
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from benchmarks.results import Row, Section

RENDERS: Final = 200
WARM: Final = 12
_SETTLED: Final = 40
"""Pictures after which caches are full; memory is compared from there on."""


def measure() -> dict[str, float]:
    """Measure in this process. Seconds, and megabytes of memory after the first pictures and after all."""
    import psutil

    from reports.press_kit import press_kit
    from visuals.studio.catalogue import TEMPLATES
    from visuals.studio.layout.drawing import png
    from visuals.studio.layout.sizes import SIZES
    from visuals.studio.material.gathering import gather

    material = gather("scheveningen", "nl")
    template, size = TEMPLATES["levels-map"], SIZES["square"]

    def picture(hour: int) -> float:
        start = perf_counter()
        png(template.svg(material.changed(hour_index=hour % len(material.forecast.hours)), size))
        return perf_counter() - start

    cold = picture(20)
    warm = median(picture(30 + hour) for hour in range(WARM))
    start = perf_counter()
    press_kit(template, material, "kit")
    kit = perf_counter() - start
    process = psutil.Process()
    for hour in range(_SETTLED):
        picture(hour)
    before = process.memory_info().rss / 2**20
    for hour in range(RENDERS):
        picture(hour)
    return {"cold": cold, "warm": warm, "kit": kit, "before": before, "after": process.memory_info().rss / 2**20}


def run() -> Section:
    """Measure in a fresh process."""
    with TemporaryDirectory() as home:
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.studio"],
            env={**os.environ, "CSM_HOME": home},
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(answer.stdout)
    return Section(
        "Picture studio",
        f"Map of levels, 1080 × 1080, Scheveningen. Warm: the median of {WARM} hours. Memory: over {RENDERS} pictures.",
        [
            Row("one picture of the studio as PNG, cold", f"{found['cold']:.2f} s", goal="1.5 s", quoted=True),
            Row("one PNG, warm", f"{found['warm']:.2f} s", goal="0.5 s"),
            Row("press kit of 12 files", f"{found['kit']:.1f} s", goal="20 s", quoted=True),
            Row(
                f"memory over {RENDERS} pictures",
                f"{found['before']:.0f} MB to {found['after']:.0f} MB",
                goal="flat",
            ),
        ],
    )


if __name__ == "__main__":
    print(json.dumps(measure()))
