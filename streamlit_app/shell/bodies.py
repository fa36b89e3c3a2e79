"""Bodies of requests to the app's own addresses: forms of a few words, and no more is read than that."""

from typing import Final

from starlette.requests import Request

LONGEST: Final = 4096
"""Bytes."""


async def short_body(request: Request) -> bytes:
    """Return the body of a request. Raises ``ValueError`` when it is longer than :data:`LONGEST`."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise ValueError("too long")
    return body
