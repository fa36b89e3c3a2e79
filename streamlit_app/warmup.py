"""The warm-up: what the first visitor would otherwise wait for."""

from importlib import import_module

from data.area import list_areas
from language import LANGUAGES, UserError, language
from streamlit_app import logs, resources

DEFAULT_AREA = "scheveningen"


def warm_up() -> None:
    """Load the libraries, catalogues and forecast of the default area; what fails is said and left."""
    for library in ("altair", "pydeck", "pandas"):
        import_module(library)
    for code in LANGUAGES:
        language(code)
    if DEFAULT_AREA not in list_areas():
        return
    try:
        resources.issued(DEFAULT_AREA, resources.area(DEFAULT_AREA).now())
        resources.thresholds(DEFAULT_AREA)
    except UserError as error:
        logs.log("warm-up incomplete", reason=error.message)
    except Exception as error:
        # The app must start: the page itself says what is wrong, in the visitor's language.
        logs.log_error("warm-up failed", error)
