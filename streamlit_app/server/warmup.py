"""The warm-up: what the first visitor would otherwise wait for."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from data.area.area import list_areas
from data.area.settings import default_area
from language import LANGUAGES, UserError, language
from streamlit_app.shell import logs, resources
from streamlit_app.shell.navigation import PAGES

LIBRARIES = ("altair", "pydeck", "pandas")


def warm_up() -> None:
    """Load libraries, modules, catalogues and the forecast of the default area; what fails is said and left."""
    for name in (*LIBRARIES, *_imported_by_pages()):
        import_module(name)
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


def _imported_by_pages() -> Iterator[str]:
    """Yield the modules that the scripts import. What is loaded later would be gone through after every rerun."""
    for script in (Path(__file__).parents[1] / "main.py", *PAGES.glob("*.py")):
        for node in ast.walk(ast.parse(script.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
