"""A playbook is read whole, and each fault is a sentence with its line and what to do."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.measures import read_measures
from language import UserError, language
from response.cards.actors import acting, actor_ids, actor_name
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.cards.reading import FILE, read_file

GOOD = """# Cards of a test.
[[actor]]
id = "haven"
names = { nl = "Havenmeester", en = "Harbour master" }

[[card]]
id = "borden"
names = { nl = "Borden" }
kind = "route"
taste = "sweet"
actors = ["haven"]
decides = { nl = "Gemeente" }
lead_hours = 24
stop = { nl = "Stop als het rustig is." }
steps = [{ nl = "Zet de borden aan." }]
side_effects = { nl = "Drukte elders." }
undone = { nl = "Zet de borden uit." }
source = { nl = "Aanname." }
measure = "borden-spreiden"
[card.trigger]
places = { zones = ["pier"] }
level = "orange"
hours = 2
chance = 0.5
"""
SECOND = "\n" + GOOD[GOOD.index("[[card]]") :].replace('id = "borden"', 'id = "tweede"')

FAULTS = [
    (
        'places = { zones = ["pier"] }',
        'places = { zones = ["peer"] }',
        "places",
        "'peer', which this area does not have",
    ),
    ('places = { zones = ["pier"] }', 'places = { kinds = ["sensor"] }', "places", "for no place of this area"),
    ('measure = "borden-spreiden"', 'measure = "niets"', "measure", "'niets', which is not in measures.toml"),
    ('actors = ["haven"]', 'actors = ["havem"]', "actors", "'havem', who is not known. Choose from gemeente"),
    ("lead_hours = 24", "lead_hours = 169", "lead_hours", "needs 169 hours, and the forecast reaches 168 hours"),
    ('stop = { nl = "Stop als het rustig is." }\n', "", "[[card]]", "has no stop rule. Write at 'stop'"),
    ('undone = { nl = "Zet de borden uit." }\n', "", "[[card]]", "has no 'undone'. Add it"),
    ('taste = "sweet"', 'taste = "zoet"', "taste", "than one of: 'sweet' or 'sour'"),
    ("chance = 0.5", "chance = 5", "chance", "not valid at 'trigger.chance'"),
    ("hours = 2", "hours = 25", "hours", "not valid at 'trigger.hours'"),
    ("[card.trigger]", 'colour = "red"\n[card.trigger]', "colour", "has 'colour', which is not known"),
    ('taste = "sweet"', 'taste = "sweet"\nvisible = "everybody"', "[[card]]", "needs a public_text"),
    ('taste = "sweet"', 'taste = "sweet"\nexcludes = ["weg"]', "excludes", "names the card 'weg' at 'excludes'"),
    ('taste = "sweet"', 'taste = "sweet"\nstrengthens = ["niets"]', "strengthens", "no other card"),
    ('id = "haven"', 'id = "De haven"', "id", "An [[actor]] has an id of lower-case letters"),
    ("[[actor]]", "[[acteur]]", "[[acteur]]", "'acteur' is not known here"),
    ('side_effects = { nl = "Drukte elders." }', 'side_effects = { nl = "" }', "side_effects", "not valid"),
]
BUSINESS = """
[[business]]
id = "steiger"
names = { nl = "Steiger" }
actor = "haven"
places = { kinds = ["quay"] }
"""
BUSINESS_FAULTS = [
    ("id", '"De steiger"', "A [[business]] has an id of small letters"),
    ("id", '"politie"', "There is another 'politie'"),
    ("actor", '"havem"', "names 'havem', who is not known"),
    ("places", '{ kinds = ["sensor"] }', "is at a place that this area does not have"),
    ("places", '{ zones = ["kaai"] }', "is at a place that this area does not have"),
]


def read(tmp_path: Path, text: str) -> Playbook:
    path = tmp_path / FILE
    path.write_text(text, "utf-8")
    area = load_area("scheveningen")
    return read_file(path, area, read_measures(area))


def test_a_file_without_faults_is_read_as_it_stands(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD + SECOND)
    assert [card.id for card in found.cards] == ["borden", "tweede"]
    assert found.cards[0].trigger.places.zones == ("pier",)
    assert actor_ids(found)[-1] == "haven"
    assert acting(found) == ("haven",)
    assert actor_name("haven", found, language("nl")) == "Havenmeester"
    assert actor_name("politie", found, language("nl")) == "Politie"
    assert found.card("tweede") == found.cards[1]
    assert found.card("derde") is None


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(("right", "wrong", "where", "said"), FAULTS)
def test_a_fault_says_its_line_and_what_to_do(
    tmp_path: Path, right: str, wrong: str, where: str, said: str, first: bool
) -> None:
    """Also of the second card, of which the same words stand further down."""
    assert right in GOOD
    of_actor = right not in SECOND
    text = GOOD.replace(right, wrong) if first or of_actor else GOOD + SECOND.replace(right, wrong)
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    lines = text.splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if line.startswith(where)]
    line = numbers[0] if first or of_actor else numbers[-1]
    assert f"{tmp_path / FILE}, line {line}: " in str(caught.value)
    assert said in str(caught.value)
    dutch = caught.value.say(language("nl"))
    assert f"{tmp_path / FILE}, regel {line}: " in dutch
    assert dutch != str(caught.value)
    assert str(line) in caught.value.md(language("nl"))


@pytest.mark.parametrize(("key", "value", "what"), BUSINESS_FAULTS)
def test_a_fault_of_a_kind_of_business_says_its_line(tmp_path: Path, key: str, value: str, what: str) -> None:
    before = GOOD.count("\n")
    text = GOOD + re.sub(f"^{key} = .*$", f"{key} = {value}", BUSINESS, flags=re.MULTILINE)
    with pytest.raises(UserError) as refused:
        read(tmp_path, text)
    line = before + 1 + next(n for n, row in enumerate(BUSINESS.splitlines()) if row.startswith(key))
    assert f"line {line}: " in str(refused.value)
    assert what in str(refused.value)


def test_a_card_is_for_kinds_of_business_of_its_actors_only(tmp_path: Path) -> None:
    for_one = GOOD.replace('actors = ["haven"]', 'actors = ["haven"]\nbusinesses = ["steiger"]')
    found = read(tmp_path, for_one + BUSINESS)
    (business,) = found.businesses
    assert business.does(found.cards[0])
    assert not business.does(found.cards[0].model_copy(update={"businesses": ("kraam",)}))
    for text in (for_one, for_one.replace('actors = ["haven"]', 'actors = ["politie"]') + BUSINESS):
        with pytest.raises(UserError, match="'steiger', which its actors do not have"):
            read(tmp_path, text)


def test_two_cards_of_one_id_are_refused_at_the_second(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"line 27: Two cards are called 'borden'"):
        read(tmp_path, GOOD + SECOND.replace('"tweede"', '"borden"'))


def test_what_is_no_toml_says_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be read as TOML: .*line 8"):
        read(tmp_path, GOOD.replace('names = { nl = "Borden" }', 'names = { nl = "Borden }'))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(GOOD)), put=st.text(max_size=4), gone=st.integers(0, 30))
def test_any_damage_is_read_or_said_in_a_sentence(tmp_path: Path, at: int, put: str, gone: int) -> None:
    text = (GOOD[:at] + put + GOOD[at + gone :]).encode("utf-8", "replace").decode("utf-8")
    try:
        read(tmp_path, text)
    except UserError as error:
        said = error.say(language("nl"))
    else:
        return
    assert str(tmp_path) in said


def test_scheveningen_ships_cards_that_are_all_examples_in_both_languages() -> None:
    playbook = read_playbook(load_area("scheveningen"))
    assert len(playbook.cards) >= 20
    assert {card.kind for card in playbook.cards} == {
        "inform", "spread", "route", "room", "dose", "staff", "enforce", "communicate"
    }  # fmt: skip
    assert {card.taste for card in playbook.cards} == {"sweet", "sour"}
    assert set(acting(playbook)) == set(actor_ids(playbook))
    for card in playbook.cards:
        assert card.adopted is None
        assert card.assumed
        assert card.basis is None, "a legal basis is never invented"
        texts = [card.names, card.decides, card.stop, *card.steps, card.side_effects, card.undone, card.source]
        texts += [card.public_text] * (card.visible == "everybody")
        assert all(text is not None and set(text) == {"nl", "en"} for text in texts), card.id


def test_an_area_without_a_playbook_has_no_cards() -> None:
    assert read_playbook(load_area("auckland")) == Playbook()
