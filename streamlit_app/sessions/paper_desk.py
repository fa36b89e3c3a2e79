"""Typing in what came on paper, for every kind of item: the same hints and the same queue as for phones."""

from collections.abc import Callable

import streamlit as st

from feedback.database.texts import clean
from feedback.sessions.agenda import SPOKEN, Item
from feedback.sessions.paper import type_in_statements, type_in_thresholds, type_in_votes
from feedback.sessions.responses import type_in
from feedback.sessions.rounds.guesses import type_in as type_in_guesses
from feedback.sessions.rounds.needless import type_in as type_in_needless
from feedback.sessions.rounds.saturday import type_in as type_in_saturday
from feedback.sessions.sessions import Session
from feedback.sessions.statements import statements
from language import Language
from language.said import fact
from response.saturday.game import read_game
from streamlit_app.responses.writing import personal_hint
from streamlit_app.sessions.guess_paper import read_guesses
from streamlit_app.sessions.guess_results import asked_round
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.reading import area_of
from streamlit_app.sessions.rounds.needless_paper import read_needless
from streamlit_app.sessions.rounds.saturday_paper import read_saturday
from streamlit_app.sessions.steering import fresh, renew
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, do
from streamlit_app.thresholds.on_paper import places_of, read_sheets

Keep = Callable[[list[str]], tuple[int, int]]
"""Keeps lines that were typed; returns how many sheets or texts these were, and how many wait for a moderator."""


def show_paper(chosen: Session, item: Item, lang: Language) -> None:
    """Show the forms in which the sheets of an item are typed in."""
    with st.expander(lang.t("Type in answers from paper"), icon=":material/edit_note:"):
        if any(s.text for s in statements(chosen.id, "published", item_id=item.id)):
            _form(
                f"votes.{item.id}",
                lang.t("Votes: one line a sheet, a letter a statement: e (agree), o (disagree), w (pass), or a dot."),
                lambda lines: (do(type_in_votes, chosen.id, item.id, lines), 0),
                lang,
                example="eeow.\noeew.",
            )
        if item.kind == "statements":
            _form(
                f"written.{item.id}",
                lang.t("Statements that people wrote themselves: one on each line."),
                lambda lines: _statements(chosen, item, lines),
                lang,
                words=True,
            )
        if item.kind in SPOKEN:
            _form(
                f"sheet.{item.id}",
                lang.t("One answer on each line."),
                lambda lines: _answers(chosen, item, lines),
                lang,
                words=True,
            )
        if item.kind == "thresholds":
            _zone_thresholds(chosen, item, lang)
        if item.kind == "guess":
            _guesses(chosen, item, lang)
        if item.kind == "needless":
            _form(
                f"needless.{item.id}",
                lang.t("One line a sheet: the role and how often, such as resident 3."),
                lambda lines: (do(type_in_needless, chosen.id, item.id, read_needless(lines)), 0),
                lang,
                example=lang.t("resident 3"),
            )
        if item.kind == "saturday":
            _form(
                f"saturday.{item.id}",
                lang.t("One line a team: its number and the letters that it ticked, such as 3 a c."),
                lambda lines: _teams(chosen, item, lines),
                lang,
                example="1 a e\n2",
            )


def _statements(chosen: Session, item: Item, lines: list[str]) -> tuple[int, int]:
    return sum(bool(line.strip()) for line in lines), do(type_in_statements, chosen.id, item.id, lines)


def _answers(chosen: Session, item: Item, lines: list[str]) -> tuple[int, int]:
    kept = do(type_in, chosen.id, item.id, lines)
    return len(kept), sum(answer.state == "waiting" for answer in kept)


def _zone_thresholds(chosen: Session, item: Item, lang: Language) -> None:
    area = area_of(chosen)
    places = places_of(area.id)
    order = ", ".join(area.zone(zone_id).name(lang) for zone_id, _ in places)

    def keep(lines: list[str]) -> tuple[int, int]:
        return do(type_in_thresholds, chosen.id, area.id, read_sheets(lines, places, area, lang)), 0

    _form(
        f"thresholds.{item.id}",
        lang.t(
            "One line a sheet: the role, then for each place three letters, three figures such as 50/120/300, or a dot."
        ),
        keep,
        lang,
        example=lang.t("resident {letters}", letters=" ".join(["bdf", *["."] * (len(places) - 1)])),
        below=lang.t("The places are in this order: {places}.", places=fact(order, "area")),
    )


def _guesses(chosen: Session, item: Item, lang: Language) -> None:
    places = places_of(area_of(chosen).id)

    def keep(lines: list[str]) -> tuple[int, int]:
        return do(type_in_guesses, chosen.id, item.id, read_guesses(lines, places), about=asked_round(chosen, item)), 0

    _form(
        f"guesses.{item.id}",
        lang.t("One line a sheet: the number of the place and the letter of the picture, such as 3 c."),
        keep,
        lang,
        example="3 c\n1 b",
    )


def _teams(chosen: Session, item: Item, lines: list[str]) -> tuple[int, int]:
    return do(type_in_saturday, chosen.id, item.id, read_saturday(lines, read_game(area_of(chosen)))), 0


def _form(
    name: str, how: str, keep: Keep, lang: Language, *, example: str = "", below: str = "", words: bool = False
) -> None:
    """Show a form; with ``words`` in it, what may be personal data is told before it is kept."""
    form = f"{SessionKey.DESK_SHEET}.{fresh(name)}"
    doubt = f"{form}.doubt"
    with st.form(form, border=False):
        text = st.text_area(how, height=110, placeholder=example)
        if below:
            st.caption(below)
        hint = st.session_state.get(doubt)
        if hint:
            what_next = lang.t("Leave it out above, or keep it as it is: a moderator sees this hint too.")
            st.warning(f"{hint} {what_next}", icon=":material/privacy_tip:")
        with st.container(horizontal=True):
            kept = st.form_submit_button(lang.t("I changed it: keep") if hint else lang.t("Keep these"))
            anyway = bool(hint) and st.form_submit_button(lang.t("Keep as it is"))

    def keep_now() -> None:
        st.session_state.pop(doubt, None)
        lines = text.splitlines()
        found = personal_hint("\n".join(clean(line) for line in lines), lang) if words and not anyway else ""
        if found:
            st.session_state[doubt] = found
            return
        _say(*keep(lines), lang)

    if (kept or anyway) and attempt(lang, keep_now):
        if st.session_state.get(doubt):
            st.rerun()
        renew(name)


def _say(count: int, waiting: int, lang: Language) -> None:
    said = lang.n("{n} sheet was kept.", "{n} sheets were kept.", count)
    session.say_once(f"{said} {lang.t('A moderator reads them first: they wait below.')}" if waiting else said)
