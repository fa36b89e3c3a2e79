"""A small organisation that people sign in with: an OpenID Connect provider in the shapes that the standard gives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep, time
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from tests.browser.serving import free_port


@contextmanager
def organisation(claims: dict[str, Any]) -> Iterator[str]:
    """Serve a provider that signs in everybody at once, as the person of these claims; yields its address."""
    key = RSAKey.generate_key(2048, {"kid": "k"}, private=True)
    port, nonces = free_port(), dict[str, str]()
    issuer = f"http://127.0.0.1:{port}"

    async def about(_request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/keys",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def authorize(request: Request) -> RedirectResponse:
        asked = request.query_params
        nonces["code"] = asked.get("nonce", "")
        return RedirectResponse(f"{asked['redirect_uri']}?code=code&state={asked['state']}")

    async def token(_request: Request) -> JSONResponse:
        said = {"iss": issuer, "aud": "crowd", "iat": int(time()), "exp": int(time()) + 600, "nonce": nonces["code"]}
        signed = jwt.encode({"alg": "RS256", "kid": "k"}, {**said, **claims}, key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed})

    async def keys(_request: Request) -> JSONResponse:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    routes = [
        Route("/.well-known/openid-configuration", about),
        Route("/authorize", authorize),
        Route("/token", token, methods=["POST"]),
        Route("/keys", keys),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    yield issuer
    server.should_exit = True
    thread.join(5)
