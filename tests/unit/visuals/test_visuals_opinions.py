"""What unites and divides is said as it was voted, and the map shows groups and nobody."""

from feedback.groups.opinions import hide_small, last_votes, opinions
from language import language
from language.markdown import bullets
from tests.unit.polis_export import town
from visuals.charts.opinion_map import opinion_map
from visuals.words.opinions import divides, group_name, intro, stands_for, unites

NL, EN = language("nl"), language("en")
TEXTS = {number: f"Stelling {number}" for number in range(18)}


def found(people: int = 90):
    votes, _ = town(people=people)
    return hide_small(opinions(last_votes(votes, range(18))))


def test_what_unites_is_what_both_camps_say_and_what_divides_is_not() -> None:
    united, divided = unites(found(), TEXTS, NL), divides(found(), TEXTS, NL)
    assert united[0].startswith("Alle groepen zijn het eens met: “Stelling")
    # The first six statements are liked by all; the others by one camp each.
    assert all(int(sentence.split("Stelling ")[1].split("”")[0]) < 6 for sentence in united)
    assert all(int(sentence.split("Stelling ")[1].split("”")[0]) >= 6 for sentence in divided)
    assert "Groep A" in divided[0]
    assert "Groep B" in divided[0]


def test_groups_are_letters_by_size_and_stand_for_something() -> None:
    opinion = found()
    assert [group_name(opinion, id_) for id_ in opinion.group_ids] == ["A", "B"]
    assert intro(opinion, EN).startswith("90 people voted.")
    said = stands_for(opinion, TEXTS, EN)
    assert set(said) == {"A", "B"}
    assert all(said.values())


def test_a_small_room_has_no_groups_and_says_why() -> None:
    opinion = found(people=14)
    assert "15" in intro(opinion, NL)
    assert unites(opinion, TEXTS, NL) == divides(opinion, TEXTS, NL) == []


def test_the_map_has_one_smooth_area_a_group_and_no_dot_for_anybody() -> None:
    opinion = found()
    spec = opinion_map(opinion, NL).to_dict()
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    assert set(kinds) == {"line", "text"}
    outline = spec["datasets"][spec["layer"][0]["data"]["name"]]
    assert len(outline) == 48 * 2
    corner = {(row["x"], row["y"]) for row in outline}
    assert not corner & {tuple(map(float, place)) for place in opinion.places.round(3)}


def test_words_of_others_stay_words() -> None:
    texts = {number: f"**vet** <b>{number}</b> [link](x)" for number in range(18)}
    assert "**vet**" in unites(found(), texts, NL)[0]
    assert "\\*\\*vet\\*\\*" in bullets(unites(found(), texts, NL))
