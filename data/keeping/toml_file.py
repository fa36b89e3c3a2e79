"""Files in TOML that people write: read, checked, and said in one sentence where they are wrong."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data.keeping.from_outside import LIMIT_SETTINGS, too_large
from data.keeping.within_time import within_time
from language import UserError
from language.visible import seen_in

Model = TypeVar("Model", bound=BaseModel)


@within_time
def read_toml(path: Path) -> dict[str, Any]:
    """Return what stands in a file, without what nobody sees of it.

    Raises ``UserError`` when it is not TOML or larger than anybody writes, and ``OSError`` when it is not there.
    """
    if path.stat().st_size > LIMIT_SETTINGS * 2**20:
        raise too_large(path.name, LIMIT_SETTINGS)
    try:
        found: dict[str, Any] = seen_in(tomllib.loads(path.read_text("utf-8")))
        return found
    except (ValueError, RecursionError) as error:  # also of letters that are none, and of numbers without end
        raise UserError("{file} cannot be read as TOML: {what}.", file=path, what=error) from error


def read_model(model: type[Model], path: Path) -> Model:
    """Return a file as ``model``. Raises as :func:`read_toml`, and ``UserError`` with the first key that is wrong."""
    try:
        return model.model_validate(read_toml(path))
    except ValidationError as error:
        raise invalid(path, *fault(error)) from error


def fault(error: ValidationError) -> tuple[str, str]:
    """Return the first thing that is wrong: where (keys with points between them), and what."""
    first = error.errors()[0]
    return ".".join(str(step) for step in first["loc"]), first["msg"]


def invalid(path: Path, where: str, what: str) -> UserError:
    """Return the error that says what is wrong at a key of a file."""
    return UserError("{file} is not valid at '{where}': {what}.", file=path, where=where, what=what)
