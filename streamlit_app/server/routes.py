"""The app's plain web addresses: health, the areas, and their forecasts for other programs."""

from datetime import UTC, timedelta
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from data.area.zones import zones_geojson
from feedback.people.roles import Role, has_any
from forecasting.snapshot.ahead import second_week
from forecasting.values.adoption import in_force
from language import Language
from streamlit_app.access.permissions import role_of_request
from streamlit_app.entrance import entering
from streamlit_app.playbook import playbook_answer
from streamlit_app.server import embedding, session_routes, timeline_route
from streamlit_app.server.answering import RefusedError, forecast_of, open_area, outlook_of, route, snapshot_of
from streamlit_app.server.kept_private import for_a_while
from streamlit_app.server.readiness import watch
from streamlit_app.sessions.presenter import view as presenter_view
from streamlit_app.shell import resources
from streamlit_app.showing.basemaps import drawing_of, style_of
from streamlit_app.showing.preparing import prepares_in


@route("/healthz")
def health(_request: Request, _lang: Language) -> Response:
    """Answer that the app is up, and which version. Nothing else is looked at: a restart would not mend it."""
    return JSONResponse({"status": "ok", "version": version("crowd-notebook")})


@route("/readyz")
def ready(_request: Request, _lang: Language) -> Response:
    """Say in words what does not work: 503 when the app cannot serve without it, else 200."""
    broken, to_do = watch.look()
    found = {"status": "not ready" if broken else "ready", "failing": [*broken, *to_do]}
    return JSONResponse(found, 503 if broken else 200)


@route("/api/areas")
def areas(request: Request, lang: Language) -> Response:
    """List the areas that the visitor may see."""
    visible = map(resources.area, resources.areas_for(role_of_request(request)))
    return JSONResponse(
        [
            {
                "id": area.id,
                "name": area.name(lang),
                "time_zone": area.time_zone,
                "measure": area.measure,
                "simulated": area.simulated,
                "as_of": area.now().isoformat(),
                "replay": area.clock.mode == "replay",
                "zones": list(area.zone_ids),
            }
            for area in visible
        ]
    )


@route("/api/areas/{area_id}/style.json")
def style(request: Request, lang: Language) -> Response:
    """Give the area's base map as a MapLibre style."""
    area = open_area(request, lang)
    return JSONResponse(style_of(area), headers=for_a_while(area))


@route("/api/areas/{area_id}/drawing.json")
def drawing(request: Request, lang: Language) -> Response:
    """Give the area's base map and zones as shapes, for maps that are charts."""
    area = open_area(request, lang)
    return JSONResponse(drawing_of(area), headers=for_a_while(area))


@route("/api/areas/{area_id}/zones.geojson")
def zones(request: Request, lang: Language) -> Response:
    """Give the area's zones as GeoJSON."""
    return JSONResponse(zones_geojson(open_area(request, lang).zones), media_type="application/geo+json")


@route("/api/areas/{area_id}/forecast.{form}")
def forecast(request: Request, lang: Language) -> Response:
    """Give the forecast of seven days from the area's now on as ``csv``, ``json``, ``geojson`` or ``czml``.

    ``as_of`` says at which moment it was made, and ``replay`` whether its week is another than the one that comes.
    ``snapshot`` in the query names another one than the newest, ``scenario`` (``Scenario.encode``) one to apply.
    """
    from forecasting.values.formats import as_geojson, as_json

    area = open_area(request, lang)
    found = forecast_of(area, request.query_params, lang)
    form = request.path_params["form"]
    if form == "csv":
        return Response(found.csv(), media_type="text/csv; charset=utf-8")
    if form == "json":
        return Response(as_json(found), media_type="application/json")
    if form == "geojson":
        return Response(as_geojson(found, area), media_type="application/geo+json")
    if form == "czml":
        from reports.open_data.czml import as_czml

        adoption = in_force(area.id)
        defaults = resources.thresholds(area.id)
        shown = adoption.thresholds.on(defaults) if adoption else defaults
        return Response(as_czml(found, area, shown, lang), media_type="application/json")
    raise RefusedError(404, lang.t("Choose csv, json, geojson or czml."))


@route("/api/areas/{area_id}/moments.json")
def moments(request: Request, lang: Language) -> Response:
    """Give the moments of the coming week that are expected to be busy, and those that are worth preparing for.

    ``snapshot`` and ``scenario`` in the query as for a forecast.
    """
    from reports.open_data.moments import moments_json

    area = open_area(request, lang)
    outlook, _ = outlook_of(area, request.query_params, lang)
    return Response(moments_json(outlook, prepares_in(area.id)), media_type="application/json")


