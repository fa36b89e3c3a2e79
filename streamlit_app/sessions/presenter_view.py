"""The presenter view: a plain page for the projector, which asks every few seconds what the room is to see.

It is no Streamlit page, so that it stays still, is legible at ten metres, and costs the server next to nothing
(docs/decisions/0020-presenter-view.md). Only facilitators may open it, and steer it.
"""

from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

import segno
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from data.area.area import Area, list_areas
from data.keeping.acts import Seen, version
from data.keeping.from_outside import parsed
from feedback.groups.opinions import ENOUGH_VOTERS
from feedback.people.roles import Role, has_any
from feedback.sessions.agenda import SPOKEN, Item, kind_beside
from feedback.sessions.door import is_shut, open_door, shut_door
from feedback.sessions.polis_store import published_opinions, statement_texts
from feedback.sessions.rounds.card_views import views_on
from feedback.sessions.rounds.needless import accepted
from feedback.sessions.rounds.saturday import plays
from feedback.sessions.sessions import Session, find_session, kind_name, reveal, show_item, start_timer, stop_timer
from feedback.sessions.stage import Part, Stage, part_of, stage
from forecasting.values.thresholds import Level
from language import Language, UserError, language
from reports.rounds.card import card_question, views_sentences
from reports.rounds.needless import needless_question, needless_sentences
from reports.rounds.saturday import ending_sentence, endings, how_played, where_teams_are
from reports.session_guess_words import came_words, guess_question, guess_sentences, how_scored, place_words
from streamlit_app.access.address import page_address
from streamlit_app.access.permissions import role_of_request, visitor_of_request
from streamlit_app.sessions.guess_results import asked_round, last_round, result_of
from streamlit_app.sessions.reading import area_of
from streamlit_app.sessions.rounds.saturday_days import frozen_of
from streamlit_app.sessions.seating import rush
from streamlit_app.shell import resources
from streamlit_app.shell.acting import do_seen_as
from streamlit_app.shell.bodies import short_body
from streamlit_app.shell.security import preferred_language
from streamlit_app.thresholds.threshold_round import threshold_round
from visuals.base.palette import STYLES, label
from visuals.words.opinions import divides, intro, unites

FILES: Final = Path(__file__).with_name("presenter_files")
KINDS: Final = {".css": "text/css", ".js": "text/javascript"}
ACTS: Final[dict[str, Part]] = {
    "before": "place",
    "after": "place",
    "reveal": "answers",
    "timer": "timer",
    "door": "door",
}
"""What the presenter can do, and which part of what the room sees it changes."""
_MOST_PLACES: Final = 6
"""Places of a guessing round that fit on the screen."""
MINUTES: Final = 5
"""How long the timer of an item runs when the agenda does not say."""


def qr(address: str) -> str:
    """Return an address as a QR code: an inline SVG that takes the size of its place."""
    made: str = segno.make(address, error="m", micro=False).svg_inline(
        border=1, dark="#1A1A1A", omitsize=True, svgclass=None, lineclass=None
    )
    return made


def code_as_read(code: str) -> str:
    """Return six letters the way people read them aloud: ``KBV DMZ``."""
    return f"{code[:3]} {code[3:]}".upper()


async def view(request: Request) -> Response:
    """Give the page for the projector."""
    return await _page(request, "stage.html")


async def remote(request: Request) -> Response:
    """Give the remote control, for the facilitator's own screen: the projector shows no buttons."""
    return await _page(request, "remote.html")


