"""On its way out: files, four eyes and release, and what was published before."""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from feedback.people.roles import role_name
from language import Language
from language.markdown import as_text, bold
from reports.corrections import contradiction, contradiction_sentence, correcting
from reports.picture_register import Deed, Entry, approve, ask, entries, find_entry, may_decide, publish, withdraw
from reports.press_kit import press_kit
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, attempt, do_seen
from streamlit_app.shell.context import Context, open_area
from streamlit_app.studio.keys import StudioKey
from streamlit_app.studio.picture_desk import Desk, address, person, put_on_desk
from visuals.studio.catalogue import template_name
from visuals.studio.formats import rendered
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.material import Material
from visuals.studio.moving import can_move
from visuals.studio.words.captions import CHANNELS, channel_name
from visuals.words.hours import capitalised

SHOWN = 8
"""Pictures of the register that the page lists."""

_MIME = {"png": "image/png", "png2": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "gif": "image/gif"}


def show_downloads(desk: Desk, size_id: str, lang: Language) -> None:
    """Show the choice of a format, and the buttons for one file and for the press kit."""
    size = SIZES[size_id]
    names = {"png": "PNG", "png2": lang.t("PNG, twice as sharp"), "svg": "SVG", "pdf": "PDF"}
    if can_move(desk.template, size):
        names["gif"] = lang.t("Moving GIF of the day")
    kept = st.session_state.get(StudioKey.FORMAT)
    st.session_state[StudioKey.FORMAT] = kept if kept in names else "png"
    chosen = (
        st.segmented_control(
            lang.t("Format"),
            tuple(names),
            required=True,
            format_func=names.__getitem__,
            key=StudioKey.FORMAT,
            wrap=True,
        )
        or "png"
    )
    ending = "." + chosen.removesuffix("2")
    scale = 2 if chosen == "png2" else 1
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            lang.t("Download this file"),
            data=lambda: rendered(desk.template, desk.material, size, ending, scale=scale),
            file_name=f"{desk.name}-{size_id}{'@2x' if scale == 2 else ''}{ending}",
            mime=_MIME[chosen],
            key=StudioKey.GET_PICTURE,
            on_click="ignore",
            type="primary",
            icon=":material/download:",
        )
        st.download_button(
            lang.t("Download the press kit (ZIP)"),
            data=lambda: press_kit(desk.template, desk.material, desk.name),
            file_name=f"{desk.name}.zip",
            mime="application/zip",
            key=StudioKey.GET_KIT,
            on_click="ignore",
            icon=":material/folder_zip:",
        )
    st.caption(
        lang.t("The press kit holds all sizes, the figures, the texts for each channel, and where it comes from.")
    )


def show_standing(desk: Desk, lang: Language) -> None:
    """Say how far the picture is, and offer the next step: ask, approve, publish or take back."""
    entry = desk.entry if desk.entry and not (desk.entry.withdrawn or desk.entry.refused) else None
    seen = as_drawn(f"picture.{desk.order.id}", find_entry, desk.order.id)
    st.markdown(_standing_sentence(desk, entry, lang))
    if desk.entry and (refused := desk.entry.last("refused")):
        st.warning(lang.md("Refused: {reason}", reason=refused.reason), icon=":material/undo:")
    if entry is not None and not entry.ready:
        if not may_decide(entry, person()):
            st.markdown(who_decides(entry, lang))
        st.markdown(lang.t("Send your colleague this link; it opens on a phone:"))
        st.code(f"{address()}/studio?approve={entry.id}&lang={lang.code}", language=None, wrap_lines=True)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if entry is None:
            _button(
                lang.t("Ask for approval"),
                StudioKey.ASK,
                lambda: attempt(lang, lambda: do_seen(seen, ask, desk.order, desk.message, person())),
            )
            return
        if not entry.ready:
            if may_decide(entry, person()):
                label = lang.t("Approve and release") if entry.serious else lang.t("Approve")
                _button(
                    label, StudioKey.APPROVE, lambda: attempt(lang, lambda: do_seen(seen, approve, entry.id, person()))
                )
        elif desk.material.standing == "approved":
            channel = st.selectbox(
                lang.t("Published on"),
                CHANNELS[1:],
                format_func=lambda one: channel_name(one, lang),
                key=StudioKey.PUBLISH_WHERE,
                width=280,
                placeholder=lang.t("Choose a channel"),
            )
            _button(
                lang.t("Record as published"),
                StudioKey.PUBLISH,
                lambda: attempt(lang, lambda: do_seen(seen, publish, entry.id, channel, person())),
            )
        _button(
            lang.t("Withdraw"),
            StudioKey.TAKE_BACK,
            lambda: attempt(lang, lambda: do_seen(seen, withdraw, entry.id, person())),
        )
    _show_address(entry, lang)


