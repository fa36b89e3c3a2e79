"""A code with which somebody finds their own words, typed where codes of sessions are: it leads to their own page.

The code itself is never in an address, which logs and histories keep: a cookie that only the server reads carries it
over, for two minutes.
"""

from time import time
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from feedback.people.participants import person_by_code
from streamlit_app.access.browsers import set_cookie
from streamlit_app.access.cookies import opened, signed

OWN: Final = "csm_own"
_SECONDS: Final = 120


def is_own(code: str) -> bool:
    """Return whether somebody finds their own things with a code. Raises ``UnavailableError``."""
    return person_by_code(code) is not None


def carry(answer: Response, request: Request, code: str) -> None:
    """Let an answer take the code along to the page with what is theirs."""
    set_cookie(answer, request, OWN, signed(OWN, {"code": code, "until": time() + _SECONDS}), _SECONDS)


def carried() -> str | None:
    """Return the code that was typed at the entrance just now by who looks at this page."""
    fields = opened(OWN, st.context.cookies.get(OWN))
    return str(fields["code"]) if fields else None
