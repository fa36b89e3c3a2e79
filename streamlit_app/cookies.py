"""The two cookies of the app: who somebody is here, and which browser it is. Both are signed and hold no name.

``csm_visit`` says the role that somebody entered with; ``csm_browser`` tells browsers apart, so that attempts to guess
codes can be limited for each, and one phone is one participant. Neither is set before somebody enters a code.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64Error
from collections.abc import Mapping
from dataclasses import dataclass
from time import time
from typing import Any, Final

from feedback.codes import keyed
from feedback.roles import Role

VISIT: Final = "csm_visit"
BROWSER: Final = "csm_browser"


@dataclass(frozen=True)
class Visitor:
    """Somebody who visits: the role, a keyed pseudonym (never a name; ``None`` for who did not enter a code),
    the sessions entered by their code, and the id of the code or account that gave the role.
    """

    role: Role = Role.VISITOR
    person: str | None = None
    sessions: tuple[str, ...] = ()
    grant: str | None = None


ANYBODY: Final = Visitor()


def signed(kind: str, fields: Mapping[str, Any]) -> str:
    """Return ``fields`` as the value of a cookie of one ``kind``, which nobody else can make."""
    # Without padding: browsers and libraries disagree about quotes around a value with '='.
    text = urlsafe_b64encode(json.dumps(fields, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{text}.{keyed(f'cookie {kind}', text)}"


def opened(kind: str, value: str | None) -> dict[str, Any] | None:
    """Return the fields of a cookie, or ``None`` when it was not made here, or is over."""
    text, _, signature = (value or "").rpartition(".")
    if not text or not hmac.compare_digest(signature.encode(), keyed(f"cookie {kind}", text).encode()):
        return None
    try:
        fields: dict[str, Any] = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NotBase64Error, ValueError):
        return None
    return fields if fields.get("until", 0) > time() else None


def visit_value(visitor: Visitor, seconds: float) -> str:
    """Return the cookie by which the visitor is known for so many seconds."""
    fields = {
        "role": visitor.role.value,
        "person": visitor.person,
        "sessions": visitor.sessions,
        "grant": visitor.grant,
        "until": int(time() + seconds),
    }
    return signed(VISIT, fields)


def read_visit(value: str | None) -> Visitor:
    """Return who the cookie says; anybody when there is none or it does not hold."""
    fields = opened(VISIT, value)
    if fields is None:
        return ANYBODY
    return Visitor(Role(fields["role"]), fields["person"], tuple(fields["sessions"]), fields["grant"])