async def _page(request: Request, name: str) -> Response:
    lang = _reader(request)
    try:
        _only_facilitators(request)
        session = await run_in_threadpool(find_session, request.path_params["session_id"])
    except UserError as error:
        return HTMLResponse(f'<!doctype html><html lang="{lang.code}"><p>{escape(error.say(lang))}</p>', 403)
    page = _file(name).format(
        lang=lang.code,
        title=escape(session.title),
        session=escape(session.id),
        qr=escape(lang.t("Scan this with your phone")),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


async def now(request: Request) -> Response:
    """Say what the room is to see (GET), after doing one of the presenter's acts (POST)."""
    lang = _reader(request)
    try:
        _only_facilitators(request)
        if request.method == "POST":
            # No other site can send this header along, so none can steer the projector.
            if "x-stage" not in request.headers:
                return JSONResponse({"error": lang.t("Open this form in the app itself and try again.")}, 403)
            act = await _act(request)
            if act is None:
                return JSONResponse({"error": lang.t("This form is damaged. Reload the page and send it again.")}, 400)
            await run_in_threadpool(_steer, request, *act, lang)
        seen = await run_in_threadpool(stage, request.path_params["session_id"])
        described = await run_in_threadpool(_described, seen, request, lang)
        return JSONResponse(described, headers={"Cache-Control": "no-store"})
    except UserError as error:
        return JSONResponse({"error": error.say(lang)}, 409)


async def file(request: Request) -> Response:
    """Give the page's style, script or typeface."""
    name = request.path_params["name"]
    if name == "sans.woff2":
        return Response(_font(), media_type="font/woff2", headers={"Cache-Control": "max-age=86400"})
    if Path(name).suffix not in KINDS or not (FILES / name).is_file():
        return Response(status_code=404)
    return Response(_file(name), media_type=KINDS[Path(name).suffix], headers={"Cache-Control": "max-age=600"})


@cache
def _file(name: str) -> str:
    return (FILES / name).read_text("utf-8")


@cache
def _font() -> bytes:
    """The typeface of the whole app, which comes with Streamlit."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next(folder.glob("SourceSansVF-Upright*.woff2")).read_bytes()


def _reader(request: Request) -> Language:
    return language(preferred_language(request.url.query, request.headers.get("accept-language", "")))


def _only_facilitators(request: Request) -> None:
    if not has_any(role_of_request(request), (Role.FACILITATOR,)):
        raise UserError("Only a facilitator can open this. Enter your code first.")


async def _act(request: Request) -> tuple[str, str] | None:
    """Return which act a request asks for, and on which version; ``None`` when it asks for none of them."""
    try:
        asked = parsed(await short_body(request))
    except ValueError:
        return None
    act, seen = (asked.get("act"), asked.get("seen")) if isinstance(asked, dict) else (None, None)
    return (act, seen) if isinstance(act, str) and act in ACTS and isinstance(seen, str) else None


def _steer(request: Request, act: str, token: str, lang: Language) -> None:
    who, here = visitor_of_request(request), request.path_params["session_id"]
    seen, now = Seen(lambda: part_of(here, ACTS[act]), token), stage(here)
    if act == "door":
        do_seen_as(seen, who, lang, open_door if is_shut(now.session) else shut_door, here)
        return
    if act in ("before", "after"):
        place = now.place - 1 + (1 if act == "after" else -1)
        if 0 <= place < len(now.items):
            do_seen_as(seen, who, lang, show_item, here, now.items[place].id)
    elif now.item is not None and act == "reveal":
        do_seen_as(seen, who, lang, reveal, now.item.id, not now.item.revealed)
    elif now.item is not None and act == "timer":
        if now.item.ends is None:
            do_seen_as(seen, who, lang, start_timer, now.item.id, now.item.minutes or MINUTES)
        else:
            do_seen_as(seen, who, lang, stop_timer, now.item.id)


def _described(seen: Stage, request: Request, lang: Language) -> dict[str, Any]:
    session, item = seen.session, seen.item
    area = resources.area(session.area) if session.area in list_areas() else None
    following = seen.items[seen.place].title if 0 < seen.place < len(seen.items) else None
    entrance = page_address(request, f"enter/{session.code}") if session.code else ""
    return {
        "title": session.title,
        "where": " · ".join(
            part
            for part in (kind_name(session.kind, lang), lang.date(session.day, "d MMMM yyyy"), session.place)
            if part
        ),
        "demo": _marks(session, area, lang),
        "code": session.code and code_as_read(session.code),
        "qr": qr(entrance) if entrance else None,
        "present": seen.present,
        "waiting": seen.waiting,
        "open": session.state == "open",
        "agenda": [item.title for item in seen.items],
        "place": seen.place,
        "next": following,
        "seen": {act: version(seen.part(part)) for act, part in ACTS.items()},
        "seconds": item.seconds_left() if item else None,
        "item": _item(item, lang) if item else None,
        "answers": {
            "count": seen.answered + seen.said,
            "wall": seen.wall,
            "tallies": [
                {"text": t.text, "agree": t.agrees, "disagree": t.disagrees, "pass": t.passes} for t in seen.tallies
            ],
        },
        "found": _found(seen, lang),
        "guesses": _guesses(seen, lang),
        "words": _words(seen, following, page_address(request, "enter"), lang),
    }


def _marks(session: Session, area: Area | None, lang: Language) -> str | None:
    told = [lang.t("REHEARSAL")] if session.rehearsal else []
    told += [lang.t("DEMO DATA")] if area is not None and area.simulated else []
    return " · ".join(told) or None


def _item(item: Item, lang: Language) -> dict[str, Any]:
    target = "" if item.kind == "card" else item.target or ("thresholds" if item.kind == "thresholds" else "")
    return {
        "kind": kind_beside(item, lang),
        "title": item.title,
        "text": item.text,
        "revealed": item.revealed,
        "answers": item.kind in (*SPOKEN, "statements", "thresholds", "guess", "needless", "saturday")
        and item.kind != "look",
        "frame": _frame(target, lang) if target else None,
    }


def _frame(target: str, lang: Language) -> str:
    """Return the address of what is looked at, without the app's own navigation, in the presenter's language."""
    page, _, fragment = target.partition("#")
    path, _, parameters = page.partition("?")
    kept = [part for part in parameters.split("&") if part and not part.startswith(("lang=", "embed="))]
    both = "&".join([*kept, f"lang={lang.code}", "embed=true"])
    return f"../{path}?{both}" + (f"#{fragment}" if fragment else "")


def _found(seen: Stage, lang: Language) -> list[str]:
    """Say what unites and divides the room, once a round is revealed and enough people voted or proposed."""
    if seen.item is not None and seen.item.kind == "thresholds" and seen.item.revealed:
        return threshold_round(seen.session.area, lang)
    if seen.item is not None and seen.item.kind == "guess":
        return _guessing(seen.session, seen.item, lang)
    if seen.item is not None and seen.item.kind == "needless":
        found = needless_sentences(accepted(seen.item.id), lang) if seen.item.revealed else []
        return found or [needless_question(lang)]
    if seen.item is not None and seen.item.kind == "card":
        return views_sentences(views_on(seen.item.id), lang) if seen.item.revealed else [card_question(lang)]
    if seen.item is not None and seen.item.kind == "saturday":
        return _played(seen.session, seen.item, lang)
    if seen.item is None or seen.item.kind != "statements" or not seen.item.revealed or seen.answered < ENOUGH_VOTERS:
        return []
    return _sentences(seen.session.id, sum(tally.votes for tally in seen.tallies), lang.code)


def _guessing(here: Session, item: Item, lang: Language) -> list[str]:
    """Say what is guessed and how it went the last time; and who knew better, once the forecast is shown."""
    if not item.revealed:
        try:
            asked = guess_question(asked_round(here, item).day, lang)
        except UserError as error:
            return [error.say(lang)]
        return [asked, *filter(None, [last_round(here, item, lang)])]
    found = result_of(item.id, area_of(here))
    return [*guess_sentences(found, lang), how_scored(lang)] if found else [lang.t("Nobody guessed.")]


def _played(here: Session, item: Item, lang: Language) -> list[str]:
    """Say where the teams are; once it is shown, how it ended for each, beside never and always acting."""
    try:
        day = frozen_of(area_of(here))
    except UserError as error:
        return [error.say(lang)]
    found = plays(item.id)
    if not item.revealed:
        return [how_played(lang), *where_teams_are(found, day, lang)]
    return [ending_sentence(name, one, lang) for name, one in endings(found, day, lang)]


def _guesses(seen: Stage, lang: Language) -> list[dict[str, Any]]:
    """Return a row for each place of a guessing round, with levels as colour, ink and words, once it is shown."""
    item = seen.item
    if item is None or item.kind != "guess" or not item.revealed:
        return []
    area = area_of(seen.session)
    found = result_of(item.id, area)

    def chip(level: Level | None, none: str) -> dict[str, str]:
        style = STYLES[level or "unknown"]
        return {"text": label(level, lang) if level else none, "fill": style.colour, "ink": style.ink}

    return [
        {
            "place": place_words(one, area, lang),
            "people": lang.n("{n} person", "{n} people", one.people),
            "room": chip(one.room, "–"),
            "model": chip(one.model, "–"),
            "came": chip(one.came, came_words(one, lang)),
        }
        for one in (found.places if found else ())
        if one.zone is not None
    ][:_MOST_PLACES]


@lru_cache(maxsize=64)
def _sentences(session_id: str, _votes: int, code: str) -> list[str]:
    """Worked out again only when there are more votes."""
    lang = language(code)
    found, texts = published_opinions(session_id), statement_texts(session_id)
    return [
        intro(found, lang),
        *unites(found, texts, lang)[:1],
        *divides(found, texts, lang)[:1],
    ]


def _answered(seen: Stage, count: int, lang: Language) -> str:
    """Say what the number of answers counts, and while they are hidden that they come later."""
    kind = seen.item.kind if seen.item is not None else ""
    revealed = seen.item is not None and seen.item.revealed
    if kind == "thresholds":
        if revealed:
            return lang.n("person proposed thresholds.", "people proposed thresholds.", count)
        return lang.n(
            "person proposed thresholds. Results come later.", "people proposed thresholds. Results come later.", count
        )
    if kind == "guess":
        if revealed:
            return lang.n("person guessed.", "people guessed.", count)
        return lang.n("person guessed. The forecast comes later.", "people guessed. The forecast comes later.", count)
    if kind == "needless":
        if revealed:
            return lang.n("person answered.", "people answered.", count)
        return lang.n("person answered. Results come later.", "people answered. Results come later.", count)
    if kind == "saturday":
        return lang.n("team plays.", "teams play.", count)
    if seen.tallies and not seen.said:
        if revealed:
            return lang.n("person voted.", "people voted.", count)
        return lang.n("person voted. Results come later.", "people voted. Results come later.", count)
    if revealed:
        return lang.n("answer is in.", "answers are in.", count)
    return lang.n("answer is in. You see it later.", "answers are in. You see them later.", count)


def _words(seen: Stage, following: str | None, address: str, lang: Language) -> dict[str, str]:
    count = seen.answered + seen.said
    return {
        "how": lang.t("Scan, or go to {address}", address=address.rsplit("://", maxsplit=1)[-1])
        if address
        else lang.t("Open this app and enter the code"),
        "present": lang.n("person takes part", "people take part", seen.present),
        "answered": _answered(seen, count, lang),
        "rush": rush(seen.lately, lang),
        "door": lang.t("Let people in again") if is_shut(seen.session) else lang.t("Let nobody else in"),
        "waiting": lang.n("{n} waits for the moderator", "{n} wait for the moderator", seen.waiting),
        "next": lang.t("Next: {title}", title=following) if following else "",
        "room": lang.t("the room"),
        "model": lang.t("the forecast"),
        "came": lang.t("counted"),
        "agree": lang.t("Agree"),
        "pass": lang.t("Pass"),
        "disagree": lang.t("Disagree"),
        "more": lang.n("and {n} more statement", "and {n} more statements", max(0, len(seen.tallies) - 8)),
        "reveal": lang.t("Reveal answers"),
        "hide": lang.t("Hide answers"),
        "before": lang.t("Back"),
        "after": lang.t("Next item"),
        "start": lang.t("Start the timer"),
        "stop": lang.t("Stop the timer"),
        "empty": lang.t("Welcome"),
        "lost": lang.t("No connection. This screen goes on by itself as soon as it is back."),
    }


ROUTES: Final = [
    Route("/present/files/{name}", file, methods=["GET"]),
    Route("/present/{session_id}", view, methods=["GET"]),
    Route("/present/{session_id}/remote", remote, methods=["GET"]),
    Route("/present/{session_id}/now", now, methods=["GET", "POST"]),
]
