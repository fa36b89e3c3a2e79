"""The links that the console prints at the first start: how the first facilitator and steward get in."""

import streamlit as st

from data.area.settings import public_address
from feedback.people.invitations import first_links
from feedback.people.roles import TRUSTED, role_name
from language import UserError, language
from language.console import console_language
from streamlit_app.shell import logs


def print_links() -> None:
    """Print a link that works one time for each of the two roles in which nobody ever entered."""
    lang = language(console_language())
    try:
        codes = first_links(TRUSTED, lang.t("first start"))
    except UserError as error:
        # Whoever only looks does not need the database: the app starts without it.
        logs.log("no links for the first start", reason=error.message)
        return
    except OSError as error:
        logs.log_error("no links for the first start", error)
        return
    address = f"{_outside()}/enter/"
    for role, code in codes.items():
        print(lang.t("Enter as {role}, once:", role=role_name(role, lang)), f"{address}{code}", flush=True)


def _outside() -> str:
    """Return where the app is found: at its public address, else at this machine, by the port of a proxy before it."""
    port, base = st.get_option("browser.serverPort"), str(st.get_option("server.baseUrlPath")).strip("/")
    return public_address() or f"http://localhost:{port}{'/' + base if base else ''}"
