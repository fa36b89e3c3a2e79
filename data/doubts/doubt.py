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

    def to_dict(self, lang: Language) -> dict[str, str]:
        """Return the doubt as plain values with stable keys."""
        return {"kind": self.kind, "said": self.say(lang)}

    def __call__(self, lang: Language) -> str:
        """Return the sentence in ``lang``."""
        return self.say(lang)


def in_words(sentence: Callable[[Language], str], lang: Language) -> str:
    """Say a notice or a doubt on the console, where a doubt is called one."""
    return lang.t("Doubt: {what}", what=sentence(lang)) if isinstance(sentence, Doubt) else sentence(lang)