@route("/api/areas/{area_id}/second-week.json")
def later(request: Request, lang: Language) -> Response:
    """Give days 8 to 14 by daypart against the thresholds in force: less sure, and without any scenario.

    ``snapshot`` in the query as for a forecast.
    """
    area = open_area(request, lang)
    found = second_week(snapshot_of(area, request.query_params, lang))
    if found is None:
        raise RefusedError(409, lang.t("Days 8 to 14 are not there: the app did not yet learn how sure it is of them."))
    adoption, defaults = in_force(area.id), resources.thresholds(area.id)
    shown = adoption.thresholds.on(defaults) if adoption else defaults
    return Response(found.json(shown), media_type="application/json")


@route("/api/areas/{area_id}/counts.json")
def counts(request: Request, lang: Language) -> Response:
    """Give the counts of the last ``days`` (default 7, at most 31) before the area's now, as Smart Data Models."""
    from reports.open_data.crowd_flow import MOST_DAYS, crowd_flow

    area = open_area(request, lang)
    asked = request.query_params.get("days", "7")
    if not asked.isdecimal() or not 1 <= int(asked[:4]) <= MOST_DAYS:
        raise RefusedError(400, lang.t("Choose 1 to {most} days.", most=MOST_DAYS))
    now = area.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    found = crowd_flow(area, now - timedelta(days=int(asked)), now)
    return JSONResponse(found, media_type="application/ld+json")


@route("/api/areas/{area_id}/catalogue.jsonld")
def open_catalogue(request: Request, lang: Language) -> Response:
    """Give the catalogue of what is open of an area, for data portals."""
    from reports.register.making import made

    area = open_area(request, lang)
    base = str(request.base_url)
    return Response(made(area, "dcat", lang, base), media_type="application/ld+json")


@route("/api/areas/{area_id}/thresholds.json")
def thresholds(request: Request, lang: Language) -> Response:
    """Give the thresholds in force, and the decision they come from."""
    from forecasting.values.formats import thresholds_as_json

    area = open_area(request, lang)
    found = thresholds_as_json(area, resources.thresholds(area.id), in_force(area.id))
    return Response(found, media_type="application/json")


@route("/api/areas/{area_id}/playbook.{form}")
def playbook(request: Request, lang: Language) -> Response:
    """Give the week ahead of the playbook as ``json`` or ``ics``, to professionals whole and also as ``csv``.

    Everybody else gets what everybody may know. ``actor`` in the query names whose cards professionals get.
    """
    area, form = open_area(request, lang), request.path_params["form"]
    if form not in playbook_answer.TYPES:
        raise RefusedError(404, lang.t("Choose csv, ics or json."))
    whole = has_any(role_of_request(request), (Role.PROFESSIONAL,))
    if form == "csv" and not whole:
        raise RefusedError(403, lang.t("This table is for professionals. Enter your code first."))
    outlook, chosen = outlook_of(area, {}, lang)
    try:
        content = playbook_answer.answer(outlook, form, request.query_params.get("actor"), chosen.text, whole=whole)
    except playbook_answer.UnknownActorError as error:
        raise RefusedError(400, error.say(lang)) from error
    return Response(content, media_type=playbook_answer.TYPES[form])


@route("/api/areas/{area_id}/actions.{form}")
def actions(request: Request, lang: Language) -> Response:
    """Give the action log to professionals, as ``csv`` or ``json``; with ``missing=1`` only what lacks something."""
    from reports.playbook.action_files import actions_csv, actions_json
    from response.actions.log import entries

    area, form = open_area(request, lang), request.path_params["form"]
    if form not in ("csv", "json"):
        raise RefusedError(404, lang.t("Choose csv or json."))
    if not has_any(role_of_request(request), (Role.PROFESSIONAL,)):
        raise RefusedError(403, lang.t("This table is for professionals. Enter your code first."))
    found = entries(area.id, missing=request.query_params.get("missing") == "1")
    if form == "csv":
        return Response(actions_csv(found), media_type="text/csv; charset=utf-8")
    return Response(actions_json(found, area), media_type="application/json")


@route("/api/areas/{area_id}/effects.json")
def effects(request: Request, lang: Language) -> Response:
    """Give what is known of the effect of each card to professionals: the figures of the page and the command line."""
    from data.area.effects import adopted_effects
    from response.effects.figures import findings_json
    from streamlit_app.playbook.measured import findings_of

    area = open_area(request, lang)
    if not has_any(role_of_request(request), (Role.PROFESSIONAL,)):
        raise RefusedError(403, lang.t("This table is for professionals. Enter your code first."))
    return Response(findings_json(findings_of(area), adopted_effects(area.id)), media_type="application/json")


@route("/today")
def today(request: Request, _lang: Language) -> Response:
    """Lead to the first page, which Streamlit serves at the root only."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}")


ROUTES = [
    health,
    ready,
    areas,
    style,
    drawing,
    zones,
    forecast,
    moments,
    later,
    counts,
    open_catalogue,
    thresholds,
    playbook,
    actions,
    effects,
    today,
    *entering.ROUTES,
    *presenter_view.ROUTES,
    *session_routes.ROUTES,
    *embedding.ROUTES,
    *timeline_route.ROUTES,
]
