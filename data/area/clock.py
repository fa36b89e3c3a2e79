"""Setting an area's clock (the real one, or a fixed moment whose week is replayed) and who may see the area."""

import re
from datetime import datetime

from data.area.area import Access, Area, load_area
from data.keeping.home import area_home, find, written_whole
from data.keeping.locking import working_on


def set_clock(area: Area, moment: datetime | None) -> Area:
    """Let the area live (``moment`` is ``None``) or replay the week from ``moment`` (area time) on.

    The setting is written to the area's ``area.toml`` in users' state; what ships is left as it is. Returns the area
    as it is read from then on.
    """
    lines = ["[clock]", 'mode = "live"']
    if moment is not None:
        lines = ["[clock]", 'mode = "replay"', f"moment = {moment.replace(tzinfo=None).isoformat()}"]
    with working_on(area_home(area.id), "settings"):
        rest = re.sub(r"(?ms)^\[clock\]\n.*?(?=^\[|\Z)", "", _text(area)).rstrip()
        return _written(area, rest + "\n\n" + "\n".join(lines) + "\n")


def set_access(area: Area, access: Access) -> Area:
    """Set who may see the area, in its ``area.toml`` in users' state; returns the area as it is read from then on."""
    with working_on(area_home(area.id), "settings"):
        rest = re.sub(r"(?m)^access\s*=.*\n", "", _text(area))
        return _written(area, f'access = "{access}"\n{rest}')


def _text(area: Area) -> str:
    path = find(area.id, "area.toml")
    assert path is not None, "an area that was loaded has a file"
    return path.read_text("utf-8")


def _written(area: Area, text: str) -> Area:
    with written_whole(area_home(area.id) / "area.toml") as temporary:
        temporary.write_text(text, "utf-8")
        temporary.chmod(0o644)
    return load_area(area.id)
