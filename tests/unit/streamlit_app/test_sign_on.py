"""Signing in with one's organisation: what it says of a person becomes a role, or none."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.people import audit_log
from feedback.people.organisations import Organisation
from feedback.people.role_map import RoleMap, read_role_map
from feedback.people.roles import Role
from language import UserError
from streamlit_app.access.cookies import VISIT
from streamlit_app.access.visitors import visitor_of
from streamlit_app.entrance import entering, sign_on

MAP = """
claim = "groups"
[roles]
steward = ["CSM-Beheer"]
communications = ["team-communicatie", "woordvoering"]
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["csm-beheer", "woordvoering"]}, Role.STEWARD),
        ({"groups": ["woordvoering"]}, Role.COMMUNICATIONS),
        ({"groups": "team-communicatie"}, Role.COMMUNICATIONS),
        ({"groups": ["csm"]}, Role.VISITOR),
        ({"groups": []}, Role.VISITOR),
        ({"groups": None}, Role.VISITOR),
        ({"group": ["csm-beheer"]}, Role.VISITOR),
        ({}, Role.VISITOR),
    ],
)
def test_the_highest_role_that_the_organisation_gives_counts(
    tmp_path: Path, claims: dict[str, object], role: Role
) -> None:
    (tmp_path / "roles.toml").write_text(MAP)
    found = read_role_map()
    assert found is not None
    assert found.role_for(claims) is role


def test_an_address_that_was_not_verified_gives_no_role() -> None:
    found = RoleMap(claim="email", roles={Role.STEWARD: ("a@example.org",)})
    assert found.role_for({"email": "A@example.org"}) is Role.STEWARD
    assert found.role_for({"email": "a@example.org", "email_verified": False}) is Role.VISITOR


@pytest.mark.parametrize(
    "text",
    ["claim", "claim = 3\n[roles]", 'claim = "x"\n[roles]\nboss = ["a"]', 'claim = "x"\n[roles]\nvisitor = ["a"]', ""],
)
def test_a_map_that_is_not_right_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "roles.toml").write_text(text)
    with pytest.raises(UserError, match=r"roles\.toml"):
        read_role_map()


def test_without_a_map_or_secrets_nothing_is_offered(tmp_path: Path) -> None:
    assert read_role_map() is None
    assert sign_on.auth_secrets() == {}
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "auth.toml").write_text("[auth")
    assert sign_on.auth_secrets() == {}


def test_a_ticket_lets_in_for_a_minute_and_nobody_else_can_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(Starlette(routes=entering.ROUTES))
    made = sign_on.ticket({"iss": "https://id.example", "sub": "7"}, Role.FACILITATOR)
    answer = client.get(f"/enter/as/{made}?lang=nl", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "../../?lang=nl")
    visitor = visitor_of(client.cookies[VISIT])
    assert visitor.role is Role.FACILITATOR
    again = sign_on.read_ticket(sign_on.ticket({"iss": "https://id.example", "sub": "7"}, Role.STEWARD))
    assert again is not None
    assert again.person == visitor.person
    text, _, signature = made.rpartition(".")
    for forged in (f"{text}.{signature[::-1]}", client.cookies[VISIT], "x"):
        assert TestClient(Starlette(routes=entering.ROUTES)).get(f"/enter/as/{forged}").status_code == 404
    monkeypatch.setattr(sign_on, "_SECONDS", -1)
    assert sign_on.read_ticket(sign_on.ticket({"sub": "7"}, Role.STEWARD)) is None


ORGANISATIONS = """
claim = "groups"
[roles]
professional = ["drukte"]
[organisations]
police = ["politie", "drukte-politie"]
transport = ["ov"]
"""


@pytest.mark.parametrize(
    ("groups", "organisation"),
    [
        (["drukte", "Politie"], Organisation.POLICE),
        (["drukte", "ov", "x"], Organisation.TRANSPORT),
        (["drukte", "politie", "drukte-politie"], Organisation.POLICE),
        (["drukte"], None),
    ],
)
def test_a_ticket_says_for_which_organisation_somebody_is_here(
    tmp_path: Path, groups: list[str], organisation: Organisation | None
) -> None:
    (tmp_path / "roles.toml").write_text(ORGANISATIONS)
    found = read_role_map()
    assert found is not None
    claims = {"sub": "7", "groups": groups}
    made = sign_on.ticket(claims, found.role_for(claims), found.organisation_for(claims))
    client = TestClient(Starlette(routes=entering.ROUTES))
    client.get(f"/enter/as/{made}", follow_redirects=False)
    visitor = visitor_of(client.cookies[VISIT])
    assert (visitor.role, visitor.organisation) == (Role.PROFESSIONAL, organisation)
    assert audit_log.lines(("door",))[0].organisation == organisation


def test_who_belongs_to_two_organisations_is_here_for_none(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(ORGANISATIONS)
    found = read_role_map()
    assert found is not None
    assert found.organisation_for({"groups": ["politie", "ov"]}) is None
    assert found.organisation_for({"groups": None}) is None


def test_an_address_that_was_not_verified_gives_no_organisation(tmp_path: Path) -> None:
    text = 'claim = "email"\n[roles]\nprofessional = ["a@p.nl"]\n[organisations]\npolice = ["a@p.nl"]\n'
    (tmp_path / "roles.toml").write_text(text)
    found = read_role_map()
    assert found is not None
    for verified, organisation in ((False, None), (True, Organisation.POLICE)):
        assert found.organisation_for({"email": "a@p.nl", "email_verified": verified}) == organisation
