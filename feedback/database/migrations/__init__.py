"""The tables, one module a subject: each has ``migrations`` and says in ``owned`` what in them is people's own."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from sqlite_utils import Migrations


@cache
def subjects() -> tuple[ModuleType, ...]:
    """Return the modules of this folder in alphabetical order. A table may refer to one that is made later."""
    return tuple(import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))


def migration_sets() -> tuple[Migrations, ...]:
    """Return the migrations of all subjects."""
    return tuple(subject.migrations for subject in subjects())
