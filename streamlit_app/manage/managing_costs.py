"""Beheer, costs and benefits: change an item or add one, the frame of the sum, the rates, and the way back."""

from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from data.area.area import Area
from data.keeping.acts import Seen
from data.keeping.real_time import real_today
from data.keeping.slugs import slug
from language import Language, UserError
from response.costs.case import EFFECTS, KINDS, RATE_CLASSES, Case, Item, Party, Rate
from response.costs.case_history import case_revisions, change_case, confirm_rate, earlier_case, read_case
from response.costs.case_words import effect_name, kind_name, rate_name
from streamlit_app.access.permissions import visitor
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed, plain
from streamlit_app.shell.acting import as_drawn, do_seen
from streamlit_app.shell.session import form_id, form_kept

_NEW = ""
"""Chosen in place of an item: a new one."""


def items(area: Area, lang: Language) -> None:
    """Let somebody change an item, take one out, or add one, with the reason."""
    case = read_case(area)
    seen = as_drawn(f"{ManageKey.COSTS}.{area.id}", case_revisions, area.id)
    names = {item.id: item.name(lang) for item in case.items} | {_NEW: lang.t("A new item")}
    chosen = st.selectbox(
        lang.t("Item"), tuple(names), format_func=names.__getitem__, key=f"{ManageKey.COSTS}.item.{area.id}", width=480
    )
    before = case.item(chosen)
    key = form_id(f"{ManageKey.COSTS}.{area.id}.{chosen}.{case.number}")
    kind = st.segmented_control(
        lang.t("Kind"),
        KINDS,
        default=before.kind if before else "cost",
        required=True,
        format_func=lambda one: kind_name(one, lang),
        key=f"{key}.kind",
    )
    name = st.text_input(lang.t("What is it"), before.name(lang) if before else "", max_chars=120, key=f"{key}.name")
    sides, parties = _sides(kind, before, case, key, lang)
    fields = _fields(before, key, lang)
    reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, height=80, key=f"{key}.why")
    with st.container(horizontal=True):
        keep = st.button(lang.t("Keep this item"), type="primary", key=f"{key}.keep")
        gone = before is not None and st.button(lang.t("Take this item out"), key=f"{key}.remove")
    others = tuple(item for item in case.items if item.id != chosen)
    if keep:
        texts = plain(before.names if before else None)
        item = _item({"names": texts | {lang.code: name}, "kind": kind, **sides, **fields}, before, case)
        place = case.items.index(before) if before else len(others)
        kept = (*others[:place], item, *others[place:])
        _keep(area, case.model_copy(update={"items": kept, "parties": parties}), reason, seen, key, lang)
    if gone:
        _keep(area, case.model_copy(update={"items": others}), reason, seen, key, lang)


def _keep(area: Area, case: Case, reason: str, seen: Seen, key: str, lang: Language) -> None:
    do_seen(seen, change_case, area, case, role=visitor().role.value, reason=reason)
    form_kept(key.rpartition(".")[0])
    changed(lang.t("The costs and benefits are changed."))


def _sides(
    kind: str, before: Item | None, case: Case, key: str, lang: Language
) -> tuple[dict[str, str | None], tuple[Party, ...]]:
    """Ask who pays and who gains, as far as the kind has them; who is new becomes a party."""
    names = {party.id: case.party_name(party.id, lang) for party in case.parties}
    asked = {"payer": lang.t("Who pays"), "gainer": lang.t("Who gains")}
    needed = {"cost": ("payer",), "benefit": ("gainer",), "transfer": ("payer", "gainer")}[kind]
    sides: dict[str, str | None] = {"payer": None, "gainer": None}
    parties = case.parties
    for side in needed:
        now = getattr(before, side) if before else None
        given = st.selectbox(
            asked[side],
            tuple(names),
            index=tuple(names).index(now) if now else None,
            format_func=lambda one: names.get(one, one),
            accept_new_options=True,
            placeholder=lang.t("Choose, or type who it is (no person)"),
            key=f"{key}.{side}",
            width=480,
        )
        if given and given not in names:
            party = Party(id=slug(given, 40) or "party", names={lang.code: given[:80]})
            parties, given = (*parties, party), party.id
        sides[side] = given
    return sides, parties


def _fields(before: Item | None, key: str, lang: Language) -> dict[str, Any]:
    """Show the other fields of an item, and return them as they stand."""
    amounts = _amounts(before, key, lang)
    left, right = st.columns(2)
    rate = left.selectbox(
        lang.t("Rate"),
        RATE_CLASSES,
        RATE_CLASSES.index(before.rate) if before else 0,
        format_func=lambda one: rate_name(one, lang),
        key=f"{key}.rate",
    )
    values = right.selectbox(
        lang.t("Values"),
        EFFECTS,
        EFFECTS.index(before.values) if before else None,
        format_func=lambda one: effect_name(one, lang),
        placeholder=lang.t("Choose"),
        key=f"{key}.values",
    )
    each = st.checkbox(
        lang.t("Comes again with each area"), before.scope == "area" if before else True, key=f"{key}.scope"
    )
    measured = st.checkbox(
        lang.t("Measured, not assumed"), before.basis == "measured" if before else False, key=f"{key}.basis"
    )
    example = st.checkbox(
        lang.t("This is an example: nobody vouches for the figures"),
        before.example if before else False,
        key=f"{key}.example",
    )
    said = before.source_text(lang) if before else ""
    source = st.text_input(lang.t("Source"), said, max_chars=600, key=f"{key}.source")
    kept = plain(before.other if before else None)
    now = kept.get(lang.code, "")
    other = st.text_area(lang.t("What of it is not in money"), now, max_chars=600, height=80, key=f"{key}.other")
    return {
        "amounts": amounts,
        "rate": rate,
        "values": values,
        "scope": "area" if each else "once",
        "basis": "measured" if measured else "assumed",
        "example": example,
        "source": _source(before, source, lang),
        "other": (kept | {lang.code: other}) if other.strip() else None,
    }


