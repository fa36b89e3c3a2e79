"""The form with which people respond: short, for one thumb; nothing typed is lost, nothing is sent twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from feedback.contributions.contributions import FELT, Contribution, send
from feedback.contributions.naming import MOODS, ROLES, TOPICS, mood_name, role_name, topic_name
from feedback.contributions.personal import Finding, find_personal, named
from feedback.database.texts import clean
from feedback.sessions.sessions import open_session_of
from language import UserError
from language.plain import numbered
from language.said import fact
from streamlit_app.access.permissions import visitor
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell import phone, session
from streamlit_app.shell.acting import do
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.showing.mapping import show_map
from visuals.base.palette import label
from visuals.base.views import View
from visuals.words.hours import capitalised, clock

BACK = 48
"""Hours in the past for which people can say how busy it felt."""

_FACES = {
    "glad": "sentiment_satisfied",
    "neutral": "sentiment_neutral",
    "worried": "sentiment_worried",
    "angry": "sentiment_dissatisfied",
}
_FIELDS = ("role", "topic", "mood", "felt", "zone", "hour", "text")
_Options = dict[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Form:
    """One form on a page: its name (stable: drafts are kept by it), and what it asks."""

    context: Context
    name: str
    cell_id: str | None = None
    felt: bool = False
    session_id: str | None = None
    item_id: str | None = None

    def key(self, field: str) -> str:
        """Return the key in the session of one of the form's fields."""
        return f"{ResponseKey.FORM}.{self.name}.{field}"

    def get(self, field: str) -> Any:
        """Return what stands in a field."""
        return st.session_state.get(self.key(field))


def contribution_form(form: Form) -> None:
    """Show the form, or the thanks with the code once it was sent."""
    with st.container(key=f"{phone.FORM}{form.name}"):
        if form.get("sent") is not None:
            _thank(form)
            return
        options = _options(form)
        _restore(form, options)
        _ask(form, options)
        _warn_and_send(form)
    choices = {field: form.get(field) for field in _FIELDS if field != "text"}
    phone.keep_draft(form.name, choices | {"id": form.get("id")}, form.get("role"))


def _options(form: Form) -> _Options:
    now = form.context.area.now().astimezone(UTC)
    return {
        "role": tuple(ROLES),
        "topic": tuple(TOPICS),
        "mood": tuple(MOODS),
        "felt": FELT,
        "zone": form.context.area.zone_ids,
        "hour": tuple((now - timedelta(hours=back)).isoformat() for back in range(BACK)),
    }


def _restore(form: Form, options: _Options) -> None:
    """Fill the fields once with what the browser kept, and with the role that was chosen before."""
    st.session_state.setdefault(form.key("id"), str(uuid4()))
    draft = phone.to_restore(form.name)
    if draft is None:
        return
    role = draft.get("role") or phone.kept_role()
    for field, value in {**draft, "role": role}.items():
        known = options.get(field)
        if field in _FIELDS and value and (value in known if known else isinstance(value, str)):
            if field != "text" and form.get(field):
                continue  # a choice is known here at once; words only when somebody leaves the field
            st.session_state[form.key(field)] = value
    if known_id := phone.id_of_draft(draft):
        st.session_state[form.key("id")] = known_id


def _ask(form: Form, options: _Options) -> None:
    lang = form.context.lang

    def choice(field: str, label: str, named: Callable[[Any], str], kind: Callable[..., Any] = st.pills) -> None:
        more: dict[str, Any] = {"width": "stretch" if narrow() else "content"}
        if kind is st.selectbox:
            more = {"width": "stretch" if narrow() else 320, "index": None, "placeholder": lang.t("Choose")}
        kind(label, options[field], format_func=named, key=form.key(field), persist_state="session", **more)

    if form.felt:
        _ask_where(form, options, choice)
        choice("felt", lang.t("How busy was it there?"), lambda level: label(level, lang), st.segmented_control)
    st.text_area(
        lang.t("Do you want to say more? (not necessary)") if form.felt else lang.t("What do you want to say?"),
        key=form.key("text"),
        height=90 if form.felt else 140,
        placeholder=lang.t("No names or telephone numbers, please."),
        persist_state="session",
    )

    def face(mood: str) -> str:
        return f":material/{_FACES[mood]}: {mood_name(mood, lang)}"

    if not form.felt:
        choice("topic", lang.t("What is it about?"), lambda topic: topic_name(topic, lang))
        choice(
            "mood",
            lang.t("How do you feel about it?"),
            lambda mood: f":material/{_FACES[mood]}: {mood_name(mood, lang)}",
        )
    choice("role", lang.t("You are"), lambda role: role_name(role, lang))


