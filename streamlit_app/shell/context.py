"""What every page is given: the language, the area, the forecast looked at, and where it comes from."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.settings import default_area
from data.area.sources import Source
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.week_hours import opening_hour
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import NoLongerApprovedError, cutoff_of
from forecasting.snapshot.unknown import check_known
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from forecasting.values.timing import Timing
from language import Language, UserError
from streamlit_app.access.permissions import RefusedError, visitor
from streamlit_app.shell import resources, session
from streamlit_app.shell.visitor_thresholds import VisitorThresholds, open_thresholds, take_own
from streamlit_app.shell.workspace import Workspace
from visuals.base.outlook import Outlook
from visuals.words.adopted import whose_sentence


@dataclass(frozen=True)
class Context:
    """The language, area, forecast and thresholds of this run, and the workspace with all defaults filled in.

    ``forecast`` has the scenario of the workspace applied, ``unchanged`` has not. ``thresholds`` are those that
    this visitor sees; ``thresholds`` says whose they are.
    """

    lang: Language
    area: Area
    workspace: Workspace
    snapshot: Snapshot
    forecast: Forecast
    unchanged: Forecast
    thresholds: Thresholds
    visitor_thresholds: VisitorThresholds
    sources: tuple[Source, ...]

    @property
    def hour_index(self) -> int:
        """The position of the hour looked at in the forecast's hours."""
        assert self.workspace.moment is not None
        place = self.forecast.hours.get_loc(pd.Timestamp(self.workspace.moment))
        return cast("int", place)  # of hours that are all different

    @property
    def outlook(self) -> Outlook:
        """What pictures, tables and sentences of the week are made of."""
        return Outlook(self.forecast, self.area, self.thresholds, self.lang)

    @property
    def thresholds_sentence(self) -> str:
        """Whose thresholds these are, and that they are no official phase."""
        whose = self.visitor_thresholds
        return whose_sentence(whose.adoption, self.lang, self.area.tz, own=whose.own is not None)

    def marked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return ``frame`` with columns that say DEMO DATA where the data are simulated, and which scenario is on."""
        marks = {"data": "DEMO DATA"} if self.forecast.simulated else {}
        if self.forecast.scenario:
            marks["scenario"] = self.forecast.scenario
        return frame.assign(**marks)


def open_area() -> Area:
    """Return the area of the workspace, or the default one.

    One that is not here for this visitor is replaced by the default, with a sentence. Raises ``UserError`` when there
    is no area at all that the visitor may see.
    """
    visible = resources.areas_for(visitor().role)
    if not visible:
        raise RefusedError("Nothing here is public. Enter your code first.")
    default = default_area() if default_area() in visible else visible[0]
    wanted = session.current().area or default
    if wanted not in visible:
        lang = session.spoken()
        session.say_once(lang.t("The link names an area that is not here. You see the default view instead."))
        session.leave_area()
        wanted = default
    return resources.area(wanted)


def shown_time(area: Area) -> tuple[datetime, Timing]:
    """Return the moment (UTC) of the forecast that is looked at, and how it lies in time, without opening it."""
    cutoff = cutoff_of(session.current().snapshot or "") or area.now().astimezone(UTC)
    return cutoff, resources.timing(area.id, cutoff)


def shows_now() -> bool:
    """Return whether the week that is looked at is the one that comes, also before anything could be opened."""
    try:
        asked = session.current().area
        seen = asked if asked in resources.areas_for(visitor().role) else default_area()
        return shown_time(resources.area(seen))[1].now
    except UserError:
        return True


def open_context() -> Context:
    """Fill in what the workspace leaves open, write it to the address bar, and return all of it.

    Raises ``UserError`` when the area cannot be forecast, or nothing is known in its forecast; the area and language
    can still be switched then.
    """
    area = open_area()
    session.change(area=area.id, language=session.spoken().code)
    everybody = take_own(area)
    session.write_address(everybody)
    snapshot, unchanged = _open_forecast(area)
    check_known(snapshot, unchanged)
    forecast = _open_scenario(snapshot, unchanged)
    visitor_thresholds = open_thresholds(area)
    thresholds = visitor_thresholds.thresholds
    workspace = session.current()
    moment = _open_moment(forecast, thresholds, workspace.moment)
    zone = workspace.zone if workspace.zone in forecast.zone_ids else None
    session.change(snapshot=snapshot.id, moment=moment, zone=zone)
    session.write_address(everybody)
    session.show_notices()
    lang, workspace, sources = session.spoken(), session.current(), resources.sources(area.id)
    return Context(lang, area, workspace, snapshot, forecast, unchanged, thresholds, visitor_thresholds, sources)


def _open_forecast(area: Area) -> tuple[Snapshot, Forecast]:
    wanted = session.current().snapshot
    now = area.now()
    if wanted is None:
        return resources.issued(area.id, now)
    lang = session.spoken()
    said = lang.t(
        "The link shows forecast {snapshot}, which is not on this machine. You see the current one instead.",
        snapshot=wanted,
    )
    try:
        return resources.recalled(area.id, wanted)
    except NoLongerApprovedError as error:
        said = f"{error.say(lang)} {lang.t('You see the current one instead.')}"
    except UserError:
        pass
    session.say_once(said)
    return resources.issued(area.id, now)


def _open_scenario(snapshot: Snapshot, unchanged: Forecast) -> Forecast:
    """Return the forecast with the workspace's scenario; one that does not fit this area is left, with a sentence."""
    for field in ("scenario", "beside"):
        try:
            resources.applied(snapshot, unchanged, getattr(session.current(), field))
        except UserError as error:
            session.say_once(error.md(session.spoken()))
            session.change(**{field: None})
    return resources.applied(snapshot, unchanged, session.current().scenario)


def _open_moment(forecast: Forecast, thresholds: Thresholds, wanted: datetime | None) -> datetime:
    """Return the wanted hour where it is in the forecast, else the peak of the week's most important busy moment."""
    if wanted is not None and pd.Timestamp(wanted) in forecast.hours:
        return wanted
    if wanted is not None:
        session.say_once(session.spoken().t("The moment in the link lies outside this forecast."))
    moments = busy_moments(forecast, thresholds)
    index = moments[0].peak if moments else opening_hour(forecast, np.arange(len(forecast.hours)))
    return forecast.hours[index].to_pydatetime().astimezone(UTC)


def page_title(context_area: Area, title: str, lang: Language) -> str:
    """Return the title for the browser's tab; practice data are named in it."""
    mark = lang.t("DEMO DATA") + " · " if context_area.simulated else ""
    return f"{mark}{title} · {context_area.name(lang)}"
