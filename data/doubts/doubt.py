"""One doubt about data: what was read, and what it looks like instead, in one sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from language import Language


@dataclass(frozen=True)
class Doubt:
    """A doubt of a ``kind`` (a stable name for machines), with the sentence that tells the two readings apart.

    ``say`` makes the sentence in any language; a doubt can be called in its place, so that it stands in every list
    of notices. ``of_reading`` says that only the file shows it, and not what was read from it.
    """

    kind: str
    say: Callable[[Language], str]
    of_reading: bool = False

    def __call__(self, lang: Language) -> str:
        """Return the sentence in ``lang``."""
        return self.say(lang)
