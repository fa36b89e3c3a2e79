"""The cookies of the app: who somebody is here, and which browser it is. Both are signed and hold no name.

``csm_visit`` names the times that somebody came in (``feedback.people.sign_ins``); ``csm_browser`` tells browsers
apart, so that attempts to guess codes can be limited for each, and one phone is one participant. Neither is set before
somebody enters a code. Where several processes serve, the proxy before them sets a third one at the first answer,
``csm_worker``: which of them has the page of this browser. It says that and no more, and goes when the browser closes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer

from feedback.people.codes import secret_key

VISIT: Final = "csm_visit"
BROWSER: Final = "csm_browser"
WORKER: Final = "csm_worker"


@dataclass(frozen=True)
class Entry:
    """One time that somebody came in: the id of the sign-in, and their keyed pseudonym by it (never a name)."""

    sign_in: str
    person: str


def signed(kind: str, fields: Mapping[str, Any]) -> str:
    """Return ``fields`` as the value of a cookie of one ``kind``, which nobody else can make."""
    return str(_signer(kind).dumps(dict(fields)))


def opened(kind: str, value: str | None) -> dict[str, Any] | None:
    """Return the fields of a cookie, or ``None`` when there is none, it was not made here, or is over."""
    if not value:  # without a cookie no key is needed, which on a disk that takes nothing could not be made
        return None
    try:
        fields: dict[str, Any] = _signer(kind).loads(value)
    except BadData:
        return None
    return fields if fields.get("until", 0) > time() else None


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key(), salt=f"cookie {kind}", signer_kwargs={"digest_method": sha256})


def visit_value(entries: Sequence[Entry], seconds: float) -> str:
    """Return the cookie by which the times that somebody came in are known, for so many seconds."""
    fields = {"in": [[entry.sign_in, entry.person] for entry in entries], "until": int(time() + seconds)}
    return signed(VISIT, fields)


def read_visit(value: str | None) -> tuple[Entry, ...]:
    """Return the times that the cookie names, the latest last; none when there is no cookie or it does not hold."""
    fields = opened(VISIT, value) or {}
    return tuple(Entry(sign_in, person) for sign_in, person in fields.get("in", ()))
