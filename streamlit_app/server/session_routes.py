"""Plain addresses of sessions: sheets for paper, reports, and the feeds by which answers are followed."""

from collections.abc import Callable
from functools import partial, wraps
from html import escape
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from data.area.area import Area
from feedback.database.unavailable import UnavailableError
from feedback.people.roles import Role, has_any
from feedback.sessions.advice import Advice, advices
from feedback.sessions.agenda import agenda
from feedback.sessions.follow import calendar, rss
from feedback.sessions.preparing import note_printed, note_reached
from feedback.sessions.sessions import Session, find_session
from feedback.sessions.statements import statements
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import Forecast
from language import Language, UserError, language
from reports.session_pictures import session_pictures
from reports.session_report import session_report
from reports.session_report_docx import report_docx
from reports.session_report_html import report_html
from reports.session_report_zip import report_zip
from streamlit_app.access.address import page_address
from streamlit_app.access.permissions import role_of_request, visitor_of_request
from streamlit_app.server.costs import too_much
from streamlit_app.server.kept_private import unless_said
from streamlit_app.sessions.guess_results import result_of
from streamlit_app.sessions.preflight import only_here
from streamlit_app.sessions.reading import area_of, may_read
from streamlit_app.sessions.rounds.saturday_days import frozen_of
from streamlit_app.sessions.sheets import sheets
from streamlit_app.shell import resources
from streamlit_app.shell.acting import do_as
from streamlit_app.shell.security import preferred_language
from visuals.base.outlook import Outlook

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

Answer = Callable[[Request, Language], Response]


def plain_route(path: str) -> Callable[[Answer], Route]:
    """Make a route of a plain function; errors become one sentence."""

    def decorate(answer: Answer) -> Route:
        @wraps(answer)
        async def endpoint(request: Request) -> Response:
            lang = language(preferred_language(request.url.query, request.headers.get("accept-language", "")))
            try:
                refusal = await run_in_threadpool(too_much, request, lang)
                return refusal or unless_said(await run_in_threadpool(answer, request, lang))
            except UnavailableError as error:
                return Response(error.say(lang), 503, media_type="text/plain; charset=utf-8")
            except UserError as error:
                return Response(error.say(lang), 403, media_type="text/plain; charset=utf-8")

        return Route(path, endpoint, methods=["GET"])

    return decorate


@plain_route("/sheets/{session_id}")
def paper(request: Request, lang: Language) -> Response:
    """Give the sheets of all items, to print."""
    _only(request, Role.FACILITATOR)
    session = find_session(request.path_params["session_id"])
    do_as(visitor_of_request(request), lang, note_printed, session.id)
    shown = [s for s in statements(session.id, "published") if s.text]
    items = [(item, [s.text for s in shown if s.item == item.id]) for item in agenda(session.id)]
    return HTMLResponse(sheets(session, items, area_of(session), page_address(request, "enter"), lang))


@plain_route("/reach/{session_id}")
def reach(request: Request, lang: Language) -> Response:
    """Tell a phone before the evening that it reaches this app, and note under which address it did."""
    address = page_address(request, "reach").removesuffix("/reach")
    if not has_any(role_of_request(request), (Role.FACILITATOR,)) and not only_here(address):
        do_as(visitor_of_request(request), lang, note_reached, request.path_params["session_id"], address)
    said = escape(lang.t("This phone reaches the app. You can close this page."))
    return HTMLResponse(
        f'<!doctype html><html lang="{lang.code}"><meta name="viewport" content="width=device-width">'
        f'<p style="font:1.25rem/1.5 sans-serif;padding:1rem">{said}</p></html>'
    )


@plain_route("/report/{session_id}.{form}")
def report(request: Request, lang: Language) -> Response:
    """Give a report as ``html``, ``docx`` or ``zip``: a draft to facilitators, an adopted one to everybody."""
    session = find_session(request.path_params["session_id"])
    area, form = area_of(session), request.path_params["form"]
    if not may_read(session, role_of_request(request)):
        raise UserError("This area is not public.")
    if session.report != "adopted":
        _only(request, Role.FACILITATOR)
    if session.report == "none":
        raise UserError("There is no report yet. Fill in the closing form first.")
    if form == "zip":
        return _file(report_zip(session, area.tz, simulated=area.simulated), "application/zip", session, form)
    looked_at = _looked_at(session, area)
    outlook = None if looked_at is None else Outlook(looked_at[1], area, resources.thresholds(area.id), lang)
    applied = partial(resources.applied, *looked_at) if looked_at else None
    pictures = session_pictures(session.id, agenda(session.id), outlook, lang, applied)
    guessed = {item.id: found for item in agenda(session.id) if (found := result_of(item.id, area)) is not None}
    played = frozen_of(area) if any(item.kind == "saturday" for item in agenda(session.id)) else None
    made = session_report(session, area, lang, pictures, guessed, played)
    if form == "docx":
        return _file(report_docx(made, lang), WORD, session, form)
    return HTMLResponse(report_html(made, lang))


@plain_route("/answers.rss")
def feed(request: Request, lang: Language) -> Response:
    """Give advices and answers as a news feed."""
    page = page_address(request, "answers")
    return Response(rss(_public(request), lang, page=page), media_type="application/rss+xml")


@plain_route("/answers.ics")
def promised(request: Request, lang: Language) -> Response:
    """Give the days on which answers are promised as a calendar."""
    page = page_address(request, "answers")
    return Response(calendar(_public(request), lang, page=page), media_type="text/calendar; charset=utf-8")


def _public(request: Request) -> list[Advice]:
    role = role_of_request(request)
    return [advice for advice in advices() if may_read(find_session(advice.session), role)]


def _only(request: Request, role: Role) -> None:
    if not has_any(role_of_request(request), (role,)):
        raise UserError("Only a facilitator can open this. Enter your code first.")


def _looked_at(session: Session, area: Area) -> tuple[Snapshot, Forecast] | None:
    """Return the snapshot and forecast the room looked at; without them the report has no pictures of it."""
    if session.snapshot is None:
        return None
    try:
        return resources.recalled(area.id, session.snapshot)
    except UserError:
        return None


def _file(content: bytes, kind: str, session: Session, form: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{session.name}.{form}"'}
    return Response(content, media_type=kind, headers=headers)


ROUTES: Final = [paper, reach, report, feed, promised]
