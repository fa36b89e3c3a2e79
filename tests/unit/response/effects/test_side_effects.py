"""What people said of side effects stands beside an effect, with no more of who they are than may be told."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from data.area.area import Area, load_area
from data.area.measures import read_measures
from data.keeping.acts import Actor, carry_out
from feedback.contributions.contributions import Contribution, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.people.participants import author_of_phone
from language import language
from response.actions.log import log, read_entry, strike
from response.cards.history import read_playbook
from response.effects.finding import Finding, finding
from response.effects.side_effects import said_beside
from tests.unit.response.effects.days_made import ZONES, world
from visuals.playbook.side_effect_words import beside_sentences

CARD, AREA = "borden-spreiden", "scheveningen"


@pytest.fixture
def area() -> Area:
    return load_area(AREA)


@pytest.fixture
def found(area: Area) -> Finding:
    made = world(area, effect=-0.3)
    return finding(CARD, made.taken, made.frozen, made.sums, read_playbook(area), read_measures(area))


def test_the_log_tells_side_effects_by_role_and_organisation_and_not_what_was_struck(
    area: Area, found: Finding
) -> None:
    assert not said_beside(area, found)
    values = {"area": area.id, "stage": "ended", "card": CARD, "zones": ZONES}
    happened = datetime.combine(found.treated[0].day, time(14), area.tz)
    roots = []
    for words in ("Fietsers reden om.", "Was een vergissing."):
        one = read_entry({**values, "id": str(uuid4()), "happened": happened, "texts": {"side_effects": words}})
        roots.append(carry_out(Actor("professional", "municipality"), None, log, one, area).root)
    strike(roots[1], reason="Ging over iets anders.")
    (said,) = beside_sentences(said_beside(area, found), area, language("nl"))
    assert "Gemeente" in said
    assert said.endswith("Fietsers reden om.")


def test_responses_count_of_those_places_and_days_only_and_tell_roles_from_five_on(area: Area, found: Finding) -> None:
    set_general_mode(Mode.AFTER)
    on = datetime.combine(found.treated[0].day, time(14), area.tz)
    off = next(one.day for one in found.days if not one.treated)

    def say(text: str, role: str, zone: str, hour: datetime, number: int) -> None:
        send(Contribution(str(uuid4()), AREA, role, "nl", text, zone=zone, hour=hour), author_of_phone(str(number)))

    for number in range(5):
        say(f"Stiller dan anders {number}", "resident", ZONES[0], on, number)
        say(f"Op een andere dag {number}", "resident", ZONES[0], datetime.combine(off, time(14), area.tz), 10 + number)
        say(f"Ergens anders {number}", "resident", "keizerstraat", on, 20 + number)
    for number in range(4):
        say(f"Te weinigen {number}", "entrepreneur", ZONES[1], on + timedelta(hours=1), 30 + number)
    said = beside_sentences(said_beside(area, found), area, language("nl"))
    assert sorted(said) == [
        f"Bewoner, op een dag met de maatregel: “Stiller dan anders {number}”" for number in range(5)
    ]
