"""An order: everything that must be known to make one picture again, word for word."""

import hashlib
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from feedback.contributions.told import told_about
from forecasting.values.scenario import Scenario
from language import UserError
from language.visible import visible
from visuals.studio.layout.brand import kept_brand
from visuals.studio.material.material import Material, Words, hour_of
from visuals.studio.material.meeting import ADDRESS, meeting_of

_Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(visible)]


class Order(BaseModel):
    """What to make: a template of an area, from which snapshot, of which moment and place, in which words.

    ``scenario`` is encoded, ``session`` a name, ``brand`` the name of a kept brand. Empty words are the proposed ones.
    ``corrects`` is the id of the published picture that this one corrects.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    area: str
    template: str
    lang: str
    snapshot: str
    at: AwareDatetime
    zone: str
    scenario: str | None = None
    session: str | None = None
    address: str = ADDRESS
    brand: str | None = None
    headline: _Text = ""
    advice: _Text = ""
    corrects: str | None = Field(default=None, pattern=r"^[0-9a-f]{12}$")

    @property
    def id(self) -> str:
        """The same for the same order, another one as soon as anything in it changes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:12]


def ordered(material: Material, order: Order) -> Material:
    """Return ``material`` of the order's area and snapshot as the order wants it shown.

    Raises ``UserError`` when its moment, zone, scenario, session or brand is not there any more.
    """
    if order.zone not in material.forecast.zone_ids:
        raise UserError("Area {area} has no place '{zone}'.", area=order.area, zone=order.zone)
    shown = material.changed(
        hour_index=hour_of(material.forecast, order.at, material.lang),
        zone_id=order.zone,
        scenario=Scenario.decode(order.scenario) if order.scenario else None,
        brand=kept_brand(order.brand),
        words=Words(order.headline, order.advice),
    )
    return completed(shown, order.template, order.session, order.address)


def completed(material: Material, template_id: str, session: str | None, address: str = ADDRESS) -> Material:
    """Return the material with what only some templates show: a session, or what people told us.

    Raises ``UserError`` when there is no session of that name.
    """
    if template_id == "session-poster":
        today = material.since.date()
        meeting = meeting_of(material.area.id, session, today, address)
        return material.changed(meeting=meeting, link=meeting.link)
    if address != ADDRESS:
        material = material.changed(link=f"{address.rstrip('/')}/today?area={material.area.id}")
    if template_id == "what-you-told-us":
        return material.changed(told=told_about(material.area.id))
    return material
