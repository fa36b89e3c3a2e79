"""What browsers and proxies may keep of an answer: nothing, unless it is for everybody."""

from typing import Final

from starlette.responses import Response

from data.area.area import Area

NOTHING: Final = {"Cache-Control": "no-store"}


def for_a_while(area: Area) -> dict[str, str]:
    """Return the header by which what is drawn of a public area is kept for ten minutes, and of another not at all."""
    return {"Cache-Control": "public, max-age=600"} if area.access == "public" else NOTHING


def unless_said(answer: Response) -> Response:
    """Return the answer, to be kept by nobody unless it says otherwise."""
    for name, value in NOTHING.items():
        answer.headers.setdefault(name, value)
    return answer
