"""What the room sees now, as plain data: the screen and the remote control draw it."""

from typing import Any

from starlette.requests import Request

from data.area.area import Area, list_areas
from data.keeping.acts import version
from feedback.sessions.agenda import SPOKEN, Item, kind_beside
from feedback.sessions.sessions import Session, kind_name
from feedback.sessions.stage import Stage
from language import Language
from streamlit_app.access.address import page_address
from streamlit_app.sessions.presenter.acts import ACTS
from streamlit_app.sessions.presenter.entrance_code import code_as_read, qr
from streamlit_app.sessions.presenter.found import NOTED, found, guesses
from streamlit_app.sessions.presenter.words import words
from streamlit_app.shell import resources


def shown(seen: Stage, request: Request, lang: Language) -> dict[str, Any]:
    """Return everything that the screen and the remote control draw, ready for JSON."""
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
        "found": found(seen, lang),
        "noted": item is not None and item.kind in NOTED,
        "guesses": guesses(seen, lang),
        "words": words(seen, following, page_address(request, "enter"), lang),
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
