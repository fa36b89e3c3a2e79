"""Signing in with one's organisation (OpenID Connect), where the administrator set it up: see docs/operations.md.

Streamlit talks with the organisation. What it tells is mapped to a role once, and the browser then gets the same
cookie as with a code, so that pages and web addresses have one place to look.
"""

from dataclasses import dataclass
from time import time
from typing import Any, Final

import streamlit as st

from data.keeping.home import home
from data.keeping.toml_file import read_toml
from feedback.people.codes import keyed
from feedback.people.organisations import Organisation, organisation_of
from feedback.people.role_map import read_role_map
from feedback.people.roles import Role
from language import Language, UserError
from streamlit_app.access.cookies import opened, signed
from streamlit_app.entrance.keys import EntranceKey
from streamlit_app.shell import logs

_TICKET: Final = "ticket"
_SECONDS: Final = 60
"""How long a ticket from the page to the address that sets the cookie is good."""

_GO_ON: Final = "export default function ({ data }) { window.location.replace(data.address) }"


@dataclass(frozen=True)
class Ticket:
    """Who comes back from their organisation: the role it gives them here, and a keyed pseudonym.

    ``organisation`` is for whom they are here, where the map of roles tells.
    """

    role: Role
    person: str
    organisation: Organisation | None = None


def auth_secrets() -> dict[str, Any]:
    """Return what ``secrets/auth.toml`` in users' state says, for Streamlit; nothing when there is none."""
    path = home() / "secrets" / "auth.toml"
    if not path.exists():
        return {}
    try:
        return read_toml(path)
    except UserError as error:
        # Without it everybody can still enter by code; the app must start.
        logs.log("signing in with an organisation is off", reason=str(error))
        return {}


def offered() -> bool:
    """Return whether people can sign in with their organisation here."""
    return bool(st.secrets.load_if_toml_exists() and "auth" in st.secrets)


def ticket(claims: dict[str, Any], role: Role, organisation: Organisation | None = None) -> str:
    """Return what the page hands to ``/enter/as/<ticket>``: role, pseudonym and organisation, signed, for a minute."""
    person = keyed("person", f"{claims.get('iss', '')} {claims['sub']}")[:32]
    fields = {"role": role.value, "person": person, "organisation": organisation, "until": time() + _SECONDS}
    return signed(_TICKET, fields)


def read_ticket(text: str) -> Ticket | None:
    """Return who a ticket is for, or ``None`` when it was not made here, or is over."""
    fields = opened(_TICKET, text)
    if fields is None:
        return None
    return Ticket(Role(fields["role"]), fields["person"], organisation_of(fields.get("organisation")))


def sign_on(lang: Language) -> None:
    """Offer a visitor to sign in; who is back from their organisation gets the cookie, or hears that they have no role.

    Raises ``UserError`` when the administrator's map of roles is not right.
    """
    if not st.user.is_logged_in:
        st.button(lang.t("Sign in"), on_click=st.login, type="tertiary", key=EntranceKey.SIGN_IN)
        return
    claims = st.user.to_dict()
    role_map = read_role_map()
    role = role_map.role_for(claims) if role_map else Role.VISITOR
    organisation = role_map.organisation_for(claims) if role_map else None
    if role is Role.VISITOR:
        st.button(lang.t("Sign out"), on_click=st.logout, type="tertiary", key=EntranceKey.SIGN_IN)
        raise UserError("You are signed in, but have no role here. Ask the steward of this app.")
    component = st.components.v2.component("go_on", js=_GO_ON)
    address = f"enter/as/{ticket(claims, role, organisation)}?lang={lang.code}"
    component(key=EntranceKey.GO_ON, data={"address": address}, height=0)
