"""The picture that withdraws itself: one address per place for other people's sites, of what was published last.

It holds until the moment it names. When a newer forecast contradicts it, the same address shows its correction; when it
was taken back or is past, that there is no message. No script, no cookie, and no other address may be framed.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from data.area.area import Area, list_areas
from feedback.people.roles import Role
from forecasting.values.adoption import in_force
from forecasting.values.threshold_set import ThresholdSet
from language import Language, UserError
from language.said import fact
from reports.corrections import contradiction, contradiction_sentence
from reports.picture_register import Entry, entries, find_entry
from streamlit_app.access.permissions import may_see
from streamlit_app.server.session_routes import plain_route
from streamlit_app.shell import resources
from streamlit_app.shell.security import FRAMED_ANYWHERE
from streamlit_app.studio.picture_approval import desk_of
from visuals.base.palette import INK, PAPER
from visuals.studio.layout.drawing import elsewhere
from visuals.studio.layout.sizes import SIZES

SHAPE: Final = "landscape"
AGAIN: Final = 600
"""Seconds after which a browser asks again, without a script."""


@dataclass(frozen=True)
class Shown:
    """What stands at the address of a place: a picture with its sentence, its words for who does not see it, and until
    when it holds (aware); ``None`` where it does not. ``lang`` is the language of its words: a picture is published in
    one."""

    svg: str
    sentence: str
    alt: str
    until: datetime | None
    lang: str


def shown_of(area: Area, zone_id: str, now: datetime, lang: Language) -> Shown:
    """Return what stands at the address of a place at ``now`` (aware). Never raises for what was published."""
    name = fact(area.zone(zone_id).name(lang), "setting")
    published = [
        one
        for one in entries(area.id)
        if one.last("published") and any(claim.end > now for claim in one.of_place(zone_id))
    ]
    newest = max(published, key=_when, default=None)
    none = lang.t("There is no message about {place} now.", place=name)
    if newest is None:
        return _card(none, lang)
    if newest.withdrawn:
        return _card(lang.t("The message about {place} was withdrawn.", place=name), lang)
    _, forecast = resources.issued(area.id, area.now())
    adopted = in_force(area.id)
    zone_thresholds = (adopted.thresholds if adopted else ThresholdSet()).on(resources.thresholds(area.id))
    if (against := contradiction(newest, forecast, zone_thresholds, now)) is not None:
        return _card(f"{lang.t('CORRECTION')}. {contradiction_sentence(against, area, lang)}", lang)
    try:
        svg, alt = _drawn(newest.id, newest.digest, adopted.thresholds.text if adopted else "")
    except UserError:
        return _card(none, lang)
    until = max(claim.end for claim in newest.of_place(zone_id))
    return Shown(svg, newest.headline, alt, until, newest.order.lang)


def _when(entry: Entry) -> datetime:
    done = entry.last("published")
    assert done is not None
    return done.at


@lru_cache(maxsize=100)
def _drawn(picture_id: str, _digest: str, _zone_thresholds: str) -> tuple[str, str]:
    """Return a picture and its words. Raises ``UserError`` when it is no longer what was approved."""
    entry = find_entry(picture_id)
    desk = desk_of(entry) if entry is not None else None
    if desk is None or desk.material.standing != "approved":
        raise UserError("This picture is still a draft. Let a colleague approve it first.")
    return elsewhere(desk.template.svg(desk.material, SIZES[SHAPE]), desk.material.brand.face), desk.message.alt


def _card(sentence: str, lang: Language) -> Shown:
    size, lines = SIZES[SHAPE], wrap(sentence, 44)
    top = size.height / 2 - 32 * (len(lines) - 1)
    words = "".join(
        f'<text x="80" y="{top + 64 * number:.0f}">{escape(line)}</text>' for number, line in enumerate(lines)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.height}">'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f'<g fill="{INK}" font-family="sans-serif" font-size="46">{words}</g></svg>'
    )
    return Shown(svg, sentence, sentence, None, lang.code)


def _place(request: Request, lang: Language) -> tuple[Area, Shown]:
    area_id, zone_id = request.path_params["area_id"], request.path_params["zone_id"]
    area = resources.area(area_id) if area_id in list_areas() else None
    # Whoever looks at somebody else's site is nobody here.
    if area is None or zone_id not in area.zone_ids or not may_see(area, Role.VISITOR):
        raise UserError("There is no such place.")
    return area, shown_of(area, zone_id, area.now(), lang)


@plain_route("/embed/{area_id}/{zone_id}.svg")
def picture(request: Request, lang: Language) -> Response:
    """Give the picture of a place."""
    _, shown = _place(request, lang)
    return Response(shown.svg, media_type="image/svg+xml", headers=_HEADERS)


@plain_route("/embed/{area_id}/{zone_id}")
def frame(request: Request, lang: Language) -> Response:
    """Give the page that others put in a frame: picture, alternative text, sentence, and until when it holds."""
    area, shown = _place(request, lang)
    held = ""
    if shown.until is not None:
        until = lang.t("Valid until {until}.", until=lang.date(shown.until, "EEEE d MMMM HH:mm", area.tz))
        held = f'<time datetime="{shown.until.isoformat()}">{escape(until)}</time>'
    demo = f"<b>{escape(lang.t('DEMO DATA'))}</b> " if area.simulated else ""
    # Browsers keep pictures by their address: what the page says and what it shows are never of two moments.
    version = hashlib.sha256(shown.svg.encode()).hexdigest()[:12]
    source = f"{request.path_params['zone_id']}.svg?lang={lang.code}&v={version}"
    return HTMLResponse(
        f'<!doctype html><html lang="{lang.code}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="{AGAIN}">'
        f"<title>{escape(shown.sentence)}</title><style>body{{margin:0;font:1rem/1.4 sans-serif;color:{INK};"
        f"background:{PAPER}}}img{{width:100%;height:auto;display:block}}p{{margin:.5rem}}</style></head>"
        f'<body><img src="{escape(source)}" width="1200" height="630" lang="{shown.lang}" alt="{escape(shown.alt)}">'
        f'<p>{demo}<span lang="{shown.lang}">{escape(shown.sentence.rstrip("."))}.</span> {held}</p></body></html>',
        headers=_HEADERS,
    )


_HEADERS: Final = {"Content-Security-Policy": FRAMED_ANYWHERE, "Cache-Control": "public, max-age=60"}

ROUTES: Final = [picture, frame]
