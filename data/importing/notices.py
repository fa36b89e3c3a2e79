"""What an import tells about choices it made: not errors, but things the importer should know."""

from collections.abc import Callable

from language import Language

Notice = Callable[[Language], str]
"""A sentence that can be said in any language."""