def _show_address(entry: Entry, lang: Language) -> None:
    """Show the address for other sites of a picture that was published and names a place."""
    zones = entry.places
    if not (zones and entry.ready and entry.last("published")):
        return
    st.markdown(
        lang.t(
            "For your own site: this frame shows the picture for as long as it is valid. After that it shows the "
            "correction."
        )
    )
    source = f"{address()}/embed/{entry.order.area}/{zones[0]}?lang={entry.order.lang}"
    st.code(f'<iframe src="{source}" width="600" height="420"></iframe>', language="html", wrap_lines=True)


def _button(label: str, key: StrEnum, act: Callable[[], bool]) -> None:
    """Show a button that does something in the register, and run the page again when it was done."""
    if st.button(label, key=key) and act():
        st.rerun()


def _standing_sentence(desk: Desk, entry: Entry | None, lang: Language) -> str:
    serious = desk.message.serious
    if entry is None:
        return (
            lang.t(
                "This is a draft. A colleague must approve it. A professional must release it, because it warns "
                "of crowds."
            )
            if serious
            else lang.t("This is a draft. A colleague must approve it before it goes out.")
        )
    if entry.ready and desk.material.standing == "concept":
        return lang.t("What the picture shows has changed since it was approved. Withdraw it and ask again.")
    if entry.ready:
        return lang.t("Approved: {who}. The picture no longer says 'draft'.", who=history(entry, lang))
    if entry.last("approved") and serious:
        return lang.t("{who}. A professional must still release it.", who=capitalised(history(entry, lang)))
    return lang.t("{who}. A colleague must still approve it.", who=capitalised(history(entry, lang)))


def who_decides(entry: Entry, lang: Language) -> str:
    """Say who must decide on a picture to somebody who may not."""
    if entry.last("approved"):
        return lang.t("A professional must release it, because it warns of crowds.")
    return lang.t("A colleague must do that, with a code of their own. You cannot approve your own picture.")


def history(entry: Entry, lang: Language) -> str:
    """Return what was done with a picture, by role, never by name: 'asked by communications (3 August)'."""
    names: dict[Deed, str] = {
        "asked": lang.t("requested by {role} on {day}"),
        "approved": lang.t("approved by {role} on {day}"),
        "released": lang.t("released by {role} on {day}"),
        "published": lang.t("published by {role} on {day}"),
        "withdrawn": lang.t("withdrawn by {role} on {day}"),
        "refused": lang.t("refused by {role} on {day}"),
    }
    tz = open_area().tz
    return ", ".join(
        names[done.deed].format(role=role_name(done.role, lang), day=lang.date(done.at, "d MMMM yyyy", tz))
        for done in entry.deeds
    )


def show_recent(context: Context, material: Material) -> None:
    """List the pictures of this area, those first that a newer forecast contradicts, each with the way to open it."""
    lang = context.lang
    found = entries(context.area.id)
    # Whoever opened an older picture looks at an older forecast.
    _, newest = resources.issued(context.area.id, context.area.now())
    flagged = {
        entry.id: wrong
        for entry in found
        if (wrong := contradiction(entry, newest, material.thresholds, material.since)) is not None
    }
    corrected = {entry.order.corrects for entry in found if entry.last("published")}
    shown = sorted(found, key=lambda entry: entry.id not in flagged)[:SHOWN]
    if not shown:
        st.markdown(lang.t("No pictures yet. Make one above and ask a colleague to approve it."))
    for entry in shown:
        done = capitalised(history(entry, lang))
        st.markdown(f"{bold(entry.headline)} · {template_name(entry.order.template, lang)}  \n:gray[{done}]")
        with st.container(horizontal=True, gap="small"):
            st.button(
                lang.t("Open"), key=f"{StudioKey.OPEN_PICTURE}.{entry.id}", on_click=put_on_desk, args=(entry.order,)
            )
            if entry.id in flagged and entry.id not in corrected:
                order = correcting(entry, newest.snapshot_id)
                st.button(
                    lang.t("Make the correction"),
                    key=f"{StudioKey.CORRECT}.{entry.id}",
                    on_click=put_on_desk,
                    args=(order,),
                    type="primary",
                    icon=":material/autorenew:",
                )
        if entry.id in flagged:
            said = contradiction_sentence(flagged[entry.id], context.area, lang)
            st.error(as_text(said), icon=":material/sync_problem:")
