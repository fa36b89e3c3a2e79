"""Beheer, conditions: add or change one, decide how it stands, and note what people asked for."""

from typing import Any

import streamlit as st
from pydantic import ValidationError

from data.area.area import Area
from data.keeping.slugs import slug
from language import Language, UserError
from response.conditions.agreed_history import (
    agreed_revisions,
    decide_condition,
    put_condition,
    put_wish,
    read_agreed,
)
from response.conditions.condition import KINDS, STATES, WISH_STATES, Condition, Governs, Wish
from streamlit_app.access.permissions import visitor
from streamlit_app.account.governed_names import governed_names
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed, plain
from streamlit_app.shell.acting import as_drawn, chosen_of, do_seen
from streamlit_app.shell.session import form_id, form_kept
from visuals.account.condition_words import governs_text, kind_name, state_name, wish_state_name

_NEW = ""


def one_condition(area: Area, lang: Language) -> None:
    """Let somebody add a condition, or change all of one but how it stands."""
    agreed, names = read_agreed(area.id), governed_names(area, lang)
    seen = as_drawn(f"{ManageKey.CONDITIONS}.{area.id}", agreed_revisions, area.id)
    chosen = _choose(area, lang, "edit", new=lang.t("A new condition"))
    before = agreed.condition(chosen)
    key = form_id(f"{ManageKey.CONDITIONS}.{area.id}.{chosen}")
    with st.form(key, border=False):
        fields = _fields(before, key, lang)
        known = [(one.what, one.id) for one in before.governs] if before else []
        governs = st.multiselect(
            lang.t("It governs"),
            list(names),
            [one for one in known if one in names],
            format_func=lambda one: governs_text(Governs(what=one[0], id=one[1]), names, lang),
            placeholder=lang.t("Choose"),
            key=f"{key}.governs",
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep this condition"), type="primary"):
            kept = [one for one in known if one not in names]
            fields["kind"] = chosen_of(fields["kind"])
            fields["governs"] = [{"what": what, "id": thing} for what, thing in (*governs, *kept)]
            condition = _made(Condition, fields, before.id if before else _free_id(area, fields["texts"][lang.code]))
            do_seen(seen, put_condition, area, condition, role=visitor().role.value, reason=reason)
            form_kept(key.rpartition(".")[0])
            changed(lang.t("The condition is kept."))


def _fields(before: Condition | None, key: str, lang: Language) -> dict[str, Any]:
    """Show the fields of a condition but what it governs, and return them as they stand."""
    texts = plain(before.texts if before else None)
    text = st.text_area(lang.t("The condition"), texts.get(lang.code, ""), max_chars=600, key=f"{key}.text")
    kind = st.radio(
        lang.t("Kind"),
        KINDS,
        KINDS.index(before.kind) if before else None,
        format_func=lambda one: kind_name(one, lang),
        horizontal=True,
        key=f"{key}.kind",
    )
    asked = {
        "session": (lang.t("Set by which session"), 120),
        "owner": (lang.t("Who looks after it (a group or function, not a person)"), 80),
    }
    said = {
        name: st.text_input(label, getattr(before, name) if before else "", max_chars=longest, key=f"{key}.{name}")
        for name, (label, longest) in asked.items()
    }
    shown = before.proof_text(lang) if before else ""
    proof = st.text_input(lang.t("What shows that it is met"), shown, max_chars=500, key=f"{key}.proof")
    review = st.date_input(
        lang.t("Looked at again on"), before.review if before else None, format="DD-MM-YYYY", key=f"{key}.review"
    )
    example = before is not None and before.example and not said["session"].strip()
    fields = {"texts": texts | {lang.code: text}, "kind": kind, **said, "proof": _proof(before, proof, lang)}
    return fields | {"review": review, "example": example}


def _proof(before: Condition | None, text: str, lang: Language) -> Any:
    """Return what shows that a condition is met as it is kept: in the other language too, where it was in several."""
    if before is None or isinstance(before.proof, str):
        return text
    others = {code: said for code, said in plain(before.proof).items() if code != lang.code}
    return others | ({lang.code: text} if text.strip() else {}) or ""


def decide(area: Area, lang: Language) -> None:
    """Let somebody note the decision on how a condition stands."""
    if not read_agreed(area.id).conditions:
        st.markdown(lang.t("No conditions were set here yet."))
        return
    seen = as_drawn(f"{ManageKey.CONDITIONS}.decide.{area.id}", agreed_revisions, area.id)
    chosen = _choose(area, lang, "decide")
    key = form_id(f"{ManageKey.CONDITIONS}.decide.{area.id}.{chosen}")
    with st.form(key, border=False):
        state = st.radio(
            lang.t("How it stands"),
            STATES,
            index=None,
            format_func=lambda one: state_name(one, lang),
            horizontal=True,
            key=f"{key}.state",
        )
        by = st.text_input(
            lang.t("Who decided (a group or function, not a person)"), max_chars=80, width=480, key=f"{key}.by"
        )
        reason = st.text_area(lang.t("Why? Everybody reads this."), max_chars=2000, height=80, key=f"{key}.why")
        if st.form_submit_button(lang.t("Note the decision"), type="primary"):
            who = visitor().role.value
            do_seen(seen, decide_condition, area, chosen, chosen_of(state), by=by, role=who, reason=reason)
            form_kept(key.rpartition(".")[0])
            changed(lang.t("Noted. It counts at once; during an open session it waits until that is closed."))


def wish(area: Area, lang: Language) -> None:
    """Let somebody note a goal or wished function, or what became of one."""
    agreed = read_agreed(area.id)
    seen = as_drawn(f"{ManageKey.CONDITIONS}.wish.{area.id}", agreed_revisions, area.id)
    names = {one.id: next(iter(one.texts.values())) for one in agreed.wishes} | {_NEW: lang.t("A new one")}
    chosen = st.selectbox(
        lang.t("Goal or wish"),
        tuple(names),
        format_func=names.__getitem__,
        key=f"{ManageKey.CONDITIONS}.wishes.{area.id}",
        width=480,
    )
    before = next((one for one in agreed.wishes if one.id == chosen), None)
    key = form_id(f"{ManageKey.CONDITIONS}.wish.{area.id}.{chosen}")
    kinds = {"goal": lang.t("goal"), "function": lang.t("function")}
    with st.form(key, border=False):
        now = plain(before.texts if before else None).get(lang.code, "")
        text = st.text_area(lang.t("What is asked"), now, max_chars=600, key=f"{key}.text")
        kind = st.radio(
            lang.t("Kind"),
            tuple(kinds),
            tuple(kinds).index(before.kind) if before else None,
            format_func=kinds.__getitem__,
            horizontal=True,
            key=f"{key}.kind",
        )
        asked_by = st.text_input(
            lang.t("Asked by whom (a group, not a person)"),
            before.asked_by if before else "",
            max_chars=80,
            key=f"{key}.by",
        )
        state = st.selectbox(
            lang.t("What became of it"),
            WISH_STATES,
            WISH_STATES.index(before.state) if before else 0,
            format_func=lambda one: wish_state_name(one, lang),
            key=f"{key}.state",
        )
        why = st.text_input(
            lang.t("If refused: why"), (before.why or "") if before else "", max_chars=600, key=f"{key}.refused"
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep this")):
            texts = plain(before.texts if before else None) | {lang.code: text}
            fields = {"texts": texts, "kind": kind, "asked_by": asked_by, "state": state, "why": why.strip() or None}
            made = _made(Wish, fields, before.id if before else _free_id(area, text))
            do_seen(seen, put_wish, area, made, role=visitor().role.value, reason=reason)
            form_kept(key.rpartition(".")[0])
            changed(lang.t("Noted."))


def _choose(area: Area, lang: Language, name: str, new: str = "") -> str:
    texts = {one.id: one.text(lang) for one in read_agreed(area.id).conditions}
    if new:
        texts[_NEW] = new
    return st.selectbox(
        lang.t("Condition"),
        tuple(texts),
        format_func=texts.__getitem__,
        key=f"{ManageKey.CONDITIONS}.{name}.{area.id}",
    )


def _free_id(area: Area, text: str) -> str:
    agreed = read_agreed(area.id)
    taken = {one.id for one in agreed.conditions} | {one.id for one in agreed.wishes}
    base = slug(text, 32) or "one"
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, 500))) if one not in taken)


def _made(model: Any, fields: dict[str, Any], new_id: str) -> Any:
    try:
        return model.model_validate({"id": new_id, **fields})
    except ValidationError as error:
        raise UserError(
            "This is not complete yet. Fill in the text and the kind. If it is refused, say why."
        ) from error
