"""Acts: what changes state is carried out here, for somebody who is known, on what they saw, and is written down.

Every room may ask :func:`under_way` who acts. Whoever takes a lock to change something calls :func:`look_again` once
it is held, so that looking and changing are one: the database at the start of a transaction, files under their lock.
What changes the database is written down in that same transaction (``feedback.database.audit``); of all else a line
is added to a ledger beside it, from which that log takes it in. A line is written before an act begins, too: of a
process that ends on the way it stays, and tells that nobody knows how far it came.
"""

import hashlib
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, ParamSpec, TypeVar
from uuid import uuid4

from data.keeping import ledger
from data.keeping.failing import told
from data.keeping.home import find, home
from language import UserError, message_id

P = ParamSpec("P")
T = TypeVar("T")

Means = Literal["browser", "command line"]
Outcome = Literal["done", "refused", "outdated", "begun", "left"]
"""What came of an act. ``begun`` stands before it, and ``left`` when it then raised what people can mend."""

LEDGER: Final = "acts"

_IDS: Final = {"decision", "sign_in"}
"""Names of parameters that are an id, beside those that end in ``_id``."""


@dataclass(frozen=True)
class Actor:
    """Who acts, and by what means: a role, an organisation if it is known, and the id of the invitation or account.

    Never a person: no name, code or address is kept of anybody.
    """

    role: str
    organisation: str | None = None
    grant: str | None = None
    means: Means = "browser"


OWNER: Final = Actor("owner", means="command line")
"""Who has the machine: on the command line everything may be done."""


class ChangedError(UserError):
    """What was acted on is no longer as it was shown: somebody else was first, and nothing was done."""


@dataclass(frozen=True)
class Seen:
    """The version of what a page shows: how to ``read`` it again, and a hash of what was read when it was drawn.

    ``name`` is under what a page remembers it, if it does.
    """

    read: Callable[[], object]
    token: str
    name: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is still as it was shown."""
        return version(self.read()) == self.token


@dataclass
class UnderWay:
    """An act while it is done: who, what (``module.function``), on which id, and the version that was seen, if any.

    ``noted``: it stands in the log already. All lines on it have the same ``id``.
    """

    actor: Actor
    act: str
    target: str | None
    seen: Seen | None = None
    logged: bool = True
    noted: bool = False
    id: str = field(default_factory=lambda: uuid4().hex)


_now: ContextVar[UnderWay | None] = ContextVar("act under way", default=None)


def see(read: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Seen:
    """Return the version of what ``read`` gives now: any value that is written out the same when it is the same."""
    return Seen(lambda: read(*args, **kwargs), version(read(*args, **kwargs)))


def files(area_id: str | None, *names: str) -> tuple[str, ...]:
    """Return what files hold now, as hashes: files of an area, or of users' state when ``area_id`` is ``None``."""
    paths = [home() / name if area_id is None else find(area_id, name) for name in names]
    return tuple(hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else "" for path in paths)


def carry_out(actor: Actor, seen: Seen | None, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something that changes state and write down who did it; return what it returns.

    Raises ``ChangedError``, and has changed nothing, when it is no longer as it was ``seen``; else what ``act`` raises.
    """
    return carried(UnderWay(actor, act_id(act), _target(act, args), seen), act, *args, **kwargs)


def carried(under: UnderWay, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something as :func:`carry_out` does, as the act that is described.

    Raises ``UserError``, and has done nothing, when it cannot be written down that it begins.
    """
    if under.logged:
        _add(under, "begun")
    before = _now.set(under)
    try:
        done = act(*args, **kwargs)
        if under.logged and not under.noted:
            note(under, "done")
    except UserError:
        if under.logged and not under.noted:
            _add(under, "left")
        raise
    finally:
        _now.reset(before)
    return done


def by_owner(act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do something on the command line: as who has the machine, and written down as such."""
    return carry_out(OWNER, None, act, *args, **kwargs)


def under_way() -> UnderWay | None:
    """Return the act that this thread is doing; ``None`` for what the server does by itself."""
    return _now.get()


def concerning(target: str) -> None:
    """Tell the log what the act under way is about, where that is only known once it is done: an id, never a name."""
    under = _now.get()
    if under is not None:
        under.target = target


def look_again() -> None:
    """Raise ``ChangedError`` when what is acted on is not as it was seen. Call it when the lock to change it is held.

    What an act does after its first change is its own doing, so it is looked at once.
    """
    under = _now.get()
    if under is None or under.seen is None:
        return
    if not under.seen.stands:
        raise ChangedError(
            message_id("A colleague changed this meanwhile. Your change was not carried out. Look again, and decide.")
        )
    under.seen = None


def line(under: UnderWay, outcome: Outcome) -> dict[str, str | None]:
    """Return an act as a line of the log, at this moment (UTC)."""
    return {
        "id": under.id,
        "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "act": under.act,
        "target": under.target,
        "outcome": outcome,
        "role": str(under.actor.role),
        "organisation": under.actor.organisation,
        "access": under.actor.grant,
        "means": under.actor.means,
    }


def note(under: UnderWay, outcome: Outcome) -> None:
    """Add an act to the ledger; when this returns, it is on the disk."""
    _add(under, outcome)
    under.noted = True


def _add(under: UnderWay, outcome: Outcome) -> None:
    try:
        ledger.append(LEDGER, line(under, outcome))
    except OSError as error:
        raise told(error, home()) from error


def begun_only() -> list[dict[str, str | None]]:
    """Return the lines of acts that began, and of which the ledger tells no end."""
    lines = list(ledger.read(LEDGER))
    ended = {line["id"] for line in lines if line["outcome"] != "begun"}
    return [line for line in lines if line["outcome"] == "begun" and line["id"] not in ended]


def described(actor: Actor, act: Callable[..., object], args: tuple[object, ...], *, logged: bool = True) -> UnderWay:
    """Return an act that is not done yet as the log would tell it."""
    return UnderWay(actor, act_id(act), _target(act, args), logged=logged)


def act_id(act: Callable[..., object]) -> str:
    """Return the id of an act in the log: module and function, without the wing, which may move."""
    return f"{act.__module__.rpartition('.')[2]}.{act.__qualname__}"


def _target(act: Callable[..., object], args: tuple[object, ...]) -> str | None:
    """Return the id of what is acted on, as the first argument tells it; a text that is no id may be a name."""
    if not args:
        return None
    if isinstance(named := getattr(args[0], "id", None), str):
        return named
    name = next(iter(inspect.signature(act).parameters), "")
    return args[0] if isinstance(args[0], str) and (name.endswith("_id") or name in _IDS) else None


def version(value: object) -> str:
    """Return the version of a value: the same for whatever is written out the same."""
    return hashlib.sha256(repr(value).encode()).hexdigest()
