"""One picture to decide on, as a link opens it on a phone: what it shows, what it claims, yes, or no with a reason."""

import streamlit as st

from forecasting.values.adoption import in_force
from forecasting.values.threshold_set import ThresholdSet
from language import Language, UserError, language
from language.markdown import as_text, bullets
from reports.picture_register import REASON, Entry, approve, find_entry, may_decide, refuse
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, attempt, do_seen
from streamlit_app.studio.keys import StudioKey
from streamlit_app.studio.picture_desk import Desk, open_desk, person, preview
from streamlit_app.studio.picture_release import history, who_decides
from visuals.studio.catalogue import template_name
from visuals.studio.material.gathering import material_of
from visuals.words.adopted import whose_sentence
from visuals.words.claim_words import claims_told
from visuals.words.hours import capitalised

PICTURE_PX = 560
"""Width of the picture on a large screen: as high as the window, with the buttons above it."""


def desk_of(entry: Entry) -> Desk:
    """Return a picture of the register on the desk, as it was asked for, with the thresholds in force now.

    Raises ``UserError`` when it cannot be made any more.
    """
    area, lang = resources.area(entry.order.area), language(entry.order.lang)
    snapshot, forecast = resources.recalled(area.id, entry.order.snapshot)
    adopted = in_force(area.id)
    zone_thresholds = (adopted.thresholds if adopted else ThresholdSet()).on(resources.thresholds(area.id))
    whose = whose_sentence(adopted, lang, area.tz, own=False)
    return open_desk(material_of(area, lang, snapshot, forecast, zone_thresholds, whose_thresholds=whose), entry.order)


def show_approval(picture_id: str, lang: Language) -> None:
    """Show a picture with what it claims, and the two buttons for who may decide on it."""
    entry = find_entry(picture_id)
    if entry is None:
        raise UserError("There is no picture '{id}' in the register.", id=picture_id)
    seen = as_drawn(f"picture.{picture_id}", find_entry, picture_id)
    desk = desk_of(entry)
    st.title(as_text(entry.headline), anchor=False)
    st.markdown(f":gray[{template_name(entry.order.template, lang)} · {as_text(capitalised(history(entry, lang)))}]")
    _show_outcome(entry, lang)
    if may_decide(entry, person()):
        with st.container(horizontal=True):
            label = lang.t("Approve and release") if entry.serious else lang.t("Approve")
            if st.button(label, key=StudioKey.APPROVE, type="primary", icon=":material/check:") and attempt(
                lang, lambda: do_seen(seen, approve, entry.id, person())
            ):
                st.rerun()
            with st.popover(lang.t("Refuse"), icon=":material/close:"):
                reason = st.text_area(
                    lang.t("Why? Your colleague reads this."), max_chars=REASON, key=StudioKey.REFUSE_WHY
                )
                if st.button(lang.t("Refuse it"), key=StudioKey.REFUSE) and attempt(
                    lang, lambda: do_seen(seen, refuse, entry.id, reason, person())
                ):
                    st.rerun()
    elif not (entry.ready or entry.refused or entry.withdrawn):
        st.info(who_decides(entry, lang), icon=":material/group:")
    st.image(preview(desk, "portrait"), alt=desk.message.alt, width=PICTURE_PX)
    if claimed := claims_told(entry.claims, resources.area(entry.order.area), lang):
        st.markdown(f"{lang.t('What the picture claims:')}\n{bullets(claimed)}")


def _show_outcome(entry: Entry, lang: Language) -> None:
    """Say what was decided, to who opens the link afterwards too."""
    if refused := entry.last("refused"):
        st.warning(lang.md("Refused: {reason}", reason=refused.reason), icon=":material/undo:")
    elif entry.withdrawn:
        st.info(lang.t("This picture was withdrawn. There is nothing to decide any more."), icon=":material/undo:")
    elif entry.ready:
        st.success(lang.t("This picture is approved and may go out."), icon=":material/check:")
