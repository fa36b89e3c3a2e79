"""What people read: the catalogues, numbers and chances in plain words, and errors they can act on."""

from language.catalogue import LANGUAGES, Language, language, message_id
from language.errors import UserError

__all__ = ["LANGUAGES", "Language", "UserError", "language", "message_id"]
