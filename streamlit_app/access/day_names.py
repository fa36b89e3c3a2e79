"""Names for one day, for what is never written down itself, such as an address.

They are made with a key and with a salt that is drawn anew each day and then thrown away: after that nobody can find
out, not even with the key, which address had which name, nor that two days had the same.
"""

import hmac
import sqlite3
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Final

from data.keeping.home import home
from data.keeping.real_time import real_now
from feedback.database.unavailable import UnavailableError
from feedback.people.codes import keyed
from streamlit_app.access import counted

_OWN: Final = token_bytes(32)
"""The key of this process alone, for where the installation has none and its disk takes nothing."""
_salts: dict[Path, tuple[str, str]] = {}


def name_of_today(text: str) -> str:
    """Return what ``text`` is called today: 32 hexadecimal digits, the same in all processes.

    Where the key cannot be read or made, each process has its own names: who only looks needs none.
    """
    today = f"today {_salt()}"
    try:
        return keyed(today, text)[:32]
    except UnavailableError:
        return hmac.new(_OWN, f"{today}\0{text}".encode(), sha256).hexdigest()[:32]


def _salt() -> str:
    """Return the salt of this day (UTC), that of all processes; those of other days are gone then."""
    day, known = real_now().date().isoformat(), _salts.get(home())
    if known and known[0] == day:
        return known[1]

    def drawn(db: sqlite3.Connection) -> str:
        db.execute("DELETE FROM salts WHERE day <> ?", [day])
        db.execute("INSERT OR IGNORE INTO salts (day, salt) VALUES (?, ?)", [day, token_hex(16)])
        return str(db.execute("SELECT salt FROM salts").fetchone()[0])

    salt = counted.together(drawn)
    _salts.clear()
    _salts[home()] = day, salt
    return salt
