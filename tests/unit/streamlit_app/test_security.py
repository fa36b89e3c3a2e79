"""Every answer carries the security headers, and the first page says its language."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from streamlit_app.shell.security import (
    HEADERS,
    PageLanguage,
    SecurityHeaders,
    content_security_policy,
    preferred_language,
)


@pytest.fixture
def client() -> TestClient:
    async def page(_request: object) -> HTMLResponse:
        return HTMLResponse('<!DOCTYPE html><html lang="en"><body>lang="en"</body></html>')

    async def figures(_request: object) -> JSONResponse:
        return JSONResponse({"a": 1})

    middleware = [Middleware(SecurityHeaders), Middleware(PageLanguage)]
    return TestClient(Starlette(routes=[Route("/", page), Route("/api", figures)], middleware=middleware))


def test_headers_are_on_pages_and_figures(client: TestClient) -> None:
    for path in ("/", "/api"):
        headers = client.get(path).headers
        for name, value in HEADERS.items():
            assert headers[name] == value
        assert headers["content-security-policy"] == content_security_policy()


def test_the_policy_allows_no_eval_and_no_foreign_scripts() -> None:
    policy = dict(part.split(" ", 1) for part in content_security_policy().split("; "))
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "unsafe-inline" not in policy["script-src"]
    assert "http" not in policy["script-src"]
    assert policy["default-src"] == "'self'"
    assert "sha256-" in policy["script-src"]


@pytest.mark.parametrize(
    ("query", "accept", "code"),
    [
        ("lang=en", "nl-NL", "en"),
        ("", "nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("", "de-DE,de;q=0.9,nl;q=0.5", "nl"),
        ("", "de-DE", "en"),
        ("lang=xx", "", "nl"),
        ("", "", "nl"),
    ],
)
def test_language_of_the_first_page(client: TestClient, query: str, accept: str, code: str) -> None:
    assert preferred_language(query, accept) == code
    answer = client.get(f"/?{query}", headers={"accept": "text/html", "accept-language": accept})
    assert answer.text.startswith(f'<!DOCTYPE html><html lang="{code}">')
    assert 'lang="en"</body>' in answer.text
