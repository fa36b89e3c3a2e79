"""The action log: entering, correcting and striking through, and reading it back. Nothing is ever taken out."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from pydantic import ValidationError

from data.area.area import Area
from data.keeping.acts import OWNER, Actor, under_way
from data.keeping.real_time import real_now, utc_text
from feedback.database import action_rows
from feedback.database.action_rows import ActionRow, ActionText
from feedback.database.texts import clean
from feedback.upkeep.erasure import Receipt, erase_rows
from language import UserError
from response.actions.chain import Verified, canonical, digest, new_salt, salted, verify
from response.actions.entry import AHEAD_OF_US, LONGEST, Entry, Logged, Stage

SHORTEST_REASON: Final = 5
_A_WHILE: Final = timedelta(minutes=2)
"""Clocks of phones differ by so much."""

_BODY: Final = ("stage", "card", "claim", "snapshot", "scenario", "practice")


def checked(entry: Entry, area: Area, now: datetime | None = None) -> Entry:
    """Return an entry as it may be kept, its words made clean.

    Raises ``UserError`` that says what is wrong: no card and no words, an end before its start, something in the
    future as done, or a place that the area has not got.
    """
    words = {name: clean(text, longest=LONGEST) for name, text in entry.texts.items()}
    entry = entry.model_copy(update={"texts": {name: text for name, text in words.items() if text}})
    if not entry.card and not entry.texts.get("what"):
        raise UserError("Choose a card, or write in a few words what it is.")
    gone = [zone for zone in entry.zones if zone not in area.zone_ids]
    if gone:
        raise UserError(
            "The place '{zone}' is not part of this area any more. Choose another place; what you wrote stays here.",
            zone=gone[0],
        )
    if entry.until is not None and entry.until < entry.happened:
        raise UserError("The end is before the start. Change one of the two times.")
    latest = (now or real_now()) + _A_WHILE
    if entry.stage not in AHEAD_OF_US and (entry.happened > latest or (entry.until or entry.happened) > latest):
        raise UserError("This is still to come, so it cannot be done already. Call it planned, or change the time.")
    return entry


def read_entry(values: dict[str, Any]) -> Entry:
    """Return an entry of plain values. Raises ``UserError`` when they are none."""
    try:
        return Entry.model_validate(values)
    except ValidationError as error:
        where = ".".join(str(step) for step in error.errors()[0]["loc"])
        if where == "zones":
            raise UserError("Choose at least one place.") from error
        raise UserError("'{key}' of this entry is not right. Change it and send it again.", key=where) from error


def log(entry: Entry, area: Area) -> Logged:
    """Enter something; when this returns, it is on the disk. The same id sent again is the same entry.

    Raises ``UserError`` for what :func:`checked` refuses, and when it cannot be kept.
    """
    return _add(checked(entry, area), entry.id)


def correct(root: str, entry: Entry, area: Area, *, reason: str = "") -> Logged:
    """Enter a new version of an entry, with more or with other words; the one before stays, struck through.

    Where something that stood there is different now, a ``reason`` is asked for. Raises ``UserError`` for what
    :func:`checked` refuses, when there is no such entry, nothing is different, or it was struck through.
    """
    before = _standing(root)
    reason = clean(reason, longest=LONGEST)
    fresh = checked(entry.model_copy(update={"id": str(uuid4()), "practice": before.entry.practice}), area)
    if _same(fresh, before.entry):
        raise UserError("Nothing is different in this entry.")
    if _contradicts(fresh, before.entry) and len(reason) < SHORTEST_REASON:
        raise UserError("Say in a few words why it is corrected.")
    return _add(fresh.model_copy(update={"texts": {**_without_reason(fresh), "reason": reason}}), root)


def strike(root: str, *, reason: str) -> Logged:
    """Strike an entry through: it was not so. It stays readable, and counts no more.

    Raises ``UserError`` when there is no such entry, it is struck through already, or no reason is given.
    """
    before, reason = _standing(root), clean(reason, longest=LONGEST)
    if len(reason) < SHORTEST_REASON:
        raise UserError("Say in a few words why it is struck through.")
    update = {"id": str(uuid4()), "texts": {**_without_reason(before.entry), "reason": reason}}
    return _add(before.entry.model_copy(update=update), root, struck=True)


def erase_words(root: str) -> Receipt:
    """Erase all free words of an entry, in all its versions; what was done where and when stays, and so does the chain.

    Raises ``UserError`` when there is no such entry, or it has no words.
    """
    found = action_rows.texts([row.id for row in action_rows.versions(root)])
    ids = [text.id for texts in found.values() for text in texts]
    if not ids:
        raise UserError("There are no words of this entry to erase.")
    return erase_rows({"action_texts": ids})


def entries(
    area_id: str,
    *,
    missing: bool = False,
    stages: Sequence[Stage] = (),
    card: str | None = None,
    since: datetime | None = None,
    most: int = -1,
) -> list[Logged]:
    """Return the entries of an area in their newest version, the latest happening first, struck ones among them.

    ``missing``: only those that lack something; of some ``stages`` or one ``card``; ``since`` they happened.
    """
    where, values = action_rows.wanted(
        missing=missing, stages=stages, card=card, since=utc_text(since) if since is not None else ""
    )
    return _read(action_rows.newest(area_id, where, *values, most=most))


def history(root: str) -> list[Logged]:
    """Return all versions of an entry, the first one first. Raises ``UserError`` when there is no such entry."""
    found = _read(action_rows.versions(root))
    if not found:
        raise UserError("There is no entry '{id}' in this log.", id=root[:40])
    return found


def verified() -> Verified:
    """Go through the whole log, of all areas, and tell whether it is as it was written."""
    return verify(action_rows.chain(), action_rows.texts())


def _standing(root: str) -> Logged:
    newest = history(root)[-1]
    if newest.struck:
        raise UserError("This entry is struck through. Make a new one.")
    return newest


def _add(entry: Entry, root: str, *, struck: bool = False) -> Logged:
    actor = _actor()
    entered = utc_text(real_now())
    texts = [
        ActionText(str(uuid4()), entry.id, name, new_salt(), words) for name, words in entry.texts.items() if words
    ]

    def chained(number: int, before: str) -> ActionRow:
        plain = {name: getattr(entry, name) for name in _BODY}
        body = canonical(
            {
                **plain,
                "number": number,
                "before": before,
                "id": entry.id,
                "root": root,
                "area": entry.area,
                "happened": utc_text(entry.happened),
                "until": utc_text(entry.until) if entry.until else None,
                "zones": list(entry.zones),
                "links": list(entry.links),
                "struck": struck,
                "entered": entered,
                "role": str(actor.role),
                "organisation": actor.organisation,
                "texts": {text.field: salted(text.salt, text.text) for text in texts},
            }
        )
        return ActionRow(
            number=number,
            id=entry.id,
            root=root,
            area=entry.area,
            stage=entry.stage,
            card=entry.card,
            happened=utc_text(entry.happened),
            missing=0 if struck else len(entry.missing),
            body=body,
            hash=digest(body),
        )

    action_rows.add(entry.id, chained, texts)
    return next(one for one in history(root) if one.entry.id == entry.id)


def _actor() -> Actor:
    under = under_way()
    return under.actor if under is not None else OWNER


def _read(rows: Sequence[ActionRow]) -> list[Logged]:
    if not rows:
        return []
    found = action_rows.texts([row.id for row in rows] if len(rows) < 500 else None)
    return [_logged(row, found.get(row.id, [])) for row in rows]


def _logged(row: ActionRow, kept: Sequence[ActionText]) -> Logged:
    body = json.loads(row.body)
    words: dict[Any, str] = {text.field: text.text for text in kept}
    entry = Entry.model_construct(
        id=row.id,
        area=row.area,
        happened=datetime.fromisoformat(row.happened).astimezone(UTC),
        until=datetime.fromisoformat(body["until"]).astimezone(UTC) if body["until"] else None,
        zones=tuple(body["zones"]),
        links=tuple(body["links"]),
        texts=words,
        **{name: body[name] for name in _BODY},
    )
    return Logged.model_construct(
        entry=entry,
        number=row.number,
        root=row.root,
        entered=datetime.fromisoformat(body["entered"]).astimezone(UTC),
        role=body["role"],
        organisation=body["organisation"],
        struck=body["struck"],
        erased=tuple(sorted(set(body["texts"]) - set(words))),
        hash=row.hash,
    )


def _without_reason(entry: Entry) -> dict[Any, str]:
    return {name: words for name, words in entry.texts.items() if name != "reason"}


def _same(one: Entry, other: Entry) -> bool:
    return _plain(one) == _plain(other) and _without_reason(one) == _without_reason(other)


def _contradicts(fresh: Entry, before: Entry) -> bool:
    """Return whether something that stood there is different now; what is only added contradicts nothing."""
    was, now = _plain(before), _plain(fresh)
    changed = any(value not in (None, (), now[name]) for name, value in was.items())
    return changed or any(_without_reason(fresh).get(name) != words for name, words in _without_reason(before).items())


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in (*_BODY, "happened", "until", "zones", "links")}
