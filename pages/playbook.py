"""Draaiboek / Playbook: who acts when and how in the coming week, the cards, when warning pays, and one's own week."""

import streamlit as st

from language.markdown import as_text
from reports.playbook.formats import no_playbook
from streamlit_app.notebook.cell import cell
from streamlit_app.playbook.actions_part import show_actions
from streamlit_app.playbook.briefing_part import offer_briefing
from streamlit_app.playbook.cards_part import show_cards
from streamlit_app.playbook.effects_part import show_effects
from streamlit_app.playbook.events.proposing import show_events
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.mine_part import show_mine
from streamlit_app.playbook.switched_off import tell_cards_off
from streamlit_app.playbook.week_part import show_week
from streamlit_app.playbook.weeks import week_of
from streamlit_app.playbook.worth_part import show_worth
from streamlit_app.shell.context import open_context
from streamlit_app.status.now_part import show_now
from visuals.words.timing_words import week_title

context = open_context()
lang = context.lang
week = week_of(context)

st.title(lang.t("Playbook"), anchor=False)
if not week.playbook.cards:
    st.info(as_text(no_playbook(context.outlook)), icon=":material/info:")

NAMES = {
    "week": lang.t("Week"),
    "now": lang.t("Now"),
    "actions": lang.t("Actions"),
    "effects": lang.t("Effects"),
    "cards": lang.t("Cards"),
    "worth": lang.t("When to warn"),
    "events": lang.t("Events"),
    "mine": lang.t("My week"),
}
PARTS = tuple(NAMES) if week.playbook.cards else ("now", "actions", "effects", "events")
part = st.segmented_control(
    lang.t("Part of the playbook"),
    PARTS,
    default=PARTS[0],
    required=True,
    format_func=NAMES.__getitem__,
    label_visibility="collapsed",
    key=PlaybookKey.PART,
)

tell_cards_off(context.area, lang)
# What stands here is for professionals: none of it can be kept in a workbook, which others may open.
if part == "week":
    title, why = week_title(context.forecast, lang), lang.t("Who must decide what, and by when.")
    with cell(context, "playbook-week", title, why, responses=False):
        show_week(context, week)
        offer_briefing(context, week)
elif part == "now":
    why = lang.t("What every organisation sees of this moment: expected, counted, at work.")
    with cell(context, "playbook-now", lang.t("This moment"), why, responses=False):
        show_now(context, week.playbook)
elif part == "actions":
    why = lang.t("What was decided and done, by which function, and why. For whom comes after you.")
    with cell(context, "playbook-actions", lang.t("What we did"), why, responses=False):
        show_actions(context, week.playbook)
elif part == "effects":
    why = lang.t("How busy it got with a measure, against what was forecast before it was decided.")
    with cell(context, "playbook-effects", lang.t("What it did"), why, responses=False):
        show_effects(context, week.playbook)
elif part == "cards":
    why = lang.t("What is done, by whom, and when it stops. All are examples until a body adopts them.")
    with cell(context, "playbook-cards", lang.t("The cards"), why, responses=False):
        show_cards(context, week)
elif part == "events":
    why = lang.t("To see beforehand what an event does. It is a scenario until a steward accepts it.")
    with cell(context, "playbook-events", lang.t("Proposed events"), why, responses=False):
        show_events(context)
elif part == "worth":
    why = lang.t("How often a card would have been called for in vain, how often too late, and what people accept.")
    with cell(context, "playbook-worth", lang.t("When is warning worth it?"), why, responses=False):
        show_worth(context, week)
else:
    why = lang.t("What to expect, what others will do, and what you can do.")
    with cell(context, "playbook-mine", lang.t("My week"), why, responses=False):
        show_mine(context, week)
