"""What is set for the whole app, not for one area: ``settings.toml`` in users' state."""

import json
from datetime import tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from data.area.area import list_areas, load_area
from data.keeping.home import home, written_whole
from data.keeping.locking import working_on
from data.keeping.toml_file import read_toml
from language import UserError

SHIPPED_DEFAULT: Final = "scheveningen"


def default_area() -> str:
    """Return the id of the area that opens first: the one that was set while it is here, else the shipped one."""
    chosen = _settings().get("default_area")
    return str(chosen) if chosen in list_areas() else SHIPPED_DEFAULT


def time_of(area_id: str) -> tzinfo:
    """Return the time zone in which days are said that belong to an area; to none or one that is gone: the default."""
    return load_area(area_id if area_id in list_areas() else default_area()).tz


def public_address() -> str:
    """Return where people find this app, such as ``https://drukte.example.nl`` (no slash at the end); else empty.

    What is no such address counts as not set.
    """
    address = str(_settings().get("public_address", "")).strip().rstrip("/")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = not (parts.query or parts.fragment or parts.username) and address.isprintable() and " " not in address
    return address if parts.scheme in ("http", "https") and parts.hostname and plain else ""


def copies_folder() -> Path | None:
    """Return the folder elsewhere in which a copy of what people say is kept, ``None`` when none is set.

    It must be a whole path; what is none counts as not set.
    """
    named = str(_settings().get("copies", "")).strip()
    return Path(named) if named and Path(named).is_absolute() else None


def gives_metrics() -> bool:
    """Return whether programs on this machine may read the server's figures of itself."""
    return _settings().get("metrics") is True


def set_default_area(area_id: str) -> None:
    """Let the app open with this area. Raises ``UserError`` when there is none with this id."""
    if area_id not in list_areas():
        raise UserError(
            "There is no area '{area}'. Choose one of: {known}.", area=area_id, known=", ".join(list_areas())
        )
    settings = {**_settings(), "default_area": area_id}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items()]
    with working_on(home(), "settings"), written_whole(home() / "settings.toml") as temporary:
        temporary.write_text("".join(lines), "utf-8")
        temporary.chmod(0o644)


def _settings() -> dict[str, Any]:
    """Return what is set. Every run of a page asks for it many times, so the file is read when it is another one."""
    path = home() / "settings.toml"
    try:
        found = path.stat()
    except OSError:
        return {}
    return _read(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=8)
def _read(path: Path, *_which: int) -> dict[str, Any]:
    try:
        found = read_toml(path)
    except (OSError, UserError):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, (str, bool, int, float))}
