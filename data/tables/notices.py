"""What an import tells about choices it made: not errors, but things the importer should know."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from data.doubts.doubt import Doubt
from language import Language

Notice = Callable[[Language], str]
"""A sentence that can be said in any language."""


@dataclass(frozen=True)
class Imported:
    """What was read from a file, in the shape of its schema, what was decided on the way, and what is doubted."""

    frame: pd.DataFrame
    notices: list[Notice]
    doubts: list[Doubt] = field(default_factory=list)
