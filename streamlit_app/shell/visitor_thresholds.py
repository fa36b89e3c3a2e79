"""Which thresholds between the levels a visitor sees: their own, those adopted for the area, or the defaults."""

from dataclasses import dataclass

import streamlit as st

from data.area.area import Area
from forecasting.values.adoption import Adoption, in_force
from forecasting.values.threshold_set import ThresholdSet
from forecasting.values.thresholds import Thresholds
from language import Language, UserError
from streamlit_app.shell import resources, session
from streamlit_app.shell.keys import ShellKey


@dataclass(frozen=True)
class VisitorThresholds:
    """The defaults of this project, the decision in force (if any), and the visitor's own set (if any)."""

    defaults: Thresholds
    adoption: Adoption | None
    own: ThresholdSet | None

    @property
    def in_force(self) -> ThresholdSet:
        """What everybody sees who did not choose thresholds."""
        return self.adoption.thresholds if self.adoption else ThresholdSet()

    @property
    def shown(self) -> ThresholdSet:
        """What this visitor sees."""
        return self.in_force if self.own is None else self.own

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds of all zones as this visitor sees them."""
        return self.shown.on(self.defaults)


def adoption_of(area_id: str) -> Adoption | None:
    """Return the decision in force; ``None`` too where its file was damaged, which the header says."""
    try:
        return in_force(area_id)
    except UserError:
        return None


def take_own(area: Area) -> ThresholdSet:
    """Tidy the visitor's own set in the workspace, and return the set in force.

    Thresholds of places that the area does not have are dropped, with a sentence; a set that is in force anyway is
    nobody's own.
    """
    adoption = adoption_of(area.id)
    everybody = adoption.thresholds if adoption else ThresholdSet()
    own = session.current().thresholds
    if own is not None and own != (known := own.only(area.zone_ids)):
        session.say_once(session.spoken().t("The link has thresholds for places that are not here. They are left out."))
        own = known
    session.change(thresholds=None if own == everybody else own)
    return everybody


def open_thresholds(area: Area) -> VisitorThresholds:
    """Return the thresholds that hold in this session. Raises ``UserError`` when the area has no models."""
    return VisitorThresholds(resources.thresholds(area.id), adoption_of(area.id), session.current().thresholds)


def show_own(area: Area, lang: Language) -> None:
    """Say above every page that other thresholds hold here than those in force, with a way back to these."""
    try:
        in_force(area.id)
    except UserError as error:
        st.warning(error.md(lang), icon=":material/info:")
    take_own(area)
    # Always a container, also an empty one: the rest of the page must not move to other places in the tree.
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if session.current().thresholds is None:
        return
    with row:
        st.badge(lang.t("Your own thresholds"), icon=":material/tune:", color="blue", width="content")
        st.button(
            lang.t("Back to the thresholds in force"),
            key=ShellKey.IN_FORCE,
            type="tertiary",
            icon=":material/undo:",
            on_click=lambda: session.change(thresholds=None),
        )
