"""Two processes on one database: every address, each role, each kind of area; what ends in one is over in both."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest

from feedback.people.invitations import invite, withdraw
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in, end
from feedback.sessions.closing import fill_in
from feedback.sessions.sessions import make_session
from streamlit_app.access.cookies import Entry, visit_value
from tests.apptest.test_access import AREA, MAY_FETCH, MAY_OPEN, MAY_SEE, REFUSALS
from tests.apptest.walking import fetched
from tests.unit.changing import ROOT

Ask = Callable[[str, str], int]
"""Which status an address answers to who comes with a cookie."""


@dataclass(frozen=True)
class Both:
    """This process and another one on the same users' state: how they answer, and which pages the other one opens."""

    here: Ask
    there: Ask
    opens: Callable[[str, list[str], str], list[str | None]]


OF_AREA = ("zones.geojson", "thresholds.json", "style.json", "drawing.json", "forecast.csv", "forecast.json")
AREAS = [f"/api/areas/{access}-town/{name}" for access in MAY_SEE for name in OF_AREA]
PUBLIC = [path for path, roles in MAY_FETCH.items() if Role.VISITOR in roles and path != "/leave"]
CLOSED = [path for path, roles in MAY_FETCH.items() if Role.VISITOR not in roles]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """This process and another one on the same users' state."""
    home = tmp_path_factory.mktemp("home")
    for access in MAY_SEE:
        folder = home / "areas" / f"{access}-town"
        folder.mkdir(parents=True)
        (folder / "area.toml").write_text(AREA.format(access=access))
        (folder / "zones.csv").write_text("zone_id,name,lat,lon\na,A,52.1,4.3\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(home))
        made = make_session("Avond", kind="kennistafel", day=date(2026, 8, 3), area="scheveningen", session_id="s1")
        fill_in(made.id, minutes="", organisations="", attended={})
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.apptest.walking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "CSM_HOME": str(home), "PYTHONPATH": str(ROOT)},
        )
        assert other.stdin
        assert other.stdout
        sent, answered = other.stdin, other.stdout

        def asked(*what: object) -> Any:
            sent.write(json.dumps(what) + "\n")
            sent.flush()
            for line in answered:
                if line.startswith(("[", "{")) or line.strip().isdigit():
                    return json.loads(line)
            raise AssertionError("the other process ended")

        yield Both(fetched, partial(asked, "fetch"), partial(asked, "open"))
        sent.close()
        other.wait(timeout=60)


def somebody(role: Role) -> tuple[str, str, str]:
    """The cookie of somebody who came in by an invitation, that invitation, and the sign-in."""
    if role is Role.VISITOR:
        return "", "", ""
    invitation, code = invite(role, "Wijkraad", by=Role.STEWARD)
    made = come_in(code, lambda _role: 3600)[1]
    return visit_value([Entry(made.id, f"p {role}")], 3600), invitation.id, made.id


def filled(path: str) -> str:
    values = {"area_id": "scheveningen", "zone_id": "pier", "session_id": "s1", "form": "csv", "name": "stage.js"}
    return path.format(code="x", ticket="x", **values)


def may(path: str, role: Role) -> bool:
    for access, roles in MAY_SEE.items():
        if f"/{access}-town/" in path:
            return role in roles
    return role in MAY_FETCH[path]


@pytest.mark.parametrize("role", Role)
def test_every_address_answers_whom_it_is_for_in_both_processes(both: Both, role: Role) -> None:
    cookie, _, _ = somebody(role)
    for path in (*PUBLIC, *CLOSED, *AREAS):
        for ask in (both.here, both.there):
            answer = ask(filled(path), cookie)
            refused = answer == 403 if path in AREAS else answer in REFUSALS
            assert refused != may(path, role), (path, answer)


@pytest.mark.parametrize("role", Role)
def test_a_page_and_an_area_open_in_another_process_for_whom_they_are(both: Both, role: Role) -> None:
    """In one process ``tests/apptest/test_access.py`` walks over all pages."""
    cookie, _, _ = somebody(role)
    urls = ["today", *(url for url, roles in MAY_OPEN.items() if Role.VISITOR not in roles)]
    for access, roles in MAY_SEE.items():
        shown = f"{access}-town" if role in roles else "scheveningen"
        assert both.opens(f"{access}-town", urls, cookie) == [shown if role in MAY_OPEN[url] else None for url in urls]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VISITOR])
@pytest.mark.parametrize("how", ["withdrawn", "ended", "left"])
def test_what_is_withdrawn_in_one_process_opens_nothing_in_the_other(both: Both, role: Role, how: str) -> None:
    here, there = both.here, both.there
    cookie, invitation, sign_in = somebody(role)
    theirs = [path for path in (*CLOSED, *AREAS) if may(path, role) and not may_all(path)]
    assert theirs
    for path in theirs:
        assert there(filled(path), cookie) not in (401, 403)
    if how == "withdrawn":
        withdraw(invitation)
    elif how == "ended":
        end(sign_in, by=Role.STEWARD)
    else:
        here("/leave", cookie)
    for path in theirs:
        assert there(filled(path), cookie) in REFUSALS
        assert here(filled(path), cookie) in REFUSALS


def may_all(path: str) -> bool:
    return may(path, Role.VISITOR)
