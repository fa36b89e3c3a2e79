"""What people read: the catalogues, numbers and chances in plain words, and errors they can act on."""

from language.catalogue import LANGUAGES, Language, language, message_id
from language.errors import NewerError, UserError

__all__ = ["LANGUAGES", "Language", "NewerError", "UserError", "language", "message_id"]
