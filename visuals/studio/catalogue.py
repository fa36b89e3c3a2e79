"""The templates there are: what each shows, what somebody may choose for it, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from language import Language, UserError, message_id
from visuals.studio.layout.drawing import svg
from visuals.studio.layout.sizes import Size
from visuals.studio.material.material import Material
from visuals.studio.panels.frame import Framed, compose
from visuals.studio.templates import (
    best_hours,
    last_month,
    levels_map,
    scenario,
    session_poster,
    told_us,
    weekend,
    zone_week,
)
from visuals.studio.words.captions import alternative_text
from visuals.studio.words.message import Message

Choice = Literal["moment", "zone", "scenario", "session"]


@dataclass(frozen=True)
class Template:
    """A template: its id and name, what it says of a material, how that is drawn, and what can be chosen for it."""

    id: str
    name: str
    message: Callable[[Material], Message]
    framed: Framed
    choices: tuple[Choice, ...] = ()

    def svg(self, material: Material, size: Size) -> str:
        """Return the picture as SVG. Raises ``UserError`` when the material or the words do not allow it."""
        message = self.message(material)
        return svg(compose(material, message, size, self.framed), alternative_text(material, message))


TEMPLATES: Final[dict[str, Template]] = {
    template.id: template
    for template in (
        Template("levels-map", message_id("Map for one hour"), levels_map.message, levels_map.FRAMED, ("moment",)),
        Template("weekend", message_id("The weekend ahead"), weekend.message, weekend.FRAMED),
        Template(
            "best-hours",
            message_id("Busiest and quietest hours"),
            best_hours.message,
            best_hours.FRAMED,
            ("moment", "zone"),
        ),
        Template("zone-week", message_id("The week at one place"), zone_week.message, zone_week.FRAMED, ("zone",)),
        Template(
            "scenario",
            message_id("What if, beside the forecast"),
            scenario.message,
            scenario.FRAMED,
            ("moment", "zone", "scenario"),
        ),
        Template("last-month", message_id("How good were we?"), last_month.message, last_month.FRAMED),
        Template("what-you-told-us", message_id("What you told us"), told_us.message, told_us.FRAMED),
        Template(
            "session-poster",
            message_id("Poster of a meeting"),
            session_poster.message,
            session_poster.FRAMED,
            ("session",),
        ),
    )
}


def template_of(template_id: str) -> Template:
    """Return the template with this id. Raises ``UserError`` when there is none."""
    if template_id not in TEMPLATES:
        raise UserError(
            "There is no template '{template}'. Choose one of: {known}.",
            template=template_id,
            known=", ".join(TEMPLATES),
        )
    return TEMPLATES[template_id]


def template_name(template_id: str, lang: Language) -> str:
    """Return what a template is called."""
    return lang.t(TEMPLATES[template_id].name)
