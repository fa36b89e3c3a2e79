"""Proposing thresholds, and seeing how the roles differ."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

import streamlit as st

from data.area.zone import Zone
from feedback.contributions.naming import ROLES
from feedback.contributions.small_cells import K
from feedback.sessions.proposals import (
    Difference,
    Group,
    Sheet,
    ThresholdCounts,
    differences,
    everybody,
    propose,
    proposed,
    withdraw,
)
from forecasting.values.thresholds import LEVELS
from language import Language
from language.markdown import Markdown, bullets
from language.plain import joined
from language.said import fact
from streamlit_app.access.permissions import visitor
from streamlit_app.responses.contribution_form import show_code
from streamlit_app.shell import phone, session
from streamlit_app.shell.acting import attempt, do
from streamlit_app.shell.context import Context
from streamlit_app.shell.past import ruler_of
from streamlit_app.shell.shown import say
from streamlit_app.showing.charts import show_chart
from streamlit_app.thresholds.keys import ThresholdKey
from visuals.base.palette import STYLES, word
from visuals.charts.proposals import difference_sentence, not_a_sample, people_of, proposal_strips, strip_title

ByZone = Mapping[str, list[Group]]

_NAMED: Final = 4
_SHOWN: Final = 3
"""Places at which roles differ most that are put into words."""


def show_proposing(context: Context, zone: Zone) -> None:
    """Show what would be proposed, the choice of a role, and the button that sends it."""
    lang, zones = context.lang, _zones(context, zone)
    if not zones:
        st.info(lang.t("This place was never counted, so there is nothing to compare with."), icon=":material/info:")
        return
    names = [context.area.zone(zone_id).name(lang) for zone_id in zones]
    said = joined(names, lang) if len(names) <= _NAMED else lang.t("{n} places", n=len(names))
    st.markdown(lang.md("You propose your thresholds for: **{places}**.", places=fact(said, "area")))
    role = choose_role(lang)
    st.button(
        lang.t("Send my proposal"),
        type="primary",
        icon=":material/send:",
        key=ThresholdKey.PROPOSE,
        disabled=role is None,
        on_click=_send,
        args=(context, zones, role),
    )
    if role is None:
        st.markdown(lang.t("Choose above who you are. Then you can send."))
    st.markdown(
        ":gray[:small["
        + lang.t(
            "We keep your role, the places and your thresholds. No name. Send again to change it: only your newest "
            "proposal for a place counts."
        )
        + "]]"
    )
    sent: Sheet | None = st.session_state.get(ThresholdKey.PROPOSED)
    if sent is not None and sent.area == context.area.id:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(
                lang.n("Your proposal for {n} place counts.", "Your proposals for {n} places count.", len(sent.zones)),
                icon=":material/check:",
            )
            st.button(
                lang.t("Withdraw it"),
                key=ThresholdKey.WITHDRAW,
                type="tertiary",
                on_click=_take_back,
                args=(sent, lang),
            )
        show_code(context)


def choose_role(lang: Language) -> str | None:
    """Show the choice of whom somebody speaks for; what they chose before on this phone stands at first."""
    if (before := phone.kept_role()) is not None:
        st.session_state.setdefault(ThresholdKey.SPEAKS_AS, before)
    role: str | None = st.pills(
        lang.t("I am one of the"),
        tuple(ROLES),
        format_func=lambda one: people_of(one, lang),
        key=ThresholdKey.SPEAKS_AS,
    )
    phone.keep_draft("proposal", {}, role)
    return role


def show_differences(context: Context, zone: Zone) -> ByZone:
    """Show how the roles differ about a zone, and where they differ most; returns what may be shown."""
    lang, by_zone = context.lang, proposed(context.area.id)
    which: int = st.segmented_control(
        lang.t("About which threshold?"),
        (0, 1, 2),
        default=1,
        required=True,
        format_func=lambda index: f"{STYLES[LEVELS[index + 1]].icon} {word(LEVELS[index + 1], lang)}",
        key=ThresholdKey.ABOUT,
    )
    wide = differences(by_zone, which)
    _show_zone(context, zone, by_zone, which, next((one for one in wide if one.zone == zone.zone_id), None))
    _show_widest(context, wide)
    if by_zone:
        _offer_middles(context, by_zone)
    return by_zone


def _show_zone(context: Context, zone: Zone, by_zone: ByZone, which: int, wide: Difference | None) -> None:
    lang, rule, found = context.lang, ruler_of(context, zone.zone_id), by_zone.get(zone.zone_id)
    if not found or rule is None:
        st.info(
            lang.md(
                "There are fewer than {k} proposals for {zone} so far. We show them when there are {k}, so that "
                "nobody can be recognised.",
                k=K,
                zone=fact(zone.name(lang), "area"),
            ),
            icon=":material/group:",
        )
        return
    usual = context.visitor_thresholds.in_force.on(context.visitor_thresholds.defaults).zones[zone.zone_id]
    show_chart(
        context,
        lambda compact: proposal_strips(
            found,
            rule,
            which,
            (usual.yellow, usual.orange, usual.red)[which],
            context.forecast,
            lang,
            title=strip_title(found, wide, rule, which, context.area, lang),
            compact=compact,
        ),
        "proposals",
        zone.zone_id,
        which,
        hash(tuple(found)),
        alt_text=lang.t("A row of dots for each role: from how many people they call it so. The title says it."),
    )
    hidden = next((group for group in found if group.role is None), None)
    if hidden is not None:
        st.markdown(
            ":gray[:small["
            + lang.md("Roles with fewer than {k} people are put together, so that nobody can be recognised.", k=K)
            + "]]"
        )


def _show_widest(context: Context, wide: list[Difference]) -> None:
    lang, said = context.lang, []
    for one in wide[:_SHOWN]:
        rule = ruler_of(context, one.zone)
        if rule is not None:
            said.append(difference_sentence(one, rule, context.area, lang))
    if said:
        say(
            Markdown("\n\n").join([lang.md("**Where opinions differ most** (the middle of each role):"), bullets(said)])
        )
        st.markdown(f":gray[:small[{not_a_sample(lang)}]]")


def _offer_middles(context: Context, by_zone: ByZone) -> None:
    """Offer to look at the middle of all proposals as one's own thresholds: a start for talking, or for adopting."""
    lang, visitor_thresholds = context.lang, context.visitor_thresholds
    middles = {zone: everybody(found) for zone, found in by_zone.items() if zone in visitor_thresholds.defaults.zones}
    st.button(
        lang.t("Try the middle of all proposals"),
        icon=":material/balance:",
        key=ThresholdKey.MIDDLES,
        on_click=lambda: session.change(
            thresholds=visitor_thresholds.in_force.with_zones(middles, visitor_thresholds.defaults)
        ),
        help=lang.t("Your own thresholds then become those in the middle. Nothing is sent."),
    )


