"""What a plain address costs the server, and who asked for more than is given to one."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from feedback.people.roles import INVITED, has_any
from language import Language
from streamlit_app.access.allowance import Allowance, address_of, browser_key
from streamlit_app.access.permissions import role_of_request

OF_BROWSER: Final = Allowance("browser asks", most=60, each_second=1)
OF_ADDRESS: Final = Allowance("address asks", most=600, each_second=10)
"""About a forecast each second for a browser, and ten for an address; six hundred at once for a room."""


def cost_of(request: Request) -> float:
    """Return what a request costs: 1 is a forecast as it stands, 0 what every page shows."""
    path = request.url.path
    if path.endswith((".docx", ".zip")) or "/report/" in path:
        return 5
    if "/playbook." in path or "/timeline." in path:
        return 1
    if "/forecast." in path:
        return 5 if request.query_params.get("scenario") or request.query_params.get("snapshot") else 1
    if "/embed/" in path or "/reach/" in path:
        return 0.5
    return 0.2 if ("/api/" in path or "/answers." in path) and not path.endswith(("style.json", "drawing.json")) else 0


def too_much(request: Request, lang: Language) -> Response | None:
    """Return the answer to somebody unknown who asks for more than there is for one; ``None`` for all others."""
    cost = cost_of(request)
    if not cost or has_any(role_of_request(request), INVITED):
        return None
    browser = browser_key(request)
    wait = OF_BROWSER.spend(browser, cost) if browser else 0
    wait = wait or OF_ADDRESS.spend(address_of(request), cost)
    if not wait:
        return None
    sentence = lang.n(
        "You are asking for too much at once. Try again in {n} second.",
        "You are asking for too much at once. Try again in {n} seconds.",
        wait,
    )
    return JSONResponse({"error": sentence}, 429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"})
