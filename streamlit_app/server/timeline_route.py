"""The plain address of the timeline: a feed for everybody, and a table of what whoever asks may read."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from data.area.area import list_areas
from language import Language, UserError
from reports.timeline.files import timeline_csv, timeline_feed
from reports.timeline.gathering import timeline
from reports.timeline.happening import Asked
from streamlit_app.access.address import page_address
from streamlit_app.access.permissions import may_see, role_of_request
from streamlit_app.notebook.told_cell import told_weeks
from streamlit_app.server.session_routes import plain_route
from streamlit_app.shell import resources


@plain_route("/api/areas/{area_id}/timeline.{form}")
def timeline_as(request: Request, lang: Language) -> Response:
    """Give the timeline of an area as ``csv`` or ``rss``."""
    area_id, form = request.path_params["area_id"], request.path_params["form"]
    if area_id not in list_areas():
        return _not_found(lang.t("There is no such area."))
    if form not in ("csv", "rss"):
        return _not_found(lang.t("Choose csv or rss."))
    area, role = resources.area(area_id), role_of_request(request)
    if not may_see(area, role):
        raise UserError("This area is not public.")
    found = timeline(Asked(area, lang, role, told_weeks(area, area.now())))
    if form == "csv":
        return Response(timeline_csv(found), media_type="text/csv; charset=utf-8")
    base = page_address(request, "timeline").removesuffix("timeline")
    return Response(timeline_feed(found, area, lang, base=base), media_type="application/rss+xml")


def _not_found(sentence: str) -> Response:
    return Response(sentence, 404, media_type="text/plain; charset=utf-8")


ROUTES: Final = [timeline_as]
