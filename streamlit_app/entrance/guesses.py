"""How often who does not know a code or a password may try: by browser, by code, and by all strangers together.

Why not by address: docs/decisions/0010-entering.md.
"""

from time import time
from typing import Final

from feedback.people import audit_log
from feedback.people.codes import normalised
from streamlit_app.access.allowance import Allowance
from streamlit_app.access.browsers import Browser
from streamlit_app.access.throttle import Throttle

SHORT: Final = 8
"""Characters of a code that is short enough to be guessed."""

PATIENCE: Final = 10
"""Seconds after which a new browser may try a short code while many are being guessed."""

BROWSERS = Throttle("browser", 10, 60)
CODES = Throttle("code", 10, 60)
STRANGERS = Throttle("strangers", 60, 60)
"""Wrong attempts: of one browser, at one code or account, and of all browsers that never came in together."""

PASSWORDS = Allowance("passwords", most=20, each_second=1 / 6)
"""Passwords that one address may try of accounts in which its browsers never were, right or wrong: each is work for the
server, whoever the browser says it is. Who was in the account before shares with nobody."""


def wait(browser_id: str, attempt: str) -> float:
    """Return the seconds until a browser may try this code or account; 0: now."""
    return max(BROWSERS.wait(browser_id), CODES.wait(attempt) if attempt else 0)


def wrong(browser_id: str, attempt: str, stranger: bool) -> None:
    """Count a wrong attempt, and write it in the log without the code."""
    audit_log.wrong_code()
    BROWSERS.wrong(browser_id)
    CODES.wrong(attempt)
    if stranger:
        STRANGERS.wrong("all")


def patience(browser: Browser, code: str) -> float:
    """Return the seconds that a browser which never came in waits to try a short code while many are being guessed."""
    if browser.known or len(normalised(code)) > SHORT or STRANGERS.wait("all") <= 0:
        return 0
    return max(0.0, browser.since + PATIENCE - time())
