"""What is yours: found with the code, or because this browser sent it; to see, change, take along and erase."""

import csv
import io
from dataclasses import replace
from typing import Any

import streamlit as st

from data.keeping.acts import Seen, see
from data.keeping.csv_out import defused
from data.keeping.real_time import day_of
from feedback.contributions.contributions import Contribution, change, of_person, own_words
from feedback.contributions.moderation import state_name
from feedback.contributions.naming import mood_name, role_name, topic_name
from feedback.database.own_rows import rows_by
from feedback.people.participants import person_by_code
from feedback.upkeep.erasure import Receipt, erase_person, erase_rows
from feedback.upkeep.retention import link_end
from language import Language, UserError
from language.markdown import as_text
from language.said import fact
from streamlit_app.access.own_code import carried
from streamlit_app.access.throttle import Throttle
from streamlit_app.responses.answered import advices_by_contribution, answered
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell import phone, resources
from streamlit_app.shell.acting import attempt, do_seen
from streamlit_app.shell.context import open_area
from visuals.base.palette import label
from visuals.words.hours import capitalised, clock

_guesses = Throttle("own code", 10, 60.0)
"""Wrong codes in a minute, for each browser; five words cannot be guessed in any case."""


def show_mine(lang: Language) -> None:
    """Show the field for the code, and under it what is theirs."""
    if (receipt := st.session_state.pop(ResponseKey.RECEIPT, None)) is not None:
        _say_erased(receipt, lang)
    st.session_state.setdefault(ResponseKey.CODE, carried() or "")
    typed = st.text_input(
        lang.t("Your code of five words"),
        key=ResponseKey.CODE,
        placeholder=lang.t("for example: duin-lepel-zeil-kaars-mossel"),
        width=420,
        max_chars=200,
        autocomplete="off",
    )
    for person in persons_of(typed, lang):
        if everything := rows_by([person]).get(person):
            _show_all(person, everything, lang)
        else:
            st.markdown(lang.t("There is nothing of yours here (any more)."))


def _show_all(person: str, everything: dict[str, list[dict[str, Any]]], lang: Language) -> None:
    became = advices_by_contribution()
    for said in of_person(person):
        _show_contribution(said, person, lang)
        for advice in became.get(said.id, []):
            st.markdown(answered(advice, lang))
    others = {table: rows for table, rows in everything.items() if table != "contributions"}
    for table, rows in others.items():
        st.markdown(f"**{_table_name(table, lang)}** · {lang.n('{n} time', '{n} times', len(rows))}")
        words = [str(row["text"]) for row in rows if row.get("text")]
        st.markdown("\n".join(f"- {as_text(' '.join(text.split()))}" for text in words))
    key = f"{ResponseKey.MINE}.{person}"
    with st.container(horizontal=True):
        st.download_button(
            lang.t("Download it (CSV)"),
            data=lambda: _as_csv(everything),
            file_name="mine.csv",
            mime="text/csv",
            key=f"{key}.take",
            on_click="ignore",
            icon=":material/download:",
        )
        with st.popover(lang.t("Erase everything"), icon=":material/delete_forever:"):
            st.markdown(lang.t("Everything above is erased, also from the search index. This cannot be undone."))
            label, seen = lang.t("Yes, erase everything that is mine"), see(rows_by, [person])
            st.button(label, key=f"{key}.erase", on_click=_erase_all, args=(seen, person, lang), type="primary")
        with st.popover(lang.t("Forget me in this browser"), icon=":material/phonelink_erase:"):
            st.markdown(
                lang.t("What you sent stays. Write your code down first: this browser will not know it any more.")
            )
            st.button(lang.t("Yes, forget me here"), key=f"{key}.forget", on_click=phone.forget_me)


def persons_of(typed: str | None, lang: Language) -> list[str]:
    """Return whose things to show: by the typed code, else what was sent from this browser."""
    if not typed:
        phone.keep_draft("mine", {}, None)
        return _from_here(lang)
    guesser = phone.author().person
    if _guesses.wait(guesser) > 0:
        st.error(lang.t("Too many wrong codes. Wait a minute, then try again."), icon=":material/error:")
        return []
    person = person_by_code(typed)
    if person is None:
        _guesses.wrong(guesser)
        st.error(lang.t("There is nothing here with this code. Check the five words."), icon=":material/error:")
        return []
    return [person]


def _from_here(lang: Language) -> list[str]:
    """Return who sent something from this browser, and show the code of each."""
    authors = phone.authors()
    theirs = rows_by([author.person for author in authors])
    found = [author for author in authors if author.person in theirs]
    for author in found:
        st.markdown(lang.md("This browser sent the following. Its code is `{code}`.", code=author.code))
    if not found:
        st.markdown(lang.t("You got it after sending. Without it, we cannot know what is yours."))
    return [author.person for author in found]


