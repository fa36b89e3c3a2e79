"""Entering with a code or a password, and leaving: the addresses that set and take away the cookie.

How attempts are limited, and why not by address: docs/decisions/0010-entering.md.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import cache, partial, wraps
from math import ceil
from typing import Final
from urllib.parse import quote

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from feedback.database.unavailable import UnavailableError
from feedback.people import passwords, sign_ins
from feedback.people.codes import keyed, keyed_code
from feedback.people.invitations import Invitation, WrongError
from feedback.people.organisations import Organisation
from feedback.people.roles import TRUSTED, Role
from feedback.people.sign_ins import NotAskedError, SignIn
from language import UserError
from streamlit_app.access.allowance import address_of
from streamlit_app.access.browsers import Browser, browser_of, is_secure, new_browser, set_cookie, with_browser
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.access.own_code import carry, is_own
from streamlit_app.access.permissions import visitor_of_request
from streamlit_app.access.visitors import joined_by, without_session
from streamlit_app.entrance import answering, guesses
from streamlit_app.entrance.sign_on import offered, read_ticket
from streamlit_app.shell import logs

DAY: Final = 86_400
STAY: Final = {Role.PARTICIPANT: 30 * DAY, **dict.fromkeys(TRUSTED, 7 * DAY)}
"""Seconds that somebody stays in; for other roles 90 days. A withdrawn code, or somebody who ends it, ends it at once.
Who signed in with their organisation does so again after half a day: what changed there is known here by then."""

QUEUE: Final = 20.0
"""Seconds that a password waits for its turn."""

_LONGEST: Final = 90 * DAY


def person_of(invitation: Invitation, browser: Browser) -> str:
    """Return the pseudonym of who enters: one for each personal code, and for each browser with a shared code."""
    whose = f"browser {browser.id}" if invitation.kind == "shared" else f"code {invitation.id}"
    return keyed("person", whose)[:32]


async def by_code(request: Request) -> Response:
    """Let in whoever has the code: ``/enter/<code>``."""
    if request.method == "HEAD":  # asked by programs that look whether a link works: it must not be used up by that
        return Response()
    code, browser = request.path_params["code"][:200], browser_of(request)
    if browser is None:
        # Without a cookie nothing is looked up, so that each browser has its own limit; link previews stop here too.
        if "again" in request.query_params:
            return await answering.no_cookies(request)
        query = f"{request.url.query}&again=1" if request.url.query else "again=1"
        return with_browser(RedirectResponse(f"{quote(code, safe='')}?{query}", 303), request, new_browser())
    if request.method == "POST" and not answering.same_site(request):
        return await _foreign(request, code)
    return await _try_code(request, code, browser, asked=request.method == "POST")


async def _try_code(request: Request, code: str, browser: Browser, *, asked: bool) -> Response:
    """Let in by a code; a link to one of a single person only shows the button, so that nobody else presses it."""
    wait = await run_in_threadpool(guesses.wait, browser.id, keyed_code("attempt", code))
    if wait:
        return await answering.throttled(request, wait)
    if rest := await run_in_threadpool(guesses.patience, browser, code):
        sentence = answering.reader(request).t("Many wrong codes are being tried. Wait, this page goes on by itself.")
        return await answering.page(request, 429, sentence, again=ceil(rest) + 1, code=code)
    before = await run_in_threadpool(visitor_of_request, request)
    earlier = [entry.sign_in for entry in before.entries]
    try:
        come_in = partial(sign_ins.come_in, code, _stay, instead=earlier, asked=asked)
        invitation, made = await run_in_threadpool(come_in)
    except NotAskedError:
        return await answering.page(request, 200, code=code, confirm=True)
    except WrongError as error:
        return await _own_or_wrong(request, code, browser, error, asked=asked)
    except UnavailableError as error:
        return await answering.unavailable(request, error, code)
    answer = answering.to_the_app(request, answering.base(request) or "./", invitation.landing)
    await _let_in(answer, request, made, person_of(invitation, browser))
    return with_browser(answer, request, replace(browser, known=True))


async def _own_or_wrong(request: Request, code: str, browser: Browser, error: WrongError, *, asked: bool) -> Response:
    """Lead who typed the code of their own words to these; a code that is nothing at all is a wrong attempt."""
    try:
        theirs = await run_in_threadpool(is_own, code)
    except UnavailableError as unavailable:
        return await answering.unavailable(request, unavailable, code)
    if not theirs:
        await run_in_threadpool(guesses.wrong, browser.id, keyed_code("attempt", code), stranger=not browser.known)
        return await answering.page(request, 404, error.say(answering.reader(request)), code=code)
    if not asked:
        return await answering.page(request, 200, code=code, confirm=True)
    answer = answering.to_the_app(request, answering.base(request) or "./", "privacy")
    carry(answer, request, code)
    return with_browser(answer, request, browser)


async def _foreign(request: Request, code: str = "") -> Response:
    sentence = answering.reader(request).t("Open this form in the app itself and try again.")
    return await answering.page(request, 403, sentence, code=code)


async def by_ticket(request: Request) -> Response:
    """Let in whoever comes back from their organisation: ``/enter/as/<ticket>``."""
    ticket = read_ticket(request.path_params["ticket"])
    if ticket is None:
        return await answering.page(request, 404, answering.reader(request).t("This link has expired. Sign in again."))
    made = await _begin(request, ticket.role, DAY // 2, organisation=ticket.organisation)
    answer = answering.to_the_app(request, "../../", "")
    await _let_in(answer, request, made, ticket.person)
    return with_browser(answer, request, replace(browser_of(request) or new_browser(), known=True))


async def form(request: Request) -> Response:
    """Show the form (GET), or take it in (POST): a code leads to its address, a password lets in."""
    if request.method != "POST":
        shown = await answering.page(request, 200, code=request.query_params.get("code", ""))
        return with_browser(shown, request, browser_of(request) or new_browser())
    if not answering.same_site(request):
        return await answering.page(
            request, 403, answering.reader(request).t("Open this form in the app itself and try again.")
        )
    fields = await answering.fields(request)
    if "name" not in fields:
        code = "-".join(re.findall(r"\w+", fields.get("code", ""))) or "-"
        if (browser := browser_of(request)) is not None:
            return await _try_code(request, code[:200], browser, asked=True)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"enter/{quote(code[:200], safe='')}{query}", 303)
    return await _by_password(request, fields["name"], fields.get("password", ""))


async def _by_password(request: Request, name: str, password: str) -> Response:
    lang, browser = answering.reader(request), browser_of(request)
    if browser is None:
        return await answering.no_cookies(request)
    account_key = keyed("known account", " ".join(name.casefold().split()))[:16]
    # Who has been in this account before cannot be kept out by a stranger who tries passwords on it.
    at_home = account_key in browser.accounts
    wait = await run_in_threadpool(guesses.wait, browser.id, "" if at_home else account_key)
    if not at_home and not wait:
        wait = await run_in_threadpool(guesses.PASSWORDS.spend, address_of(request), 1)
    if wait:
        return await answering.throttled(request, wait)
    check = partial(passwords.check_password, name, password)
    try:
        with anyio.fail_after(QUEUE):
            account = await anyio.to_thread.run_sync(check, limiter=_turn(at_home))
        made = await _begin(request, account.role, _stay(account.role), account.id)
    except WrongError as error:
        await run_in_threadpool(guesses.wrong, browser.id, account_key, stranger=False)
        return await answering.page(request, 403, error.say(lang))
    except UnavailableError:
        raise
    except UserError as error:
        return await answering.page(request, 503, error.say(lang))
    except TimeoutError:
        return await answering.page(request, 503, lang.t("Many people are entering a password. Try again in a minute."))
    answer = answering.to_the_app(request, "./", "")
    await _let_in(answer, request, made, keyed("person", f"account {account.name}")[:32])
    known = tuple(dict.fromkeys((*browser.accounts, account_key)))[-5:]
    return with_browser(answer, request, replace(browser, known=True, accounts=known))


async def leave(request: Request) -> Response:
    """Sign out: take the role away from this browser, and end its sign-ins, so that a copied cookie opens nothing.

    A link on another site does not; it leads to the page with the way out.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return RedirectResponse("./enter", 303)
    visitor = await run_in_threadpool(visitor_of_request, request)
    try:
        await run_in_threadpool(sign_ins.leave, [entry.sign_in for entry in visitor.entries])
    except UnavailableError as error:
        logs.log_unavailable("sign-in not ended", error)
    answer = RedirectResponse("./auth/logout", 303) if offered() else answering.to_the_app(request, "./", "")
    answer.delete_cookie(VISIT, httponly=True, samesite="lax", secure=is_secure(request))
    return answer