def _zones(context: Context, zone: Zone) -> dict[str, ThresholdCounts]:
    """Return what somebody proposes: the zone they look at, and every zone whose thresholds they moved."""
    everyone = context.visitor_thresholds.in_force.on(context.visitor_thresholds.defaults)
    return {
        zone_id: (found.yellow, found.orange, found.red)
        for zone_id, found in context.thresholds.zones.items()
        if found.basis != "none" and (zone_id == zone.zone_id or found != everyone.zones[zone_id])
    }


def _send(context: Context, zones: Mapping[str, ThresholdCounts], role: str) -> None:
    send_proposal(context, zones, role)


def send_proposal(
    context: Context, zones: Mapping[str, ThresholdCounts], role: str, session_id: str | None = None
) -> bool:
    """Send thresholds by zone as one's proposal, in a session or the one that was entered; say whether it was done."""
    sheet_id: UUID = st.session_state.setdefault(ThresholdKey.SHEET, uuid4())
    entered = visitor().sessions
    sheet = Sheet(sheet_id, context.area.id, role, zones, session_id or (entered[0] if entered else None))
    if not attempt(context.lang, lambda: do(propose, sheet, phone.author())):
        return False
    before: Sheet | None = st.session_state.get(ThresholdKey.PROPOSED)
    if before is not None and before.area == sheet.area:
        sheet = replace(sheet, zones={**before.zones, **sheet.zones})
    st.session_state[ThresholdKey.PROPOSED] = sheet
    return True


def _take_back(sheet: Sheet, lang: Language) -> None:
    if attempt(lang, lambda: do(withdraw, sheet, phone.author())):
        del st.session_state[ThresholdKey.PROPOSED]
