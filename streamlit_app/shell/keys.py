"""Keys under which the widgets of shell, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class ShellKey(StrEnum):
    """Keys of shell; no other wing has the same."""

    WORKSPACE = "workspace"
    WRITTEN = "workspace.written"
    NOTICES = "workspace.notices"
    NOTICED = "workspace.noticed"
    WRONG = "workspace.wrong"
    SEEN_AS = "access.seen_as"
    DRAWN = "access.drawn"
    SHOW_NEWEST = "shell.show_newest"
    PAGE = "workspace.page"
    DEVICE = "shell.device"
    IN_FORCE = "shell.in_force"
    PHONE = "phone"
    KEPT = "phone.kept"
    STAND_IN = "phone.stand_in"
    DRAFTS = "phone.drafts"
    SENT = "phone.sent"
    ROLE = "phone.role"
    FORGET = "phone.forget"
    RESTORED = "phone.restored"
    ASKED = "phone.asked"
    ASKED_AS = "phone.asked_as"
    WANTED = "phone.wanted"
    LOOKED_FOR = "phone.looked_for"
    UPLOADS = "shell.uploads"
    UPLOADS_AT = "shell.uploads_at"