def _amounts(before: Item | None, key: str, lang: Language) -> list[dict[str, Any]]:
    """Show the table of amounts by year, and return its rows as they stand."""
    st.markdown(lang.t("Amounts in euros a year. Year 0 is the base year; an empty last year means until the end."))
    rows = [one.model_dump() for one in before.amounts] if before else []
    names = {
        "first": lang.t("From year"),
        "last": lang.t("To year"),
        "low": lang.t("Low"),
        "expected": lang.t("Expected"),
        "high": lang.t("High"),
    }
    whole = st.column_config.NumberColumn
    table = st.data_editor(
        pd.DataFrame(rows, columns=list(names)).astype("Float64"),
        num_rows="dynamic",
        hide_index=True,
        column_config={one: whole(label, min_value=0) for one, label in names.items()},
        key=f"{key}.amounts",
    )
    return [_yearly(row) for row in table.to_dict("records")]


def _source(before: Item | None, text: str, lang: Language) -> Any:
    """Return a source as it is kept: in the other language too, where it was written in several."""
    if before is None or isinstance(before.source, str):
        return text
    return plain(before.source) | {lang.code: text}


def _yearly(row: dict[Any, Any]) -> dict[str, Any]:
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _item(fields: dict[str, Any], before: Item | None, case: Case) -> Item:
    taken = {item.id for item in case.items}
    made = slug(next(reversed(fields["names"].values())), 36) or "item"
    item_id = (
        before.id if before else next(one for one in (made, *(f"{made}-{n}" for n in range(2, 99))) if one not in taken)
    )
    card = before.card if before else None
    try:
        return Item.model_validate({"id": item_id, "base_year": case.base_year, "card": card, **fields})
    except ValidationError as error:
        raise UserError(
            "This item is not complete yet. It needs a name, a source, what it is about, and who pays or "
            "gains. Its amounts rise from low to high, and its years too."
        ) from error


def frame(area: Area, lang: Language) -> None:
    """Let somebody change over how many years is reckoned, and confirm rates or add new ones."""
    case = read_case(area)
    seen = as_drawn(f"{ManageKey.COSTS}.frame.{area.id}", case_revisions, area.id)
    key = form_id(f"{ManageKey.COSTS}.frame.{area.id}.{case.number}")
    with st.form(key, border=False):
        horizon = st.number_input(lang.t("Over how many years"), 1, 100, case.horizon, key=f"{key}.horizon", width=240)
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Keep the number of years")):
            _keep(area, case.model_copy(update={"horizon": horizon}), reason, seen, key, lang)
    with st.form(f"{key}.rate", border=False):
        left, middle, right = st.columns(3)
        of = left.selectbox(lang.t("Rate"), RATE_CLASSES, format_func=lambda one: rate_name(one, lang), key=f"{key}.of")
        now = case.rate(of)
        rate = middle.number_input(lang.t("% a year"), -5.0, 25.0, now.percent, 0.05, key=f"{key}.percent")
        begins = right.date_input(lang.t("Valid from"), now.valid_from, format="DD-MM-YYYY", key=f"{key}.from")
        source = st.text_input(lang.t("Source"), now.source, max_chars=600, key=f"{key}.source")
        by = st.text_input(
            lang.t("Which body or function confirms it? No names of people."), max_chars=80, key=f"{key}.by"
        )
        why = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.rate.why")
        if st.form_submit_button(lang.t("Confirm this rate")):
            _confirm(area, {"of": of, "percent": rate, "valid_from": begins, "source": source}, by, why, seen)
            changed(lang.t("The rate is confirmed."))


def _confirm(area: Area, fields: dict[str, Any], by: str, why: str, seen: Seen) -> None:
    try:
        rate = Rate.model_validate(fields)
    except ValidationError as error:
        raise UserError("A rate has a percentage, a day from which it holds, and a source.") from error
    do_seen(seen, confirm_rate, area, rate, by=by, on=real_today(area.tz), role=visitor().role.value, reason=why)


def versions(area: Area, lang: Language) -> None:
    """Show all changes, and let somebody go back to an earlier one."""
    history = case_revisions(area.id)
    if not history:
        st.markdown(lang.t("Nothing was changed here yet."))
        return
    st.dataframe(
        pd.DataFrame(
            {
                lang.t("Change number"): [one.number for one in history],
                lang.t("On"): [lang.date(one.at, "d MMM y HH:mm", area.tz) for one in history],
                lang.t("Why"): [one.reason for one in history],
            }
        ).iloc[::-1],
        hide_index=True,
    )
    seen = as_drawn(f"{ManageKey.COSTS}.back.{area.id}", case_revisions, area.id)
    key = f"{ManageKey.COSTS}.back.{area.id}.{len(history)}"
    with st.form(key, border=False):
        number = st.selectbox(
            lang.t("Back to"),
            (*(one.number for one in reversed(history[:-1])), 0),
            format_func=lambda one: lang.t("as after change {count}", count=one) if one else lang.t("as delivered"),
            key=f"{key}.number",
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        if st.form_submit_button(lang.t("Restore this")):
            do_seen(seen, earlier_case, area, number, role=visitor().role.value, reason=reason)
            changed(lang.t("The earlier costs and benefits are in force again."))
