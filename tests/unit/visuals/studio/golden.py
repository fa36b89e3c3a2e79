"""The golden pictures: which, and how they are made.

They show made-up numbers on the zones of Scheveningen, so that a new model does not change them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.area.sources import read_sources
from language import language
from visuals.base.basemap import basemap_of
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.layout.drawing import png
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.material import Material, opening

FOLDER = Path(__file__).with_name("golden")
SMALL = 0.3


@dataclass(frozen=True)
class Case:
    template: str
    size: str
    lang: str

    @property
    def name(self) -> str:
        return f"{self.template}-{self.size}-{self.lang}"


CASES = (
    Case("levels-map", "square", "nl"),
    Case("levels-map", "landscape", "en"),
    Case("weekend", "portrait", "nl"),
    Case("best-hours", "square", "en"),
    Case("zone-week", "story", "nl"),
)


def material_of(forecast, area, thresholds, lang: str) -> Material:
    since = datetime(2026, 8, 3, 6, tzinfo=UTC)
    index, zone_id = opening(forecast, thresholds, since)
    return Material(
        area=area,
        lang=language(lang),
        forecast=forecast,
        thresholds=thresholds,
        sources=tuple(read_sources("scheveningen")),
        basemap=basemap_of("scheveningen"),
        hour_index=index,
        zone_id=zone_id,
        since=since,
    )


def drawn_small(material: Material, case: Case) -> bytes:
    return png(TEMPLATES[case.template].svg(material, SIZES[case.size]), SMALL)