@cache
def _turn(at_home: bool) -> anyio.CapacityLimiter:
    """Passwords wait here for their turn, and not in the threads that all other requests need.

    Strangers never have all places: who was in the account before does not wait for them.
    """
    return anyio.CapacityLimiter(passwords.AT_ONCE if at_home else passwords.AT_ONCE - 1)


def _stay(role: Role) -> int:
    return STAY.get(role, 90 * DAY)


async def _begin(
    request: Request, role: Role, seconds: int, access: str | None = None, organisation: Organisation | None = None
) -> SignIn:
    """Let in somebody who proved who they are; of what they had before only seats in sessions stay."""
    before = await run_in_threadpool(visitor_of_request, request)
    instead = await run_in_threadpool(without_session, before)
    begin = partial(sign_ins.begin, role, seconds, access=access, organisation=organisation, instead=instead)
    return await run_in_threadpool(begin)


async def _let_in(answer: Response, request: Request, made: SignIn, person: str) -> None:
    """Set the cookie of who came in, beside the times before that still stand."""
    before = await run_in_threadpool(visitor_of_request, request)
    set_cookie(answer, request, VISIT, visit_value(joined_by(before, Entry(made.id, person)), _LONGEST), _LONGEST)


def _or_unavailable(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Say so where the database, or the key of cookies and codes, cannot be used for any of what entering takes."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except UnavailableError as error:
            return await answering.unavailable(request, error, request.path_params.get("code", "")[:200])

    return answer


ROUTES: Final = [
    Route("/enter", _or_unavailable(form), methods=["GET", "POST"]),
    Route("/enter/as/{ticket}", _or_unavailable(by_ticket), methods=["GET"]),
    Route("/enter/{code}", _or_unavailable(by_code), methods=["GET", "HEAD", "POST"]),
    Route("/leave", leave, methods=["GET"]),
]
