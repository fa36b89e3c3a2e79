"""The picture on the desk of the studio: its order, what it says, and how far it is on its way out."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.area.settings import public_address
from reports.picture_register import Entry, Person, digest_of, find_entry
from streamlit_app.access.permissions import visitor
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.studio.keys import StudioKey
from streamlit_app.studio.picture_choosing import OCCASIONS, Choice
from visuals.studio.catalogue import TEMPLATES, Template
from visuals.studio.layout.drawing import png
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.gathering import material_of
from visuals.studio.material.material import Material
from visuals.studio.material.meeting import ADDRESS
from visuals.studio.material.order import Order, ordered
from visuals.studio.proposing import proposed_message
from visuals.studio.words.message import Message
from visuals.words.adopted import whose_sentence

PREVIEW_PX = 900
"""Width of a preview: a picture for paper has more pixels than a screen."""


@dataclass(frozen=True)
class Desk:
    """A picture that is being made. ``material`` shows it as the order wants, with its standing; ``proposed`` is the
    message in the forecast's own words; ``entry`` is there once somebody asked for approval."""

    order: Order
    template: Template
    material: Material
    message: Message
    proposed: Message
    entry: Entry | None

    @property
    def name(self) -> str:
        """How its files begin."""
        return f"{self.order.area}-{self.order.template}-{self.order.id}"


def open_material(context: Context) -> Material:
    """Return the material of the forecast that is looked at, without scenario, with the thresholds in force.

    Raises ``UserError`` when nothing is known about the coming week.
    """
    visitor_thresholds = context.visitor_thresholds
    return material_of(
        context.area,
        context.lang,
        context.snapshot,
        context.unchanged,
        visitor_thresholds.in_force.on(visitor_thresholds.defaults),
        scenario=context.workspace.scenario,
        whose_thresholds=whose_sentence(visitor_thresholds.adoption, context.lang, context.area.tz, own=False),
    )


def order_of(context: Context, choice: Choice) -> Order:
    """Return the order of what was chosen, in the forecast's own words."""
    scenario = context.workspace.scenario if "scenario" in choice.template.choices else None
    return Order(
        area=context.area.id,
        template=choice.template.id,
        lang=context.lang.code,
        snapshot=context.snapshot.id,
        at=context.unchanged.hours[choice.hour_index].to_pydatetime(),
        zone=choice.zone_id,
        scenario=scenario.encode() if scenario else None,
        session=choice.session,
        # What is approved by one must be the same for a colleague who came under another name of this machine.
        address=address() if "session" in choice.template.choices else public_address() or ADDRESS,
        brand=choice.brand,
        corrects=st.session_state.get(StudioKey.CORRECTS),
    )


def open_desk(material: Material, order: Order) -> Desk:
    """Put a picture on the desk. Raises ``UserError`` when the order cannot be made any more."""
    shown = ordered(material, order)
    if order.corrects and (corrected := find_entry(order.corrects)):
        published = corrected.last("published")
        shown = shown.changed(corrects=published.at if published else material.since)
    template = TEMPLATES[order.template]
    message, entry = template.message(shown), find_entry(order.id)
    standing = entry.standing(message) if entry else "concept"
    return Desk(order, template, shown.changed(standing=standing), message, proposed_message(template, shown), entry)


def preview(desk: Desk, size_id: str) -> bytes:
    """Return the picture as a PNG no wider than a screen. Raises ``UserError`` when words do not fit."""
    key = (desk.order.model_dump_json(), desk.material.standing, size_id, digest_of(desk.message))
    return _previewed(key, desk)


@st.cache_data(max_entries=60, show_spinner=False)
def _previewed(key: tuple[str, ...], _desk: Desk) -> bytes:
    size = SIZES[key[2]]
    return png(_desk.template.svg(_desk.material, size), min(1.0, PREVIEW_PX / size.width))


def put_on_desk(order: Order) -> None:
    """Make the studio show an order that was made before (as a callback, before the page runs again)."""
    for name, occasion in OCCASIONS.items():
        if order.template in occasion.templates:
            st.session_state[StudioKey.OCCASION] = name
            break
    st.session_state[StudioKey.TEMPLATE] = order.template
    st.session_state[StudioKey.CORRECTS] = order.corrects
    fields: dict[str, Any] = {"moment": order.at, "zone": order.zone, "snapshot": order.snapshot}
    session.change(**fields)
    if order.session:
        st.session_state[StudioKey.SESSION] = order.session
    if order.brand:
        st.session_state[StudioKey.BRAND] = order.brand
    base = order.model_copy(update={"headline": "", "advice": ""})
    for key, text in ((StudioKey.HEADLINE, order.headline), (StudioKey.ADVICE, order.advice)):
        if text:
            st.session_state[f"{key}.{base.id}"] = text


def person() -> Person:
    """Return who is at the desk, as the register knows people."""
    found = visitor()
    return Person(found.role, found.person or found.grant or found.role.value)


def address() -> str:
    """Return where the app is reached, as the browser of this session sees it."""
    return (st.context.url or "").split("?")[0].rsplit("/", 1)[0] or ADDRESS
