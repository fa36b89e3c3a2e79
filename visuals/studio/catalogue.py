"""The templates there are: what each shows, what somebody may choose for it, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from language import Language, UserError
from visuals.studio.drawing import svg
from visuals.studio.frame import Framed, compose
from visuals.studio.material import Material
from visuals.studio.message import Message
from visuals.studio.sizes import Size
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

Choice = Literal["moment", "zone", "scenario", "session"]


@dataclass(frozen=True)
class Template:
    """A template: its id, what it says of a material, how that is drawn, and what can be chosen for it."""

    id: str
    message: Callable[[Material], Message]
    framed: Framed
    choices: tuple[Choice, ...] = ()

    def svg(self, material: Material, size: Size) -> str:
        """Return the picture as SVG. Raises ``UserError`` when the material or the words do not allow it."""
        message = self.message(material)
        return svg(compose(material, message, size, self.framed), message.alt)


TEMPLATES: Final[dict[str, Template]] = {
    template.id: template
    for template in (
        Template("levels-map", levels_map.message, levels_map.FRAMED, ("moment",)),
        Template("weekend", weekend.message, weekend.FRAMED),
        Template("best-hours", best_hours.message, best_hours.FRAMED, ("moment", "zone")),
        Template("zone-week", zone_week.message, zone_week.FRAMED, ("zone",)),
        Template("scenario", scenario.message, scenario.FRAMED, ("moment", "zone", "scenario")),
        Template("last-month", last_month.message, last_month.FRAMED),
        Template("what-you-told-us", told_us.message, told_us.FRAMED),
        Template("session-poster", session_poster.message, session_poster.FRAMED, ("session",)),
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
    names = {
        "levels-map": lang.t("Map for one hour"),
        "weekend": lang.t("The weekend ahead"),
        "best-hours": lang.t("Busiest and quietest hours"),
        "zone-week": lang.t("The week at one place"),
        "scenario": lang.t("What if, beside the forecast"),
        "last-month": lang.t("How good were we?"),
        "what-you-told-us": lang.t("What you told us"),
        "session-poster": lang.t("Poster of a meeting"),
    }
    return names[template_id]
