"""Whether Python that was kept with a result is still understood by this version of the project."""

import ast
import inspect
from importlib import import_module
from typing import Any, Final

from language import Language
from reports.workbook import Kept

_ROOMS: Final = ("data", "feedback", "forecasting", "language", "visuals")


def earlier_sentence(kept: Kept, lang: Language) -> str:
    """Say which version made a result whose Python this one does not run any more; empty for all others."""
    if understood(f"{kept.setup}\n{kept.code}"):
        return ""
    return lang.t(
        "This Python code was written by the version of {day}. This version does not run it: keep the result "
        "again, or use that version.",
        day=lang.date(kept.kept_at.date(), "d MMMM y"),
    )


def understood(code: str) -> bool:
    """Return whether all that is imported of this project is there, and takes the arguments it is called with."""
    tree = ast.parse(code)
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in _ROOMS:
            try:
                module = import_module(node.module)
                found |= {alias.asname or alias.name: getattr(module, alias.name) for alias in node.names}
            except (ImportError, AttributeError):
                return False
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return all(_takes(found[call.func.id], call) for call in calls if call.func.id in found)  # type: ignore[attr-defined]


def _takes(called: Any, call: ast.Call) -> bool:
    if any(isinstance(given, ast.Starred) for given in call.args) or any(word.arg is None for word in call.keywords):
        return True
    try:
        inspect.signature(called).bind(*call.args, **{str(word.arg): word.value for word in call.keywords})
    except TypeError:
        return False
    except ValueError:
        return True
    return True
