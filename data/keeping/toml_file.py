"""Files in TOML that people write: read, checked, and said in one sentence where they are wrong."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from language import UserError

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what stands in a file. Raises ``UserError`` when it is not TOML, and ``OSError`` when it is not there."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
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
