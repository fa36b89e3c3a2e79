"""Beheer, progress: results of work packages, joint meetings, the decision on use, and the communication plan."""

from typing import Any

import streamlit as st
from pydantic import ValidationError

from data.area.area import Area
from data.area.partners import read_partners
from data.keeping.real_time import real_today
from data.keeping.slugs import slug
from language import Language, UserError
from response.conditions.agreed_history import read_agreed
from response.progress.plan import REACHES, Meeting, Result, Telling, UseDecision
from response.progress.plan_history import (
    decide_use,
    plan_revisions,
    put_meeting,
    put_result,
    put_telling,
    read_plan,
)
from streamlit_app.access.permissions import visitor
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed, plain
from streamlit_app.shell.acting import as_drawn, chosen_of, do_seen
from streamlit_app.shell.session import form_id, form_kept

_NEW = ""


def result(area: Area, lang: Language) -> None:
    """Let somebody add a result of a work package, or note that it is done, with the proof and who checked it."""
    names = {one.id: one.name(lang) for one in read_partners(area.id).package}
    if not names:
        st.markdown(lang.t("This area names no work packages. They are listed in its file partners.toml."))
        return
    plan = read_plan(area.id)
    before = _choose({one.id: one for one in plan.results}, area, lang, "result")
    name = f"{ManageKey.PROGRESS}.result.{area.id}.{before.id if before else ''}"
    seen, key = as_drawn(name, plan_revisions, area.id), form_id(name)
    with st.form(key, border=False):
        package = st.selectbox(
            lang.t("Work package"),
            tuple(names),
            tuple(names).index(before.package) if before and before.package in names else None,
            format_func=names.__getitem__,
            placeholder=lang.t("Choose"),
            key=f"{key}.package",
        )
        texts = plain(before.texts if before else None)
        text = st.text_area(lang.t("What is the result"), texts.get(lang.code, ""), max_chars=600, key=f"{key}.text")
        left, right = st.columns(2)
        due = left.date_input(lang.t("Due"), before.due if before else None, format="DD-MM-YYYY", key=f"{key}.due")
        done = right.date_input(
            lang.t("Done on"), before.done if before else None, format="DD-MM-YYYY", key=f"{key}.done"
        )
        proof = st.text_input(lang.t("Proof"), before.proof if before else "", max_chars=500, key=f"{key}.proof")
        checked = st.text_input(
            lang.t("Checked by (a group or function, not a person)"),
            before.checked_by if before else "",
            max_chars=120,
            key=f"{key}.checked",
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep this result"), type="primary"):
            fields = {"package": package, "texts": texts | {lang.code: text}, "due": due, "done": done}
            fields |= {"proof": proof, "checked_by": checked, "id": before.id if before else _free_id(area, text)}
            made = _made(Result, fields)
            do_seen(seen, put_result, area, made, role=visitor().role.value, reason=reason)
            _kept(name, lang)


def meeting(area: Area, lang: Language) -> None:
    """Let somebody note a meeting of work packages together."""
    names = {one.id: one.name(lang) for one in read_partners(area.id).package}
    name = f"{ManageKey.PROGRESS}.meeting.{area.id}"
    seen, key = as_drawn(name, plan_revisions, area.id), form_id(name)
    with st.form(key, border=False):
        day = st.date_input(lang.t("Day"), real_today(area.tz), format="DD-MM-YYYY", key=f"{key}.day", width=240)
        title = st.text_input(lang.t("About what"), max_chars=120, key=f"{key}.name")
        packages = st.multiselect(
            lang.t("Work packages"),
            tuple(names),
            format_func=names.__getitem__,
            placeholder=lang.t("Choose"),
            key=f"{key}.packages",
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep this meeting")):
            made = _made(Meeting, {"id": _free_id(area, title), "day": day, "name": title, "packages": packages})
            do_seen(seen, put_meeting, area, made, role=visitor().role.value, reason=reason)
            _kept(name, lang)


def use(area: Area, lang: Language) -> None:
    """Let somebody note the one decision on taking the app into use."""
    conditions = {one.id: one.text(lang) for one in read_agreed(area.id).conditions}
    name = f"{ManageKey.PROGRESS}.use.{area.id}"
    seen, key = as_drawn(name, plan_revisions, area.id), form_id(name)
    outcomes = {"go": lang.t("it may be used"), "no go": lang.t("it may not be used")}
    with st.form(key, border=False):
        outcome = st.radio(
            lang.t("Decision"), tuple(outcomes), index=None, format_func=outcomes.__getitem__, key=f"{key}.outcome"
        )
        by = st.text_input(
            lang.t("Who decided (a group or function, not a person)"), max_chars=80, key=f"{key}.by", width=480
        )
        on = st.date_input(lang.t("On"), real_today(area.tz), format="DD-MM-YYYY", key=f"{key}.on", width=240)
        chosen = st.multiselect(
            lang.t("On which conditions"),
            tuple(conditions),
            format_func=conditions.__getitem__,
            placeholder=lang.t("Choose"),
            key=f"{key}.conditions",
        )
        reason = st.text_area(lang.t("Why? Everybody reads this."), max_chars=2000, height=80, key=f"{key}.why")
        if st.form_submit_button(lang.t("Note the decision"), type="primary"):
            fields = {"outcome": chosen_of(outcome), "by": by, "on": on, "reason": reason, "conditions": chosen}
            made = _made(UseDecision, fields)
            do_seen(seen, decide_use, area, made, role=visitor().role.value, reason=reason)
            _kept(name, lang)


def telling(area: Area, lang: Language) -> None:
    """Let somebody plan who hears what, or note that it went out."""
    plan = read_plan(area.id)
    before = _choose({one.id: one for one in plan.tellings}, area, lang, "telling")
    name = f"{ManageKey.PROGRESS}.telling.{area.id}.{before.id if before else ''}"
    seen, key = as_drawn(name, plan_revisions, area.id), form_id(name)
    reaches = {"internal": lang.t("only those who work on it"), "external": lang.t("everybody")}
    with st.form(key, border=False):
        today = real_today(area.tz)
        day = st.date_input(lang.t("Day"), before.day if before else today, format="DD-MM-YYYY", key=f"{key}.day")
        texts = plain(before.texts if before else None)
        text = st.text_area(lang.t("What is told"), texts.get(lang.code, ""), max_chars=600, key=f"{key}.text")
        audience = st.text_input(
            lang.t("For whom"), before.audience if before else "", max_chars=120, key=f"{key}.audience"
        )
        channel = st.text_input(
            lang.t("By which channel"), before.channel if before else "", max_chars=120, key=f"{key}.channel"
        )
        reach = st.radio(
            lang.t("Who may read this line"),
            REACHES,
            REACHES.index(before.reach) if before else None,
            format_func=reaches.__getitem__,
            horizontal=True,
            key=f"{key}.reach",
        )
        approved = st.text_input(
            lang.t("Approved by (a group or function, not a person)"),
            before.approved_by if before else "",
            max_chars=120,
            key=f"{key}.approved",
        )
        sent = st.date_input(lang.t("Sent on"), before.sent if before else None, format="DD-MM-YYYY", key=f"{key}.sent")
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep this message")):
            fields = {"day": day, "texts": texts | {lang.code: text}, "audience": audience, "channel": channel}
            fields |= {"reach": chosen_of(reach), "approved_by": approved, "sent": sent}
            made = _made(Telling, fields | {"id": before.id if before else _free_id(area, text)})
            do_seen(seen, put_telling, area, made, role=visitor().role.value, reason=reason)
            _kept(name, lang)


def _choose(known: dict[str, Any], area: Area, lang: Language, name: str) -> Any:
    names = {one: found.text(lang) for one, found in known.items()} | {_NEW: lang.t("A new one")}
    chosen = st.selectbox(
        lang.t("Which one"),
        tuple(names),
        len(names) - 1,
        format_func=names.__getitem__,
        key=f"{ManageKey.PROGRESS}.{name}.{area.id}.which",
    )
    return known.get(chosen)


def _free_id(area: Area, text: str) -> str:
    taken, base = read_plan(area.id).ids, slug(text, 32) or "one"
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, 1000))) if one not in taken)


def _made(model: Any, fields: dict[str, Any]) -> Any:
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise UserError(
            "This is not complete yet. A finished result needs proof, and who checked it. A message to "
            "everybody needs who approved it. A meeting needs two work packages."
        ) from error


def _kept(name: str, lang: Language) -> None:
    form_kept(name)
    changed(lang.t("Noted."))
