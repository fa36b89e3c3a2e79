"""The frozen day: its file, its forecasts as they came, and endings that follow from the cards alone."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from feedback.sessions.agenda import Item
from feedback.sessions.rounds.saturday import TEAMS, TeamPlay
from forecasting.training.model_files import load_models
from language import UserError, language
from reports.rounds.saturday import ending_sentence, endings, expected_sentences, game_card, hindsight, moment_words
from response.cards.history import change_card, read_playbook
from response.saturday.frozen import FrozenDay, frozen_day
from response.saturday.game import FILE, read_game
from streamlit_app.sessions.rounds import saturday_paper
from streamlit_app.sessions.rounds.saturday_paper import letters_of, read_saturday, saturday_pages

NL = language("nl")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrozenDay]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        area = load_area("scheveningen")
        yield frozen_day(area, read_game(area), load_models(area).thresholds(area))


def test_each_moment_has_a_page_of_paper_that_tells_nothing_of_what_comes(
    day: FrozenDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saturday_paper, "frozen_of", lambda _: day)
    item = Item("i", "s", 1, "saturday", "Speel de zaterdag", "", "", (), None, None, None, False)
    pages = saturday_pages(item, day.area, NL)
    assert len(pages) == len(day.game.moments)
    letters = letters_of(day.game)
    for moment, page in enumerate(pages, 1):
        assert escape(moment_words(day, moment, NL)) in page
        assert all(escape(sentence) in page for sentence in expected_sentences(day, moment, NL))
        for card in day.game.cards:
            assert (f"{letters[card.id]}. {escape(game_card(card, day, NL))}" in page) == (card.moment == moment)
        assert page.count("<td class=box>") == len(day.game.at(moment))
    assert saturday_pages(replace(item, kind="question"), day.area, NL) == []


@pytest.mark.parametrize("wrong", ["0 a", "13 a", "x a", "1 z", "1 a; b", "²"])
def test_a_line_of_paper_that_does_not_fit_is_named(day: FrozenDay, wrong: str) -> None:
    with pytest.raises(UserError, match="Line 3"):
        read_saturday(["1 a b", "", wrong], day.game)
    with pytest.raises(UserError, match="Line 2"):
        read_saturday(["4 a", "4 b"], day.game)


@given(teams=st.dictionaries(st.integers(1, TEAMS), st.sets(st.integers(0, 6)), max_size=6), apart=st.booleans())
def test_what_was_ticked_is_what_is_read(day: FrozenDay, teams: dict[int, set[int]], apart: bool) -> None:
    letters = letters_of(day.game)
    ids = list(letters)
    lines = [f"{team} {(' ' if apart else '').join(letters[ids[n]] for n in ticked)}" for team, ticked in teams.items()]
    last = len(day.game.moments) + 1
    wanted = [TeamPlay(team, last, frozenset(ids[n] for n in ticked)) for team, ticked in teams.items()]
    assert read_saturday(lines, day.game) == wanted


def test_a_card_of_the_game_is_what_its_card_of_the_playbook_is_now(home: Path) -> None:
    area = load_area("scheveningen")
    by_measure = {card.measure: card for card in read_playbook(area).cards}
    cards = read_game(area).cards
    for one in cards:
        card = by_measure[one.measure]
        assert one.taste == card.taste
        assert card.cost is not None
        assert card.cost.low <= one.cost <= card.cost.high
    for one in cards[:2]:
        card = by_measure[one.measure]
        turned = card.model_copy(update={"taste": "sour" if card.taste == "sweet" else "sweet"})
        change_card(area, turned, role="professional", reason="Anders afgesproken.")
        again = next(other for other in read_game(area).cards if other.id == one.id)
        assert again == replace(one, taste=turned.taste)


def test_each_forecast_knows_only_what_was_known_then(day: FrozenDay) -> None:
    for moment, forecast in zip(day.game.moments, day.forecasts, strict=True):
        assert forecast.cutoff.astimezone(day.area.tz).replace(tzinfo=None) == moment
        assert load_models(day.area).until <= forecast.cutoff
        assert day.game.day in set(forecast.local_dates)


def test_without_cards_the_day_ends_as_it_was_counted(day: FrozenDay) -> None:
    local = day.snapshot.hours.tz_convert(day.area.tz)
    counts = day.came[:, np.asarray(local.date) == day.game.day]
    assert counts.shape[1] == 24
    limits = day.thresholds.array(day.area.zone_ids)
    never = day.ending(())
    assert (never.red, never.busy) == ((counts >= limits[:, 2:]).sum(), (counts >= limits[:, 1:2]).sum())
    assert never.cost == 0
    assert never.red > 0, "a day on which nothing happens teaches nothing"


def test_cards_cost_and_do_what_their_measures_say(day: FrozenDay) -> None:
    by_id = {card.id: card for card in day.game.cards}
    never, trams = day.ending(()), day.ending([by_id["extra-trams"]])
    assert trams.cost == by_id["extra-trams"].cost
    assert trams.red >= never.red, "more trams bring more people"
    always = day.ending(day.game.cards)
    assert always.cost == sum(card.cost for card in day.game.cards)
    wardens = day.ending([by_id["strandweg-autovrij"], by_id["borden-spreiden"]])
    assert wardens.red < never.red
    assert day.ending(reversed(day.game.cards)) == always


def test_what_is_said_of_a_moment_is_its_own_forecast(day: FrozenDay) -> None:
    for moment in range(1, 5):
        claims = day.expected(moment)
        assert all(claim.holds(day.forecasts[moment - 1]) for claim in claims)
        assert len(expected_sentences(day, moment, NL)) == 3
    assert len(hindsight(day, NL)) == 5
    found = endings([TeamPlay(1, 5, frozenset({"vroeg-komen"})), TeamPlay(2, 3, frozenset())], day, NL)
    assert [name for name, _ in found] == ["Team 1", "Nooit handelen", "Altijd handelen"]
    assert "€\N{NO-BREAK SPACE}300" in ending_sentence(*found[0], NL)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moment = 4", "moment = 5"),
        ("2026-08-08T08:00:00]", "2026-08-09T08:00:00]"),
        ('card = "extra-regelaars"', 'card = "anders"'),
        ('card = "extra-regelaars"', 'card = "verwachting-delen"'),
        ("cost = 300", "cost = -1"),
        ('id = "vroeg-komen"', 'id = "extra-trams"'),
    ],
)
def test_a_fault_in_the_file_is_a_sentence(old: str, new: str, home: Path) -> None:
    shipped = Path("data/areas/scheveningen") / FILE
    folder = home / "areas" / "scheveningen"
    folder.mkdir(parents=True)
    text = shipped.read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(UserError):
        read_game(load_area("scheveningen"))


def test_only_a_practice_world_is_played(home: Path) -> None:
    with pytest.raises(UserError, match="practice world"):
        read_game(load_area("auckland"))
