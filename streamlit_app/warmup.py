"""The warm-up: what the first visitor would otherwise wait for."""

from importlib import import_module

from data.area import list_areas
from data.settings import default_area
from language import LANGUAGES, UserError, language
from streamlit_app import logs, resources


def warm_up() -> None:
    """Load the libraries, catalogues and forecast of the default area; what fails is said and left."""
    for library in ("altair", "pydeck", "pandas"):
        import_module(library)
    for code in LANGUAGES:
        language(code)
    first = default_area()
    if first not in list_areas():
        return
    try:
        resources.issued(first, resources.area(first).now())
        resources.thresholds(first)
    except UserError as error:
        logs.log("warm-up incomplete", reason=error.message)
    except Exception as error:
        # The app must start: the page itself says what is wrong, in the visitor's language.
        logs.log_error("warm-up failed", error)
