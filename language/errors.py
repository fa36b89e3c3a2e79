"""Errors that a user caused and a user can mend."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

from language.catalogue import Language, language
from language.markdown import Markdown

_FOLDERS: Final[dict[str, str]] = {}


class Command(str):
    """A command that mends what is wrong. Readers of a page, who have no command line, are told what to do there.

    ``on_page`` is an English catalogue id: what they do instead.
    """

    on_page: str

    def __new__(cls, command: str, on_page: str) -> "Command":
        """Make a command and what a page says in its place."""
        made = super().__new__(cls, command)
        made.on_page = on_page
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Command, (str(self), self.on_page)


def name_folders(folders: Mapping[str, str]) -> None:
    """Let errors speak to readers of a page from now on, who are elsewhere: folders (their paths) are called by a name.

    An empty mapping shows whole paths again, as who works at this machine needs them.
    """
    _FOLDERS.clear()
    _FOLDERS.update(sorted(folders.items(), key=lambda one: -len(one[0])))


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
        return lang.t(self.message, **self._told(lang))

    def md(self, lang: Language) -> Markdown:
        """Return the sentence in ``lang`` as Markdown, in which the values are the words they are."""
        return lang.md(self.message, **self._told(lang))

    def _told(self, lang: Language) -> dict[str, Any]:
        return {name: _on_page(value, lang) for name, value in self.values.items()} if _FOLDERS else self.values

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.values)


class NewerError(UserError):
    """Something that a newer version of this program made, and this one does not understand."""


def _on_page(value: Any, lang: Language) -> Any:
    if isinstance(value, Command):
        return lang.t(value.on_page)
    if not isinstance(value, (str, PurePath)):
        return value
    text = str(value)
    for folder, name in _FOLDERS.items():
        text = text.replace(folder, name)
    return text


def _rebuild(kind: type[UserError], message: str, values: dict[str, Any]) -> UserError:
    return kind(message, **values)
