"""A calendar cut into its parts before anything of it is parsed: events, and the time zones they use.

Parts that are no event (free and busy times, tasks, journals) and what stands inside an event (alarms) are left out.
"""

import re
from dataclasses import dataclass
from typing import Final

_CALENDAR: Final = "VCALENDAR"
_FOLDED: Final = re.compile("\n[ \t]")
_BOUNDARY: Final = re.compile(r"\s*(BEGIN|END)\s*:\s*([\w-]+)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """The texts of a calendar's events and time zones, each from BEGIN to END.

    ``unfinished``: what is there of events without an END; ``whole``: whether the calendar itself has one.
    """

    events: tuple[str, ...]
    zones: tuple[str, ...]
    unfinished: tuple[str, ...]
    whole: bool


def parts_of(content: bytes) -> Parts | None:
    """Return the parts of a file, or ``None`` when it is no calendar."""
    found: dict[str, list[str]] = {"VEVENT": [], "VTIMEZONE": []}
    unfinished: list[str] = []
    open_parts: list[str] = []
    lines: list[str] = []
    opened = 0
    for line in _FOLDED.sub("", _text(content)).split("\n"):
        boundary = _BOUNDARY.fullmatch(line)
        side, name = (boundary[1].upper(), boundary[2].upper()) if boundary else ("", "")
        if not open_parts:
            if (side, name) == ("BEGIN", _CALENDAR):
                open_parts, opened = [_CALENDAR], opened + 1
            elif not opened and line.strip():
                return None
        elif side == "BEGIN" and name in found:  # neither can stand inside another part: that one was never closed
            if len(open_parts) > 1 and open_parts[1] == "VEVENT":
                unfinished.append("\n".join(lines))
            open_parts, lines = [_CALENDAR, name], [line]
        elif side == "BEGIN":
            open_parts.append(name)
            lines += [line] if open_parts[1] == "VTIMEZONE" else []
        elif side == "END" and name in open_parts:
            part = open_parts[1] if len(open_parts) > 1 else ""
            if name == _CALENDAR and part == "VEVENT":
                unfinished.append("\n".join(lines))
            elif name == part and part in found:
                found[part].append("\n".join([*lines, line]))
            elif part == "VTIMEZONE":
                lines.append(line)
            del open_parts[open_parts.index(name) :]
        elif not boundary and (len(open_parts) == 2 or open_parts[1:2] == ["VTIMEZONE"]):
            lines.append(line)
    if len(open_parts) > 1 and open_parts[1] == "VEVENT":
        unfinished.append("\n".join(lines))
    if not opened:
        return None
    return Parts(tuple(found["VEVENT"]), tuple(found["VTIMEZONE"]), tuple(unfinished), not open_parts)


def value_of(part: str, name: str) -> str:
    """Return the value of a property as it stands in the text of a part, or ``""``: for parts that cannot be parsed."""
    match = re.search(rf"^{name}(?:;[^:\n]*)?:(.*)$", part, re.IGNORECASE | re.MULTILINE)
    return match[1].strip() if match else ""


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        unfolded = re.sub(rb"\r?\n[ \t]", b"", content)  # a letter may be folded in the middle
        try:
            text = unfolded.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = unfolded.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
