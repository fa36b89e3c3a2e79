"""The parts about one area: what waits, its data, its events and its forecast."""

from data.area.area import Area
from feedback.people.roles import Role
from language import Language
from streamlit_app.access.permissions import may
from streamlit_app.manage import (
    managing_agreement,
    managing_areas,
    managing_data,
    managing_events,
    managing_jobs,
    managing_proposed,
)
from streamlit_app.manage.managing import part, queue
from streamlit_app.manage.managing_new_area import new_area


def overview(area: Area, lang: Language) -> None:
    """What waits, how fresh the data are, and the settings of the area."""
    with part(
        "waiting",
        lang.t("What is waiting for a decision"),
        lang.t("People who send something should hear soon what happens to it."),
    ):
        queue(area, lang)
    with part(
        "fresh",
        lang.t("Sources of {area}", area=area.name(lang)),
        lang.t("To see at a glance what is old or went wrong."),
    ):
        managing_areas.sources_status(area, lang)
    if not may(Role.STEWARD):
        return
    with part("areas", lang.t("All areas"), lang.t("Choose another area at the top to change it.")):
        managing_areas.areas_table(lang)
    with part(
        "settings", lang.t("Settings of {area}", area=area.name(lang)), lang.t("Which moment it shows, and to whom.")
    ):
        managing_areas.settings(area, lang)


def data(area: Area, lang: Language) -> None:
    """Bring data in, decide on sources, and undo."""
    with part(
        "bring-in", lang.t("Add data to {area}", area=area.name(lang)), lang.t("You see first what is in the file.")
    ):
        managing_data.bring_in(area, lang)
    with part(
        "decide",
        lang.t("Decide on sources of {area}", area=area.name(lang)),
        lang.t("Data are used only when the people they concern agree. A decision counts at once."),
    ):
        managing_data.decide(area, lang)
    with part(
        "investigate",
        lang.t("Test what a source would add"),
        lang.t("Behind closed doors: only figures come out, and no forecast uses the source."),
    ):
        managing_agreement.investigate(area, lang)
    with part("undo", lang.t("Restore"), lang.t("Of every change a copy is kept of what was there before.")):
        managing_data.undo(area, lang)
    with part("new-area", lang.t("Add an area"), lang.t("Another municipality, or another part of town.")):
        new_area(lang)


def events(area: Area, lang: Language) -> None:
    """Decide on events that are proposed, and keep the event calendar."""
    with part(
        "proposed",
        lang.t("Proposed events in {area}", area=area.name(lang)),
        lang.t("The forecast does not count with them until you accept them."),
    ):
        managing_proposed.decide(area, lang)
    with part(
        "events",
        lang.t("Add an event in {area}", area=area.name(lang)),
        lang.t("The forecast counts with them. After saving you see what changes."),
    ):
        managing_events.add(area, lang)
    with part("calendar", lang.t("The calendar"), lang.t("To change or remove what is in it.")):
        managing_events.calendar(area, lang)


def forecast(area: Area, lang: Language) -> None:
    """Train and make the forecast anew."""
    with part(
        "update",
        lang.t("Bring {area} up to date", area=area.name(lang)),
        lang.t("This happens by itself every night, if it is set up so. Here you can do it now."),
    ):
        managing_jobs.update(area, lang)
