"""The playbook page: for professionals, its three parts, a change with its consequence, and what Today tells all."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.database.store import change_store
from feedback.people.roles import Role, included
from feedback.sessions.agenda import add_item
from feedback.sessions.rounds.needless import accept
from feedback.sessions.sessions import close_session, make_session, open_session, reveal
from reports.__main__ import main as reports_command
from response.actions.log import entries, history
from response.cards.history import HISTORY, change_card, read_playbook, revisions
from streamlit_app.playbook.action_form import FREE, key_of
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.shell import resources
from streamlit_app.showing.keys import ShowingKey
from tests.apptest.signing_in import sign_in
from tests.apptest.test_pages import ROOT, headings, opened
from tests.past_year import keep_past

CARD = "verwachting-delen"


@pytest.fixture(autouse=True)
def _unchanged(home: Path) -> Iterator[None]:
    yield
    (home / "areas" / "scheveningen" / HISTORY).unlink(missing_ok=True)


def page(role: Role = Role.PROFESSIONAL, lang: str = "nl", area: str = "scheveningen", part: str = "week") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"], app.query_params["area"] = lang, area
    sign_in(app, role)
    app.session_state[PlaybookKey.PART] = part
    app.switch_page("../pages/playbook.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(one.value for one in (*app.markdown, *app.title, *app.header, *app.subheader, *app.info))


@pytest.mark.parametrize("role", Role)
def test_only_professionals_open_it(role: Role) -> None:
    app = page(role)
    may = Role.PROFESSIONAL in included(role)
    assert ("Draaiboek" in headings(app)) == may
    assert ("Besluit vandaag" in words(app)) == may


@pytest.mark.parametrize(("lang", "title", "today"), [("nl", "Draaiboek", "Besluit"), ("en", "Playbook", "Decide")])
def test_the_week_says_what_to_decide_first(lang: str, title: str, today: str) -> None:
    app = page(lang=lang)
    assert title in headings(app)
    first = app.subheader[0].value
    assert first.startswith(today)
    labels = [one.label for one in app.expander]
    assert len(labels) == 10, "the most urgent cards"
    app.toggle(key=PlaybookKey.ALL).set_value(True).run()
    assert set(labels) <= {one.label for one in app.expander}
    assert len(app.expander) > 20
    assert app.get("vega_lite_chart")


def test_the_week_of_one_actor_holds_its_cards_only_and_the_figures_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = page()
    app.toggle(key=PlaybookKey.ALL).set_value(True).run()
    everyone = len(app.expander)
    app.selectbox(key=PlaybookKey.ACTOR).set_value("vervoerder").run()
    assert not app.exception
    labels = [one.label for one in app.expander]
    assert 0 < len(labels) < everyone
    assert all("trams" in label for label in labels)
    week = ["week", "--area", "scheveningen", "--actor", "vervoerder", "--lang", "nl", "--format"]
    capsys.readouterr()
    assert reports_command([*week, "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["week"]
    assert len(labels) == len({(row["card"], row["day"]) for row in rows if row["met"]})
    for label in app.expander:
        app.session_state[f"{PlaybookKey.USE}.{_use_of(label.label, rows)}"] = True
    app.run()
    assert reports_command([*week, "text"]) == 0
    printed = capsys.readouterr().out
    told = [one.value for one in app.markdown if "de kans" in one.value]
    assert len(told) == len(labels)
    assert all(sentence.replace("\\", "") in printed for sentence in told)


def _use_of(label: str, rows: list[dict[str, str]]) -> str:
    """The card and day of a line of the list, by the day that it begins with."""
    day = int(label.split()[1])
    return next(f"{row['card']}.{row['day']}" for row in rows if int(row["day"][-2:]) == day)


def test_one_touch_opens_the_expected_effect_as_a_scenario() -> None:
    app = page()
    assert "Dit effect is een aanname" in words(app)
    button = next(one for one in app.button if one.label == "Open als scenario")
    button.click().run()
    assert not app.exception
    assert app.query_params["scenario"]
    assert "Wat als?" in headings(app)


def test_a_changed_trigger_shows_its_consequence_and_is_kept_with_its_reason() -> None:
    app = page(part="cards")
    assert "voorbeeld, niet vastgesteld" in words(app)
    assert "Op grond waarvan:** niet bekend" in words(app)
    app.session_state[f"{PlaybookKey.FORM}.open"] = True
    app.run()
    key = f"{PlaybookKey.FORM}.{CARD}.0"
    app.number_input(key=f"{key}.hours").set_value(20).run()
    told = words(app)
    assert "Zoals hij is: nodig op vrijdag 7 augustus" in told
    assert "Zoals u hem verandert: niet nodig" in told
    app.button(key=f"{key}.keep").click().run()
    assert any("waarom het draaiboek verandert" in error.value for error in app.error)
    assert revisions("scheveningen") == ()
    app.text_area(key=f"{key}.why").set_value("Afgesproken in het overleg.").run()
    app.button(key=f"{key}.keep").click().run()
    assert not app.exception
    (made,) = revisions("scheveningen")
    assert app.text_area(key=f"{PlaybookKey.FORM}.{CARD}.1.why").value == "", "a reason is for one change"
    assert (made.card, made.role) == (CARD, "professional")
    card = read_playbook(load_area("scheveningen")).card(CARD)
    assert card is not None
    assert card.trigger.hours == 20
    assert set(card.stop) == {"nl", "en"}, "what was not touched stays in both languages"


@pytest.mark.parametrize("weeks", [51, 52])
def test_a_changed_trigger_is_told_on_past_forecasts_of_all_seasons_only(home: Path, weeks: int) -> None:
    area, folder = load_area("scheveningen"), home / "areas" / "scheveningen" / "backtests" / "made"
    keep_past(area, resources.thresholds("scheveningen"), folder, weeks=weeks)
    try:
        app = page(part="cards")
        app.session_state[f"{PlaybookKey.FORM}.open"] = True
        app.run()
        found = re.findall(r"Zoals hij is: nodig op (\d+) van (\d+) dagen", words(app))
        if weeks < 52:
            assert not found
            assert "Van dit gebied zijn er 51 bewaard" in words(app)
            return
        assert found[0][1] == "364"
        app.number_input(key=f"{PlaybookKey.FORM}.{CARD}.0.chance").set_value(9).run()
        told = words(app)
        (later,) = re.findall(r"Zoals u hem verandert: nodig op (\d+) van", told)
        assert 0 < int(later) < int(found[0][0])
        app.number_input(key=f"{PlaybookKey.FORM}.{CARD}.0.hours").set_value(20).run()
        assert "Zoals u hem verandert: van zoveel uren achter elkaar" in words(app)
    finally:
        shutil.rmtree(folder)


def test_when_warning_pays_is_told_beside_what_each_role_accepts_and_can_be_taken_over(home: Path) -> None:
    with change_store() as db:
        db.execute("DELETE FROM needless")
    app = page(part="worth")
    assert "Wanneer loont waarschuwen?" in headings(app)
    assert "Daarom staat hier niets" in words(app) or app.get("vega_lite_chart")
    assert "Nog niemand is ernaar gevraagd" in words(app)
    area, folder = load_area("scheveningen"), home / "areas" / "scheveningen" / "backtests" / "made"
    keep_past(area, resources.thresholds("scheveningen"), folder)
    made = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "needless", "Hoe vaak voor niets?")
    open_session(made.id)
    for role, times in (("resident", 2), ("police", 9)):
        for number in range(5):
            accept(made.id, item.id, times, role, person=f"{role}{number}")
    reveal(item.id)
    try:
        app = page(part="worth")
        told = words(app)
        assert "In 364 dagen kwam het" in told
        assert "politie vanaf een kans van 1 op 10, bewoners vanaf een kans van 1 op 3" in told
        table = app.dataframe[0].value
        assert table["handelt vanaf kans"].tolist() == ["1 op 10", "1 op 3"]
        assert all("tot" in one for one in table["8 van de 10 keer"])
        key = f"{PlaybookKey.WORTH}.take.{CARD}"
        app.selectbox(key=PlaybookKey.WORTH).set_value(CARD).run()
        app.selectbox(key=f"{key}.role").set_value("resident")
        app.text_area(key=f"{key}.why").set_value("De zaal accepteert twee keer voor niets.")
        next(one for one in app.button if one.label == "Neem over").click().run()
        assert not app.exception
        card = read_playbook(area).card(CARD)
        assert card is not None
        assert card.trigger.chance == pytest.approx(1 / 3, abs=1e-4)
        assert [one.reason for one in revisions("scheveningen")] == ["De zaal accepteert twee keer voor niets."]
    finally:
        shutil.rmtree(folder)
        close_session(made.id)


def test_who_changes_a_text_is_shown_the_other_language_and_loses_none() -> None:
    app = page(part="cards")
    app.session_state[f"{PlaybookKey.FORM}.open"] = True
    app.run()
    key, area = f"{PlaybookKey.FORM}.{CARD}.0", load_area("scheveningen")
    before = read_playbook(area).card(CARD)
    assert before is not None
    assert not [one for one in app.text_input if one.label.endswith("in het Engels")]
    app.text_input(key=f"{key}.stop").set_value("Stop als de verwachting daalt.").run()
    assert app.text_input(key=f"{key}.stop.en").value == before.stop["en"]
    app.text_input(key=f"{key}.stop.en").set_value("Stop when the forecast falls.").run()
    app.text_area(key=f"{key}.steps").set_value("Eén stap.").run()
    assert any("evenveel" in error.value for error in app.error) == (len(before.steps) > 1)
    app.text_area(key=f"{key}.steps.en").set_value("One step.").run()
    app.selectbox(key=f"{key}.taste").set_value("sour").run()
    app.text_area(key=f"{key}.why").set_value("Afgesproken in het overleg.").run()
    app.button(key=f"{key}.keep").click().run()
    assert not app.exception
    card = read_playbook(area).card(CARD)
    assert card is not None
    assert card.stop == {"nl": "Stop als de verwachting daalt.", "en": "Stop when the forecast falls."}
    assert card.steps == ({"nl": "Eén stap.", "en": "One step."},)
    assert (card.taste, card.names, card.undone) == ("sour", before.names, before.undone)


def test_a_colleague_who_was_first_is_not_overwritten() -> None:
    app = page(part="cards")
    app.session_state[f"{PlaybookKey.FORM}.open"] = True
    app.run()
    key, area = f"{PlaybookKey.FORM}.{CARD}.0", load_area("scheveningen")
    card = read_playbook(area).card(CARD)
    assert card is not None
    theirs = card.model_copy(update={"lead_hours": 5})
    change_card(area, theirs, role="professional", reason="Collega was eerder.")
    app.number_input(key=f"{key}.hours").set_value(3).run()
    assert "Een collega veranderde intussen" in words(app)
    app.text_area(key=f"{key}.why").set_value("Afgesproken in het overleg.").run()
    app.button(key=f"{key}.keep").click().run()
    assert [one.reason for one in revisions("scheveningen")] == ["Collega was eerder."]


def test_my_week_has_the_table_and_what_others_do_as_far_as_all_may_know() -> None:
    app = page(part="mine")
    app.selectbox(key=PlaybookKey.ME).set_value("horeca").run()
    table = app.dataframe[0].value
    assert list(table.columns) == ["Dag", "Dagdeel", "Drukke uren", "Uren die te druk zijn", "Mensen in het volste uur"]
    assert len(table) == 21
    told = words(app)
    assert "Meer personeel inroosteren: Besluit" in told
    assert "Wat anderen doen, voor zover iedereen dat mag weten" in told
    assert "Er rijden extra trams" in told


def test_a_kind_of_business_sees_its_own_places_cards_and_chances(capsys: pytest.CaptureFixture[str]) -> None:
    app = page(part="mine")
    told, same = {}, []
    for me, place in (
        ("strandtent", "strand-pier"),
        ("restaurant-cafe", "boulevard-midden"),
        ("kiosk", "boulevard-midden"),
        ("winkel", "keizerstraat"),
    ):
        app.selectbox(key=PlaybookKey.ME).set_value(me).run()
        app.selectbox(key=ShowingKey.ZONE).set_value(place).run()
        assert not app.exception
        told[me] = words(app)
        capsys.readouterr()
        assert (
            reports_command(["week", "--area", "scheveningen", "--business", me, "--place", place, "--lang", "nl"]) == 0
        )
        for block in capsys.readouterr().out.split("\n\n")[1:]:
            title, *sentences = (line.strip() for line in block.splitlines())
            if f"{title.split(' (')[0]}: " in told[me]:
                assert all(one in told[me] for one in sentences[:2]), "the command says what the page says"
                same.append(title)
    assert len(same) > 4
    assert set(app.selectbox(key=ShowingKey.ZONE).options) & {"Keizerstraat", "Noorderstrand"} == {"Keizerstraat"}
    assert "Bij Pierstrand is de kans" in told["strandtent"]
    assert ("Terrassen zo indelen" in told["restaurant-cafe"], "Terrassen zo indelen" in told["kiosk"]) == (True, False)
    assert "Meer personeel inroosteren" in told["winkel"]
    assert "Bij Pierstrand" not in told["winkel"].split("Wat u kunt doen")[1]


def test_an_area_without_a_playbook_says_what_that_means() -> None:
    app = page(area="auckland")
    assert "heeft nog geen draaiboek" in words(app)
    assert not app.expander


def test_a_playbook_with_a_fault_is_said_with_its_line(home: Path) -> None:
    folder = home / "areas" / "scheveningen"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "playbook.toml").write_text('[[card]]\nid = "x"\n')
    try:
        app = page()
        assert "regel 1" in words(app)
        assert "Wat er op" not in words(opened("today", lang="nl"))
    finally:
        (folder / "playbook.toml").unlink()


def test_today_tells_everybody_in_a_sentence_and_only_what_is_public() -> None:
    app = opened("today", lang="nl")
    told = [one.value for one in app.markdown if "voorbeeld, niet vastgesteld" in one.value]
    assert len(told) == 1
    assert told[0].startswith("Wat er op vrijdag 7 augustus kan gebeuren")
    everything = words(app)
    for card in read_playbook(load_area("scheveningen")).cards:
        assert card.stop["nl"] not in everything
        assert card.visible == "everybody" or card.names["nl"] not in everything


def entered(app: AppTest, **fields: object) -> AppTest:
    """Fill in the five fields, and press the button."""
    chosen = {"stage": "started", "card": CARD, "zones": ["pier"], "text": "Drukte bij de trap."} | fields
    for field, value in chosen.items():
        app.session_state[key_of(field)] = value
    app.run()
    app.button(key=key_of("send")).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"stage": None}, "Kies hoe ver het is"),
        ({"card": None}, "Kies een kaart"),
        ({"zones": []}, "Kies minsten"),
        ({"when": datetime(2098, 1, 1)}, "moet nog komen"),
        ({"card": FREE, "text": ""}, "in een paar woorden"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_and_nothing_is_lost(fields: dict[str, object], said: str) -> None:
    before = len(entries("scheveningen"))
    app = entered(page(part="actions"), **fields)
    assert any(said in error.value for error in app.error), [error.value for error in app.error]
    assert app.session_state[key_of("text")] == fields.get("text", "Drukte bij de trap.")
    assert len(entries("scheveningen")) == before


def test_an_entry_is_made_added_to_corrected_and_struck_through() -> None:
    app = entered(page(part="actions"))
    made = entries("scheveningen")[0]
    assert (made.role, made.entry.card, made.entry.zones) == ("professional", CARD, ("pier",))
    assert made.entry.snapshot
    key = f"{PlaybookKey.ENTRY}.{made.root}"
    app.session_state[key] = True
    app.run()
    assert "Mist nog: welk risico u zag" in words(app)
    app.text_input(key=f"{key}.0.amount").set_value("vier mensen")
    app.text_input(key=f"{key}.0.information").set_value("Drukte bij de lift.")
    keep = next(one for one in app.button if one.label == "Bewaar")
    keep.click().run()
    assert any("waarom u het verbetert" in error.value for error in app.error)
    app.text_input(key=f"{key}.0.reason").set_value("Het was de lift.")
    next(one for one in app.button if one.label == "Bewaar").click().run()
    assert not app.exception
    told = history(made.root)
    assert told[-1].entry.texts["information"] == "Drukte bij de lift."
    assert told[-1].entry.happened == made.entry.happened
    assert "~~Drukte bij de trap.~~ Drukte bij de lift." in words(app)
    assert app.text_input(key=f"{key}.1.reason").value == "", "a reason is for one correction"
    app.text_input(key=f"{key}.1.why").set_value("Het ging niet door.")
    app.button(key=f"{key}.1.strike").click().run()
    assert history(made.root)[-1].struck
    next(one for one in app.button if one.label == "Is het logboek heel?").click().run()
    assert any("zoals ze geschreven zijn" in one.value for one in app.success)


def test_a_name_is_asked_about_before_it_is_entered() -> None:
    before = len(entries("scheveningen"))
    app = entered(page(part="actions"), text="Gebeld met mevrouw Jansen over de hekken.")
    assert any("mevrouw Jansen" in one.value for one in app.warning)
    assert len(entries("scheveningen")) == before
    app.button(key=key_of("anyway")).click().run()
    assert len(entries("scheveningen")) == before + 1


def test_an_area_without_cards_has_a_log_as_well() -> None:
    app = page(area="auckland", part="actions")
    assert "Wat wij deden" in words(app)
