"""A zone: a place that is counted and forecast as one, and names in several languages."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from shapely.geometry.base import BaseGeometry

from language import Language
from language.visible import one_line

ZoneKind = Literal["beach", "promenade", "square", "street", "quay", "sensor"]
Name = Annotated[str, AfterValidator(one_line)]
"""What something is called: on one line, and all of it seen."""

Names = dict[str, Name]
"""What something is called, by language code."""

ZONE_ID: Final = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"


class Strict(BaseModel):
    """Values of an area, which nobody changes and which hold nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def in_language(names: Names, lang: Language) -> str:
    """Return the name in ``lang``, or in whatever language there is one."""
    return names.get(lang.code) or next(iter(names.values()))


class Zone(Strict):
    """A place that is counted and forecast as one: a polygon, or the point where a sensor stands.

    ``usable_m2`` is the surface people can stand on; ``width_m`` the walkable width at a sensor. Either may be
    unknown. ``original_id`` is what other people's files call it, where that cannot be an id here. ``recommend``
    says whether its residents agreed that visitors may be sent there.
    """

    zone_id: str = Field(pattern=f"^{ZONE_ID}$")
    names: Names
    kind: ZoneKind
    original_id: Name | None = None
    usable_m2: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    width_m: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    recommend: bool = False
    geometry: BaseGeometry

    def name(self, lang: Language) -> str:
        """Return the zone's name in ``lang``."""
        return in_language(self.names, lang)
