"""What is set for the whole app, not for one area: ``settings.toml`` in users' state."""

import json
import tomllib
from typing import Final

from data.area.area import list_areas
from data.keeping.home import home, written_whole
from language import UserError

SHIPPED_DEFAULT: Final = "scheveningen"


def default_area() -> str:
    """Return the id of the area that opens first: the one that was set while it is here, else the shipped one."""
    try:
        chosen = tomllib.loads((home() / "settings.toml").read_text("utf-8")).get("default_area")
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        chosen = None
    return str(chosen) if chosen in list_areas() else SHIPPED_DEFAULT


def set_default_area(area_id: str) -> None:
    """Let the app open with this area. Raises ``UserError`` when there is none with this id."""
    if area_id not in list_areas():
        raise UserError(
            "There is no area '{area}'. Choose one of: {known}.", area=area_id, known=", ".join(list_areas())
        )
    with written_whole(home() / "settings.toml") as temporary:
        temporary.write_text(f"default_area = {json.dumps(area_id)}\n", "utf-8")
        temporary.chmod(0o644)
