"""Beheer, who is in: every sign-in with its role and since when, to be ended alone. No names, addresses or codes."""

from collections import Counter
from datetime import datetime

import streamlit as st

from data.area.area import Area
from data.keeping.acts import Seen, see
from feedback.people.audit_words import who_text
from feedback.people.roles import Role, role_name
from feedback.people.sign_ins import Shown, end, listed
from language import Language
from language.markdown import as_text, small
from language.plain import numbered
from streamlit_app.access.permissions import visitor
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import moment_text
from streamlit_app.manage.managing_people import roles_looked_after, way_name
from streamlit_app.shell.acting import attempt, do_seen
from streamlit_app.shell.tables import show_rows


def who_is_in(area: Area, lang: Language) -> None:
    """Show who is in, and end one sign-in on request; the seats of one room share a line."""
    found = listed(roles_looked_after())
    if not found:
        st.markdown(lang.t("Nobody is signed in with a code or password."))
        return
    seats = Counter(one.sign_in.access for one in found if one.kind == "shared")
    rows, seen = [], set()
    for one in found:
        if one.kind == "shared" and one.sign_in.access in seen:
            continue
        seen.add(one.sign_in.access)
        rows.append(_row(one, seats[one.sign_in.access], area, lang))
    show_rows(rows)
    labels = numbered({one.sign_in.id: _label(one, area, lang) for one in found})
    chosen = st.selectbox(
        lang.t("Sign somebody out"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=ManageKey.SIGN_IN_WHICH,
        placeholder=lang.t("Choose who has to sign in again"),
        width=640,
    )
    st.button(
        lang.t("Sign them out"),
        key=ManageKey.SIGN_IN_END,
        disabled=chosen is None,
        on_click=_end,
        args=(chosen, see(_is_in, chosen), lang),
        icon=":material/logout:",
    )
    st.markdown(small(lang.t("The code or password still works. Should it not? Withdraw it, above.")))


def _row(one: Shown, seats: int, area: Area, lang: Language) -> dict[str, str]:
    of_them = ": " + lang.n("{n} browser", "{n} browsers", seats) if one.kind == "shared" else ""
    return {
        lang.t("Role"): who_text(one.sign_in.role, one.sign_in.organisation, lang) + _this_browser(one, lang),
        lang.t("Came in with"): _way(one, lang, markdown=True) + of_them,
        lang.t("Since"): moment_text(datetime.fromisoformat(one.sign_in.since), area, lang),
        lang.t("Until"): moment_text(datetime.fromisoformat(one.sign_in.until), area, lang),
    }


def _label(one: Shown, area: Area, lang: Language) -> str:
    since = moment_text(datetime.fromisoformat(one.sign_in.since), area, lang)
    return f"{role_name(one.sign_in.role, lang)} · {_way(one, lang)} · {since}{_this_browser(one, lang)}"


def _way(one: Shown, lang: Language, *, markdown: bool = False) -> str:
    label = as_text(one.label) if markdown else one.label
    return ", ".join(filter(None, (way_name(one.kind, lang), label)))


def _this_browser(one: Shown, lang: Language) -> str:
    mine = any(entry.sign_in == one.sign_in.id for entry in visitor().entries)
    return f" ({lang.t('this browser')})" if mine else ""


def _is_in(sign_in: str | None) -> bool:
    return any(one.sign_in.id == sign_in for one in listed(tuple(Role)))


def _end(sign_in: str, seen: Seen, lang: Language) -> None:
    attempt(lang, lambda: do_seen(seen, end, sign_in, by=visitor().role))
