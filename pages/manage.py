"""Beheer / Manage: areas, data, events, training, people and backups, for who looks after the app."""

from collections.abc import Callable

import streamlit as st

from data.area.area import Area
from data.keeping.acts import see
from feedback.people.roles import Role
from language import Language
from streamlit_app.access.permissions import may
from streamlit_app.manage import parts_of_account, parts_of_area, parts_of_keeping
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import shown_of
from streamlit_app.shell import session as workspace
from streamlit_app.shell.context import open_area
from streamlit_app.shell.visitor_thresholds import take_own
from streamlit_app.shell.watching import watch

area, lang = open_area(), workspace.spoken()
workspace.change(area=area.id, language=lang.code)
workspace.write_address(take_own(area))

parts: dict[str, tuple[str, Callable[[Area, Language], None]]] = {
    "overview": (lang.t("Overview"), parts_of_area.overview)
}
if may(Role.STEWARD):
    parts |= {
        "data": (lang.t("Data"), parts_of_area.data),
        "events": (lang.t("Events"), parts_of_area.events),
        "forecast": (lang.t("Forecast"), parts_of_area.forecast),
        "conditions": (lang.t("Conditions"), parts_of_account.conditions),
        "costs": (lang.t("Costs"), parts_of_account.costs),
        "progress": (lang.t("Progress"), parts_of_account.progress),
    }
parts["agreement"] = (lang.t("Agreement"), parts_of_account.agreement)
parts["people"] = (lang.t("People"), parts_of_keeping.people)
if may(Role.STEWARD):
    parts |= {
        "audit": (lang.t("Logbook"), parts_of_keeping.audit),
        "backup": (lang.t("Backup"), parts_of_keeping.backup),
    }

st.title(lang.t("Manage"), anchor=False)
chosen = st.segmented_control(
    lang.t("Part"),
    list(parts),
    default="overview",
    required=True,
    format_func=lambda one: parts[one][0],
    key=ManageKey.MANAGE_PART,
    label_visibility="collapsed",
)
parts[chosen if chosen in parts else "overview"][1](area, lang)
watch(see(shown_of, chosen or "overview", area.id), lang, ask=chosen in ("data", "events"))
