"""Beeldstudio / Picture studio: from an occasion to a picture that a colleague has approved, in two minutes."""

import streamlit as st

from data.keeping.acts import see
from feedback.people.roles import Role
from reports.picture_register import entries
from streamlit_app.access.permissions import only_for
from streamlit_app.notebook.cell import cell
from streamlit_app.shell import session
from streamlit_app.shell.context import open_context
from streamlit_app.shell.shown import note_picture
from streamlit_app.shell.watching import watch
from streamlit_app.showing.reproduce import python
from streamlit_app.studio.brand_desk import show_brands
from streamlit_app.studio.picture_approval import show_approval
from streamlit_app.studio.picture_choosing import choose_picture, choose_size
from streamlit_app.studio.picture_desk import open_desk, open_material, order_of, preview
from streamlit_app.studio.picture_release import show_downloads, show_recent, show_standing
from streamlit_app.studio.picture_words import choose_words, show_captions, show_contradictions
from visuals.studio.material.order import ordered
from visuals.studio.words.colophon import colophon

only_for(session.spoken(), Role.COMMUNICATIONS, Role.PROFESSIONAL)
if wanted := st.query_params.get("approve"):
    session.add_to_address(approve=wanted)
    show_approval(wanted, session.spoken())
    st.stop()
context = open_context()
lang = context.lang
material = open_material(context)

with cell(
    context,
    "picture",
    lang.t("Make a picture"),
    lang.t("Choose the occasion. Everything else is filled in; change what you want."),
    heading=True,
    responses=False,
) as this:
    choice = choose_picture(context, material)
    base = order_of(context, choice)
    # On a phone columns stand above each other by themselves.
    left, right = st.columns([5, 6], gap="medium")
    with left:
        size_id = choose_size(lang)
        order = choose_words(base, choice.template, ordered(material, base), lang)
        desk = open_desk(material, order)
        show_contradictions(desk, lang)
        show_downloads(desk, size_id, lang)
    with right, st.container(border=True):
        st.image(preview(desk, size_id), alt=desk.message.alt, width="stretch")
        note_picture(lambda: preview(desk, size_id), desk.message.alt)
    this.computed(
        colophon(desk.material, desk.message, with_map=choice.template.framed.bleed),
        table=lambda: desk.message.figures,
        code=python(
            context,
            "from visuals import Order, material_of, ordered, template_of",
            f"order = Order.model_validate_json({order.model_dump_json()!r})",
            "material = ordered(material_of(area, lang, snapshot, forecast, thresholds), order)",
            "result = template_of(order.template).message(material).figures",
        ),
    )

with cell(
    context,
    "approval",
    lang.t("Approve and publish"),
    lang.t("Four eyes: nobody approves their own picture. Roles are kept, not names."),
    responses=False,
):
    show_standing(desk, lang)

with cell(
    context,
    "captions",
    lang.t("Texts to go with it"),
    lang.t("Copy them with one click. The alternative text is for people who do not see the picture."),
    responses=False,
):
    show_captions(desk, lang)

with cell(
    context,
    "recent",
    lang.t("Recent pictures"),
    lang.t("Published pictures that the newest forecast contradicts are shown first."),
    responses=False,
):
    show_recent(context, material)

with cell(
    context,
    "brands",
    lang.t("House styles"),
    lang.t("Your colour and logo. Before it is kept, we check that everybody can read a picture in it."),
    responses=False,
):
    show_brands(lang)

watch(see(entries, context.area.id), lang)
