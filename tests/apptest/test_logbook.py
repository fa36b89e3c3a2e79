"""The logbook is read by stewards only: each role opens the page, and looks for it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.keeping.acts import Actor
from feedback.database import audit
from feedback.database.store import change_store
from feedback.people.roles import Role
from streamlit_app.manage.keys import ManageKey
from tests.apptest.signing_in import sign_in

MAIN = str(Path(__file__).parents[2] / "streamlit_app" / "main.py")
TARGET = "alleenhier"


@pytest.mark.parametrize("role", Role)
def test_the_log_is_read_by_a_page_that_is_for_stewards_only(
    role: Role, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    with change_store() as db:
        audit.note_entry(db, Actor(Role.STEWARD), "clock.set_clock", TARGET)
    app = sign_in(AppTest.from_file(MAIN, default_timeout=120), role)
    app.query_params["lang"] = "nl"
    app.session_state[ManageKey.MANAGE_PART] = "audit"
    app.switch_page("../pages/manage.py").run()
    assert not app.exception
    assert (TARGET in shown(app)) == (role is Role.STEWARD)


def shown(app: AppTest) -> str:
    """All words and tables of a page."""
    tables = [frame.value.to_csv() for frame in (*app.dataframe, *app.table)]
    return "\n".join([*(one.value for one in app.markdown), *tables])