def _ask_where(form: Form, options: _Options, choice: Callable[..., None]) -> None:
    context, lang = form.context, form.context.lang
    zone, now, is_now = context.workspace.zone, context.area.now(), context.forecast.timing.now
    if zone is not None and st.session_state.get(form.key("seen_zone")) != zone:
        # A place that was tapped on the map, or came with the link.
        st.session_state[form.key("seen_zone")] = st.session_state[form.key("zone")] = zone

    def hour_name(text: str) -> str:
        hour = datetime.fromisoformat(text).astimezone(context.area.tz)
        if hour == now and is_now:
            return lang.t("Now ({hour})", hour=fact(clock(hour.hour, lang), "setting"))
        day = lang.date(hour.date(), "EEEE" if is_now else "EEEE d MMMM y")
        return capitalised(lang.t("{day}, {hour}", day=day, hour=fact(clock(hour.hour, lang), "setting")))

    names = numbered({hour: hour_name(hour) for hour in options["hour"]})
    st.session_state.setdefault(form.key("hour"), now.astimezone(UTC).isoformat())
    with st.container(horizontal=not narrow()):  # beside each other an hour would be cut on a phone
        choice("zone", lang.t("Where?"), lambda zone_id: context.area.zone(zone_id).name(lang), st.selectbox)
        choice("hour", lang.t("When?"), names.__getitem__, st.selectbox)
    label_of_map = lang.t("Choose the place on the map")
    on_map = st.expander(label_of_map, icon=":material/map:", key=form.key("map"), on_change="rerun")
    if on_map.open:
        with on_map:
            show_map(context, context.hour_index, view=View.LEVELS)


def _warn_and_send(form: Form) -> None:
    lang = form.context.lang
    if (error := st.session_state.pop(form.key("error"), None)) is not None:
        st.error(error, icon=":material/error:")
    found: list[Finding] | None = st.session_state.pop(form.key("found"), None)
    if not found:
        st.button(
            lang.t("Send"),
            key=form.key("send"),
            on_click=_send,
            args=(form, False),
            type="primary",
            icon=":material/send:",
            width="stretch" if narrow() else "content",
        )
        return
    text = form.get("text") or ""
    st.warning(
        lang.md("Your text may hold personal data: {found}.", found=named(found, clean(text), lang))
        + " "
        + lang.t("Everybody can read it. You can change it above, or send it as it is."),
        icon=":material/privacy_tip:",
    )
    with st.container(horizontal=True):
        st.button(
            lang.t("I changed it: send"), key=form.key("send"), on_click=_send, args=(form, False), type="primary"
        )
        st.button(lang.t("Send as it is"), key=form.key("anyway"), on_click=_send, args=(form, True))


def _send(form: Form, anyway: bool) -> None:
    """Send the form; what it says when something is wrong or personal is kept for the run that follows."""
    if form.get("sent") is not None:
        return  # a second tap, after the first was received
    context = form.context
    try:
        text = clean(form.get("text") or "")
        places = [name for zone in context.area.zones for name in zone.names.values()]
        if not anyway and (found := find_personal(text, places)):
            st.session_state[form.key("found")] = found
            return
        if form.get("role") is None:
            raise UserError("Choose what you are, for example a resident.")
        if form.felt and form.get("felt") is None:
            raise UserError("Choose how busy it was.")
        author = phone.author()
        contribution = do(send, _contribution(form, text), author, once=True)
    except UserError as error:
        st.session_state[form.key("error")] = error.md(context.lang)
        return
    phone.sent(form.name, contribution.id, contribution.role)
    st.session_state[form.key("sent")] = contribution.state


def _contribution(form: Form, text: str) -> Contribution:
    context = form.context
    workspace = context.workspace
    hour = datetime.fromisoformat(form.get("hour")) if form.felt and form.get("hour") else workspace.moment
    return Contribution(
        id=form.get("id"),
        area=context.area.id,
        role=form.get("role"),
        language=context.lang.code,
        text=text,
        topic=form.get("topic"),
        mood=form.get("mood"),
        felt=form.get("felt") if form.felt else None,
        zone=form.get("zone") if form.felt else workspace.zone,
        hour=hour,
        cell=form.cell_id,
        scenario=context.forecast.scenario or None,
        snapshot=context.snapshot.id,
        session=form.session_id or open_session_of(visitor().sessions),
        item=form.item_id,
    )


def _thank(form: Form) -> None:
    lang = form.context.lang
    waits = form.get("sent") == "waiting"
    st.success(
        lang.t("Thank you. Your response is saved.")
        + " "
        + (
            lang.t("A moderator reads it first; then everybody can.") if waits else lang.t("Everybody can read it now.")
        ),
        icon=":material/check_circle:",
    )
    show_code(form.context)
    st.button(lang.t("Write another"), key=form.key("again"), on_click=_again, args=(form,), icon=":material/add:")


def show_code(context: Context) -> None:
    """Show the code with which the visitor finds, changes and erases what is theirs."""
    lang = context.lang
    st.markdown(lang.t("**This is your code.** With it you see, change or erase all that is yours:"))
    st.code(phone.author().code, language=None)
    address = f"privacy?lang={lang.code}&area={context.area.id}"
    st.markdown(
        lang.t("Write it down or take a picture of it: we do not know who you are, so we cannot send it to you.")
        + f" [{lang.t('See what is yours')}]({address})"
    )


def _again(form: Form) -> None:
    for field in ("id", "sent", "topic", "mood", "felt", "text", "hour"):
        st.session_state.pop(form.key(field), None)
    session.show_notices()
