"""Errors that a user caused and a user can mend."""

from typing import Any

from language.catalogue import Language, language
from language.markdown import Markdown


class UserError(ValueError):
    """Bad input, said in one clear sentence: what is wrong, where, and what to do.

    The message is an English catalogue id with named fields, so that it can be shown in the reader's
    language: ``UserError("Row {row} of {file} has no zone.", row=3, file="counts.csv").say(nl)``.
    """

    def __init__(self, message: str, **values: Any) -> None:
        self.message = message
        self.values = values
        super().__init__(self.say(language("en")))

    def say(self, lang: Language) -> str:
        """Return the sentence in ``lang``."""
        return lang.t(self.message, **self.values)

    def md(self, lang: Language) -> Markdown:
        """Return the sentence in ``lang`` as Markdown, in which the values are the words they are."""
        return lang.md(self.message, **self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.values)


class NewerError(UserError):
    """Something that a newer version of this program made, and this one does not understand."""


def _rebuild(kind: type[UserError], message: str, values: dict[str, Any]) -> UserError:
    return kind(message, **values)
