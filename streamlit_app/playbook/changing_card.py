"""Changing a card, with its consequence in sight before it is kept."""

import streamlit as st

from data.area.measures import Places
from language import Language, UserError
from response.cards.actors import actor_ids, actor_name
from response.cards.card import TRIGGER_LEVELS, Card, Playbook, Texts, Trigger
from response.cards.history import change_card, revisions, valid_card
from response.week.ahead import WeekAhead
from streamlit_app.access.permissions import visitor
from streamlit_app.playbook.both_languages import both, steps_both
from streamlit_app.playbook.consequence import show_consequence
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.responses.following import follows_advice
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, attempt, do_seen
from streamlit_app.shell.context import Context
from streamlit_app.shell.session import form_id, form_kept
from visuals.base.palette import word
from visuals.playbook.card_words import taste_name
from visuals.words.kinds import all_of_kind

_KIND = "kind:"


def change(card: Card, context: Context, week: WeekAhead) -> None:
    """Show the fields of a card that are changed on the page, what the change means, and the button that keeps it."""
    lang, form = context.lang, f"{PlaybookKey.FORM}.{card.id}"
    key = form_id(form)
    seen, changed = as_begun(key, f"{key}.level" in st.session_state, revisions, context.area.id)
    if changed:
        st.info(lang.t("A colleague changed the playbook meanwhile. Above you see it as it is now."))
    try:
        draft = valid_card(
            card.model_dump() | {"trigger": _trigger(card, context, key), **_texts(card, week.playbook, lang, key)}
        )
    except UserError as error:
        st.error(error.md(lang))
        return
    show_consequence(card, draft, context, week)
    reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
    advice = follows_advice(context.area, lang, f"{key}.advice")

    def keep() -> None:
        do_seen(seen, change_card, context.area, draft, role=visitor().role.value, reason=reason, advice=advice)
        session.say_once(lang.t("The card is changed. It is an example until a body adopts it."))

    if st.button(lang.t("Keep the change"), type="primary", key=f"{key}.keep") and attempt(lang, keep):
        form_kept(form)
        st.rerun()


def _trigger(card: Card, context: Context, key: str) -> dict[str, object]:
    """Show the fields of a trigger; a chance that is not touched stays exactly as it was."""
    lang, trigger = context.lang, card.trigger
    places = _places(trigger, context, key)
    left, middle, right = st.columns(3)
    level = left.selectbox(
        lang.t("From which level"),
        TRIGGER_LEVELS,
        TRIGGER_LEVELS.index(trigger.level),
        format_func=lambda one: word(one, lang),
        key=f"{key}.level",
    )
    hours = middle.number_input(lang.t("Hours in a row"), 1, 24, trigger.hours, key=f"{key}.hours")
    before = max(1, round(trigger.chance * 10))
    tenths = right.number_input(lang.t("From which chance (out of 10)"), 1, 10, before, key=f"{key}.chance")
    chance = trigger.chance if tenths == before else tenths / 10
    return {"places": places, "level": level, "hours": hours, "chance": chance}


def _places(trigger: Trigger, context: Context, key: str) -> Places:
    lang, area, places = context.lang, context.area, trigger.places
    kinds = {f"{_KIND}{kind}": all_of_kind(kind, lang) for kind in dict.fromkeys(zone.kind for zone in area.zones)}
    names = {**kinds, **{zone.zone_id: zone.name(lang) for zone in area.zones}}
    chosen = st.multiselect(
        lang.t("Places"),
        tuple(names),
        [one for one in (*(f"{_KIND}{kind}" for kind in places.kinds), *places.zones) if one in names],
        format_func=names.__getitem__,
        key=f"{key}.places",
        placeholder=lang.t("Choose a place"),
    )
    if not chosen:
        raise UserError("Choose at least one place.")
    found = {
        "zones": [one for one in chosen if not one.startswith(_KIND)],
        "kinds": [one.removeprefix(_KIND) for one in chosen if one.startswith(_KIND)],
    }
    return Places.model_validate(found)


def _texts(card: Card, playbook: Playbook, lang: Language, key: str) -> dict[str, object]:
    """Show the other fields. What is said in another language is shown beside a text that is changed."""
    left, right = st.columns(2)
    taste = left.selectbox(
        lang.t("Sweet or sour"),
        ("sweet", "sour"),
        ("sweet", "sour").index(card.taste),
        format_func=lambda one: taste_name(one, lang),
        key=f"{key}.taste",
    )
    lead = right.number_input(
        lang.t("Hours from the decision until it works"), 0, 168, card.lead_hours, key=f"{key}.lead"
    )
    actors = st.multiselect(
        lang.t("Who"),
        actor_ids(playbook),
        list(card.actors),
        format_func=lambda one: actor_name(one, playbook, lang),
        key=f"{key}.actors",
        placeholder=lang.t("Choose who acts"),
    )
    fields: dict[str, object] = {
        "names": both(lang.t("Name"), dict(card.names), f"{key}.name", lang),
        "decides": both(lang.t("Who decides"), _plain(card.decides), f"{key}.decides", lang),
        "stop": both(lang.t("Stop rule"), _plain(card.stop), f"{key}.stop", lang),
        "steps": steps_both(card, f"{key}.steps", lang),
        "side_effects": both(lang.t("Side effects"), _plain(card.side_effects), f"{key}.side", lang),
        "undone": both(lang.t("How it is undone"), _plain(card.undone), f"{key}.undone", lang),
    }
    everybody = st.checkbox(
        lang.t("Everybody may see that this card exists"), card.visible == "everybody", key=f"{key}.visible"
    )
    public = _plain(card.public_text) if card.public_text else {}
    if everybody:
        public = both(lang.t("What everybody reads"), public, f"{key}.public", lang)
    return {
        **fields,
        "taste": taste,
        "lead_hours": lead,
        "actors": tuple(actors),
        "visible": "everybody" if everybody else "professionals",
        "public_text": public or None,
    }


def _plain(texts: Texts) -> dict[str, str]:
    return {str(code): text for code, text in texts.items()}
