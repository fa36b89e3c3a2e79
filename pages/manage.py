"""Beheer / Manage: areas, data, events, training, people and backups, for who looks after the app."""

from collections.abc import Callable

import streamlit as st

from data.keeping.acts import see
from feedback.people.roles import Role
from streamlit_app.access.permissions import may
from streamlit_app.manage import (
    managing_agreement,
    managing_areas,
    managing_audit,
    managing_backup,
    managing_conditions,
    managing_costs,
    managing_data,
    managing_events,
    managing_jobs,
    managing_people,
    managing_progress,
    managing_sign_ins,
)
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import part, queue, shown_of
from streamlit_app.manage.managing_new_area import new_area
from streamlit_app.shell import session as workspace
from streamlit_app.shell.context import open_area
from streamlit_app.shell.visitor_thresholds import take_own
from streamlit_app.shell.watching import watch

area, lang = open_area(), workspace.spoken()
name = area.name(lang)
workspace.change(area=area.id, language=lang.code)
workspace.write_address(take_own(area))


def overview() -> None:
    """What waits, how fresh the data are, and the settings of the area."""
    with part(
        "waiting",
        lang.t("What waits for a decision"),
        lang.t("People who send something should hear soon what happens to it."),
    ):
        queue(area, lang)
    with part("fresh", lang.t("Sources of {area}", area=name), lang.t("To see at a glance what is old or went wrong.")):
        managing_areas.sources_status(area, lang)
    if not may(Role.STEWARD):
        return
    with part("areas", lang.t("All areas"), lang.t("Choose another area at the top to change it.")):
        managing_areas.areas_table(lang)
    with part("settings", lang.t("Settings of {area}", area=name), lang.t("Which moment it shows, and to whom.")):
        managing_areas.settings(area, lang)


def data() -> None:
    """Bring data in, decide on sources, and undo."""
    with part("bring-in", lang.t("Add data to {area}", area=name), lang.t("You see first what is in the file.")):
        managing_data.bring_in(area, lang)
    with part(
        "decide",
        lang.t("Decide on sources of {area}", area=name),
        lang.t("Data are used only when the people they concern agree. A decision counts at once."),
    ):
        managing_data.decide(area, lang)
    with part("undo", lang.t("Restore"), lang.t("Of every change a copy is kept of what was there before.")):
        managing_data.undo(area, lang)
    with part("new-area", lang.t("Add an area"), lang.t("Another municipality, or another part of town.")):
        new_area(lang)


def events() -> None:
    """Keep the event calendar."""
    with part(
        "events",
        lang.t("Add an event in {area}", area=name),
        lang.t("The forecast counts with them. After saving you see what changes."),
    ):
        managing_events.add(area, lang)
    with part("calendar", lang.t("The calendar"), lang.t("To change or remove what is in it.")):
        managing_events.calendar(area, lang)


def forecast() -> None:
    """Train and make the forecast anew."""
    with part(
        "update",
        lang.t("Bring {area} up to date", area=name),
        lang.t("This happens by itself every night, if it is set up so. Here you can do it now."),
    ):
        managing_jobs.update(area, lang)


def agreement() -> None:
    """Note what the parties say to sources."""
    with part(
        "agreement",
        lang.t("Who agrees to sources of {area}", area=name),
        lang.t("An objection keeps a source out at once. The decision on a source follows from what the parties say."),
    ):
        managing_agreement.agreement(area, lang)


def conditions() -> None:
    """Keep the conditions that everybody reads, and decide how they stand."""
    broken = lang.t("When one is broken or withdrawn, what it governs is switched off.")
    with part("condition-decide", lang.t("How conditions of {area} stand", area=name), broken):
        managing_conditions.decide(area, lang)
    with part("condition-edit", lang.t("Conditions"), lang.t("What people set together, and what it governs.")):
        managing_conditions.one_condition(area, lang)
    with part("wishes", lang.t("Goals and wishes"), lang.t("Who asks for something hears what becomes of it.")):
        managing_conditions.wish(area, lang)


def progress() -> None:
    """Keep what only people know of the progress; the rest is counted."""
    with part("use", lang.t("May it be used?"), lang.t("One decision, which everybody can read.")):
        managing_progress.use(area, lang)
    with part("results", lang.t("Results"), lang.t("What a work package is to deliver, and who checked it.")):
        managing_progress.result(area, lang)
    with part("meetings", lang.t("Meetings of work packages"), lang.t("Who met whom, and about what.")):
        managing_progress.meeting(area, lang)
    with part("tellings", lang.t("Communication plan"), lang.t("Who hears what, when, and by which channel.")):
        managing_progress.telling(area, lang)


def costs() -> None:
    """Keep the costs and benefits that everybody reads."""
    with part(
        "cost-items",
        lang.t("Costs and benefits of {area}", area=name),
        lang.t("Everybody reads what it means; professionals see the figures."),
    ):
        managing_costs.items(area, lang)
    with part(
        "cost-rates", lang.t("Years and rates"), lang.t("What comes later counts for less. The rate says how much.")
    ):
        managing_costs.frame(area, lang)
    with part("cost-versions", lang.t("All changes"), lang.t("Nothing is lost: every change can be undone.")):
        managing_costs.versions(area, lang)


def people() -> None:
    """Invite, withdraw, and set a password."""
    with part("invite", lang.t("Invite"), lang.t("A personal code opens the app with a role. No account is needed.")):
        managing_people.invitation_form(lang)
    with part("entering", lang.t("Who can enter"), lang.t("When you withdraw a code, whoever used it is out at once.")):
        managing_people.who_can_enter(area, lang)
    with part("signed-in", lang.t("Who is signed in"), lang.t("People you sign out are out with their next click.")):
        managing_sign_ins.who_is_in(area, lang)
    with part(
        "password", lang.t("A password"), lang.t("A one-time link works once. With a password you can come back.")
    ):
        managing_people.password_form(lang)


def backup() -> None:
    """Keep copies elsewhere."""
    with part("backup", lang.t("Backup"), lang.t("For when the machine breaks.")):
        managing_backup.backups(area, lang)
    with part("restore", lang.t("Put a backup back"), lang.t("For when something went wrong with what people said.")):
        managing_backup.putting_back(area, lang)


def audit() -> None:
    """Read and keep who did what."""
    with part(
        "audit",
        lang.t("Who did what"),
        lang.t("To see afterwards who changed something, and who was refused. Persons are not in it."),
    ):
        managing_audit.audit_log(area, lang)


parts: dict[str, tuple[str, Callable[[], None]]] = {"overview": (lang.t("Overview"), overview)}
if may(Role.STEWARD):
    parts |= {
        "data": (lang.t("Data"), data),
        "events": (lang.t("Events"), events),
        "forecast": (lang.t("Forecast"), forecast),
        "conditions": (lang.t("Conditions"), conditions),
        "costs": (lang.t("Costs"), costs),
        "progress": (lang.t("Progress"), progress),
    }
parts["agreement"] = (lang.t("Agreement"), agreement)
parts["people"] = (lang.t("People"), people)
if may(Role.STEWARD):
    parts |= {"audit": (lang.t("Logbook"), audit), "backup": (lang.t("Backup"), backup)}

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
parts[chosen if chosen in parts else "overview"][1]()
watch(see(shown_of, chosen or "overview", area.id), lang, ask=chosen in ("data", "events"))
