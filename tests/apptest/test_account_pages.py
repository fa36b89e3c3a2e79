"""The pages of the account to everybody: what residents read, what professionals see, what stewards change."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.people.roles import Role
from response.costs.case_history import HISTORY, case_revisions, read_case
from streamlit_app.manage.keys import ManageKey
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT

AREA = "scheveningen"


@pytest.fixture(autouse=True)
def _unchanged(home: Path) -> Iterator[None]:
    yield
    (home / "areas" / AREA / HISTORY).unlink(missing_ok=True)


def page(name: str, role: Role = Role.VISITOR, lang: str = "nl", part: str = "", area: str = AREA) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["area"] = lang, area
    sign_in(app, role).run()
    if part:
        app.session_state[ManageKey.MANAGE_PART] = part
    app.switch_page(f"../pages/{name}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    shown = (*app.title, *app.header, *app.subheader, *app.markdown, *app.warning, *app.info, *app.success, *app.error)
    tables = [str(table.value.to_dict()) for table in app.table]
    return "\n".join([*(one.value for one in shown), *tables])


def test_residents_read_what_costs_mean_and_professionals_see_the_sum() -> None:
    resident = page("costs")
    said = words(resident)
    for one in ("VOORBEELDCIJFERS", "We verwachten dat het minstens oplevert wat het kost.", "Minder gedrang."):
        assert one in said
    assert not resident.metric
    assert "contante waarde" not in said
    professional = page("costs", Role.PROFESSIONAL, "en")
    assert professional.metric[0].value == "29,490.63"
    assert "second area" in words(professional)
    professional.slider[0].set_value(0).run()
    assert "Between 29,490.63 when all goes badly and 29,490.63" in words(professional).replace("\\", "")


def test_an_area_without_a_case_says_so() -> None:
    assert "Niemand heeft nog ingevuld" in words(page("costs", Role.PROFESSIONAL, area="auckland"))


def test_a_steward_changes_an_item_and_it_is_what_everybody_reads() -> None:
    app = page("manage", Role.STEWARD, part="costs")
    before = read_case(load_area(AREA)).item("begin")
    next(one for one in app.text_input if str(one.key).endswith(".name")).set_value("Beginnen in het klein")
    why = next(one for one in app.text_area if str(one.key).endswith(".why"))
    why.set_value("Er is een offerte gekomen.")
    next(one for one in app.button if str(one.key).endswith(".keep")).click().run()
    assert not app.error
    item = read_case(load_area(AREA)).item("begin")
    assert before is not None
    assert item is not None
    assert item.names == {"nl": "Beginnen in het klein", "en": before.names["en"]}
    assert item.model_copy(update={"names": before.names}) == before
    assert [one.reason for one in case_revisions(AREA)] == ["Er is een offerte gekomen."]
    assert "Beginnen in het klein" in words(page("costs"))
