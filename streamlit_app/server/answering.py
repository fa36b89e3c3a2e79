"""What addresses of an area have in common: who may have it, which forecast is asked for, and how errors are said."""

from collections.abc import Callable, Mapping
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.area.area import Area, list_areas
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.unknown import check_known
from forecasting.values.adoption import in_force
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import Language, UserError, language
from streamlit_app.access.permissions import may_see, role_of_request
from streamlit_app.server.costs import too_much
from streamlit_app.server.kept_private import NOTHING, unless_said
from streamlit_app.shell import resources
from streamlit_app.shell.security import preferred_language
from visuals.base.outlook import Outlook

Answer = Callable[[Request, Language], Response]


class RefusedError(Exception):
    """A request that is not answered: an HTTP status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


def _reader_of(request: Request) -> Language:
    return language(preferred_language(request.url.query, request.headers.get("accept-language", "")))


def route(path: str) -> Callable[[Answer], Route]:
    """Make a route of a plain function; errors become a JSON object with one sentence."""

    def decorate(answer: Answer) -> Route:
        @wraps(answer)
        async def endpoint(request: Request) -> Response:
            lang = _reader_of(request)
            try:
                refusal = await run_in_threadpool(too_much, request, lang)
                return refusal or unless_said(await run_in_threadpool(answer, request, lang))
            except RefusedError as refused:
                return JSONResponse({"error": str(refused)}, refused.status, headers=NOTHING)
            except UserError as error:
                return JSONResponse({"error": error.say(lang)}, 409, headers=NOTHING)

        return Route(path, endpoint, methods=["GET"])

    return decorate


def open_area(request: Request, lang: Language) -> Area:
    """Return the area that an address names. Raises ``RefusedError`` where there is none or it may not be seen."""
    area_id = request.path_params["area_id"]
    if area_id not in list_areas():
        raise RefusedError(404, lang.t("There is no such area."))
    area = resources.area(area_id)
    if not may_see(area, role_of_request(request)):
        raise RefusedError(403, lang.t("This area is not public."))
    return area


def forecast_of(area: Area, query: Mapping[str, str], lang: Language) -> Forecast:
    """Return the forecast that a query asks for: ``snapshot`` and ``scenario``, or the newest without a scenario.

    Raises ``RefusedError`` where there is none.
    """
    (snapshot, unchanged), code = _opened(area, query, lang), query.get("scenario")
    try:
        return resources.applied(snapshot, unchanged, Scenario.decode(code) if code else None)
    except UserError as error:
        raise RefusedError(400, error.say(lang)) from error


def snapshot_of(area: Area, query: Mapping[str, str], lang: Language) -> Snapshot:
    """Return the snapshot that a query asks for, or the newest. Raises ``RefusedError`` where there is none."""
    return _opened(area, query, lang)[0]


def _opened(area: Area, query: Mapping[str, str], lang: Language) -> tuple[Snapshot, Forecast]:
    wanted = query.get("snapshot")
    try:
        snapshot, unchanged = resources.recalled(area.id, wanted) if wanted else resources.issued(area.id, area.now())
        check_known(snapshot, unchanged)
    except UserError as error:
        raise RefusedError(404 if wanted else 409, error.say(lang)) from error
    return snapshot, unchanged


def outlook_of(area: Area, query: Mapping[str, str], lang: Language) -> tuple[Outlook, ThresholdSet]:
    """Return the same against the thresholds in force, and which of these were adopted."""
    found, adoption = forecast_of(area, query, lang), in_force(area.id)
    chosen = adoption.thresholds if adoption else ThresholdSet()
    return Outlook(found, area, chosen.on(resources.thresholds(area.id)), lang), chosen