def _show_contribution(said: Contribution, person: str, lang: Language) -> None:
    key = f"{ResponseKey.MINE}.{said.id}"
    with st.container(border=True):
        st.markdown(_choices(said, lang))
        st.text_area(
            lang.md("Sent on {day}", day=lang.date(day_of(said.sent, open_area().tz), "d MMMM yyyy")),
            value=said.text,
            key=f"{key}.text",
            height=90,
        )
        until = lang.date(link_end(said.session, said.sent), "d MMMM yyyy")
        st.markdown(
            f":gray[:small[{state_name(said.state, said.reason, lang)} "
            + lang.md("Until {day} you can change or erase it; then nobody knows any more that it is yours.", day=until)
            + "]]"
        )
        if (error := st.session_state.pop(f"{key}.error", None)) is not None:
            st.error(error, icon=":material/error:")
        if (sentence := st.session_state.pop(f"{key}.saved", None)) is not None:
            st.success(sentence, icon=":material/check_circle:")
        with st.container(horizontal=True):
            seen = see(own_words, said.id, person)
            save, erase = (seen, said, person, key, lang), (seen, said.id, person, lang)
            st.button(lang.t("Save the change"), key=f"{key}.save", on_click=_save, args=save)
            with st.popover(lang.t("Erase this one"), icon=":material/delete:"):
                st.markdown(lang.t("It is erased, also from the search index. This cannot be undone."))
                st.button(lang.t("Yes, erase this one"), key=f"{key}.erase", on_click=_erase_one, args=erase)


def _choices(said: Contribution, lang: Language) -> str:
    """Return what somebody chose beside their words; an answer on how busy it felt often has no words at all."""
    told = [
        lang.t("felt {level}", level=fact(label(said.felt, lang), "people")) if said.felt else "",  # type: ignore[arg-type]
        *_place_and_hour(said, lang),
        role_name(said.role, lang),
        topic_name(said.topic, lang) if said.topic else "",
        mood_name(said.mood, lang) if said.mood else "",
    ]
    return capitalised(" · ".join(as_text(part) for part in told if part))


def _place_and_hour(said: Contribution, lang: Language) -> tuple[str, str]:
    try:
        area = resources.area(said.area)
    except UserError:
        # The area was taken away; what was sent stays theirs.
        return said.zone or "", ""
    zone = area.zone(said.zone).name(lang) if said.zone in area.zone_ids else said.zone or ""
    if said.hour is None:
        return zone, ""
    local = said.hour.astimezone(area.tz)
    return zone, lang.t(
        "{day}, {hour}", day=lang.date(local.date(), "EEEE d MMMM y"), hour=fact(clock(local.hour, lang), "people")
    )


def _save(seen: Seen, said: Contribution, person: str, key: str, lang: Language) -> None:
    try:
        kept = do_seen(seen, change, replace(said, text=st.session_state[f"{key}.text"] or ""), person)
        st.session_state[f"{key}.saved"] = f"{lang.t('The change is kept.')} {state_name(kept.state, None, lang)}"
    except UserError as error:
        st.session_state[f"{key}.error"] = error.md(lang)


def _erase_one(seen: Seen, contribution_id: str, person: str, lang: Language) -> None:
    def erase() -> None:
        st.session_state[ResponseKey.RECEIPT] = do_seen(
            seen, erase_rows, {"contributions": [contribution_id]}, person=person
        )

    attempt(lang, erase)


def _erase_all(seen: Seen, person: str, lang: Language) -> None:
    def erase() -> None:
        st.session_state[ResponseKey.RECEIPT] = do_seen(seen, erase_person, person)

    if attempt(lang, erase):
        st.session_state.pop(ResponseKey.CODE, None)
        phone.forget_me()


def _say_erased(receipt: Receipt, lang: Language) -> None:
    if receipt.state == "complete":
        text = lang.t("Erased: it is gone from the database and its search index. Backups follow within 30 days.")
    else:
        text = lang.t("Erased: nobody can see it any more. The last traces go as soon as nobody reads the database.")
    # The button stood far below, and the page stays where it was.
    st.toast(text, icon=":material/delete_forever:")
    st.success(f"{text} {lang.md('Receipt: {id}', id=receipt.id)}", icon=":material/delete_forever:")


def _table_name(table: str, lang: Language) -> str:
    names = {
        "statements": lang.t("Statements you added"),
        "votes": lang.t("Votes on statements"),
        "responses": lang.t("Answers to open questions"),
        "attendance": lang.t("Sessions you joined"),
        "proposals": lang.t("Thresholds you proposed"),
        "guesses": lang.t("How busy you guessed that it gets"),
        "needless": lang.t("How often you accept acting for nothing"),
        "saturday_choices": lang.t("Cards you chose for your team"),
        "card_views": lang.t("What you think of cards of the playbook"),
    }
    return names.get(table, table)


def _as_csv(everything: dict[str, list[dict[str, Any]]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(("kind", "field", "value", "id"))
    for table, rows in everything.items():
        for row in rows:
            for field, value in row.items():
                if value is not None and field != "id":
                    writer.writerow((table, field, defused(value), row["id"]))
    return file.getvalue().encode("utf-8-sig")
