"""Beheer: what a steward does there holds at once, and what is wrong is said in one sentence."""

import re
import time
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.settings import default_area
from data.area.sources import read_sources, record_decision
from data.keeping.home import area_home
from data.upkeep import earlier as kept_copies
from data.upkeep.delivering import Delivered, look_at, take_in
from data.upkeep.event_calendar import read_calendar, save_calendar
from feedback.people import audit_log
from feedback.people.invitations import find, invitations, invite, withdraw
from feedback.people.passwords import check_password
from feedback.people.roles import Role
from feedback.people.sign_ins import begin, come_in, listed, standing
from feedback.sessions.sessions import list_sessions, make_session
from language import UserError, language
from streamlit_app.manage import jobs
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing_data import sample, what_follows
from streamlit_app.notebook.keys import NotebookKey
from tests.apptest.signing_in import sign_in

ROOT = Path(__file__).parents[2]
PARTS = ("overview", "data", "events", "forecast", "people", "backup")
ZONES = "zone_id,name,lat,lon\nmarkt,Markt,52.011,4.358\nstation,Station,52.007,4.356\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def manage(part: str, role: Role = Role.STEWARD, area: str = "scheveningen") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = "nl"
    app.query_params["area"] = area
    sign_in(app, role)
    app.session_state[ManageKey.MANAGE_PART] = part
    app.switch_page("../pages/manage.py").run()
    assert not app.exception
    assert app.title[0].value == "Beheer"
    return app


def button(app: AppTest, label: str) -> AppTest:
    (found,) = [one for one in app.button if one.label == label]
    found.click()
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.info, *app.error, *app.success, *app.warning, *app.markdown))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens(part: str) -> None:
    assert manage(part).header
    assert not manage(part).error


def test_a_facilitator_sees_what_is_theirs_only() -> None:
    assert {header.value for header in manage("data", Role.FACILITATOR).header} == {
        "Wat op een besluit wacht",
        "Bronnen van Scheveningen",
    }
    roles = manage("people", Role.FACILITATOR).selectbox[1].options
    assert roles == ["lid van de klankbordgroep", "communicatie", "professional"]


def test_clock_access_and_first_area_hold_at_once() -> None:
    app = manage("overview")
    app.radio(key=f"{ManageKey.CLOCK}.scheveningen").set_value("live").run()
    app.selectbox(key=f"{ManageKey.SEEN_BY}.scheveningen").set_value("professional").run()
    button(app, "Bewaar de instellingen")
    area = load_area("scheveningen")
    assert (area.clock.mode, area.access) == ("live", "professional")
    assert "zijn bewaard" in said(app)
    visitor = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    visitor.query_params["lang"] = "nl"
    visitor.run()
    assert "Scheveningen" not in visitor.selectbox(key=NotebookKey.AREA).options
    assert not visitor.exception


def test_a_refused_source_is_used_by_nobody_from_then_on() -> None:
    app = manage("data")
    assert app.radio[-2].value is None  # nothing that judges is chosen beforehand
    button(app, "Leg het besluit vast")
    assert "Vul in wie het besloot" in said(app)
    app = manage("data")
    app.radio[-2].set_value("refused")
    app.text_input[0].set_value("gemeenteraad")
    app.text_area[0].set_value("te weinig draagvlak")
    button(app, "Leg het besluit vast")
    assert read_sources("scheveningen")[0].decision == "refused"
    today = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    today.query_params["lang"] = "nl"
    today.run()
    assert "niet" in said(today)
    assert not today.title


def test_a_changed_calendar_says_what_it_does_to_the_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    area = load_area("scheveningen")
    before = read_calendar(area)
    start, end = datetime(2026, 8, 5, 14), datetime(2026, 8, 5, 18)

    app = manage("events")
    app.text_input[0].set_value("Vlootschouw")
    app.selectbox[-1].set_value("dr-lelykade")
    app.get("datetime_input")[0].set_value(start)
    app.get("datetime_input")[1].set_value(end)
    app.number_input[0].set_value(30000)
    button(app, "Zet in de kalender")
    assert len(read_calendar(area)) == len(before) + 1
    assert "1 toegevoegd, 0 veranderd, 0 verwijderd" in said(app)
    assert re.search(r"Vlootschouw: bij .* op woensdag 5 augustus 2026 om .*, van ongeveer", said(app))

    def typed(shown: pd.DataFrame, **_options: object) -> pd.DataFrame:
        """What the table gives back when somebody ticked a row to remove it: a test app has no table to type in."""
        return shown.assign(remove=shown["name"] == "Vlootschouw")

    monkeypatch.setattr(st, "data_editor", typed)
    assert "0 toegevoegd, 0 veranderd, 1 verwijderd" in said(button(manage("events"), "Bewaar de kalender"))
    pd.testing.assert_frame_equal(read_calendar(area), before)
    button(manage("data"), "Zet dit terug")  # as it was until the event was removed
    assert "Vlootschouw" in set(read_calendar(area)["name"])


@pytest.mark.parametrize("which", range(3))
def test_16_12_of_copies_of_one_minute_the_chosen_one_is_put_back(which: int, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([datetime(2026, 8, 1, 10, 5, second, tzinfo=UTC) for second in (1, 2, 2, 59)])

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return next(moments).replace(microsecond=next(tick))

    tick = iter(range(1, 9))
    monkeypatch.setattr(kept_copies, "datetime", Clock)
    area = load_area("scheveningen")
    calendars = [read_calendar(area)]
    for name in ("Vlootschouw", "Strandconcert", "Vuurwerk"):
        event = calendars[-1].tail(1).assign(event_id=name, name=name)
        save_calendar(area, pd.concat([calendars[-1], event], ignore_index=True))
        calendars.append(read_calendar(area))
    app = manage("data")
    box = app.selectbox(key=ManageKey.PUT_BACK_WHICH)
    box.set_value(box.options[which])
    button(app, "Zet dit terug")
    assert "weer zoals het was" in said(app)
    pd.testing.assert_frame_equal(read_calendar(area), calendars[2 - which])


def add_area(tmp_path: Path) -> None:
    from data.__main__ import main

    moments = pd.date_range("2026-05-01", periods=24 * 60, freq="h")
    frame = pd.concat(
        pd.DataFrame({"timestamp": moments, "zone_id": zone, "count": (moments.hour * 7 + 10) % 90 + 5})
        for zone in ("markt", "station")
    )
    frame.to_csv(tmp_path / "counts.csv", index=False)
    (tmp_path / "zones.csv").write_text(ZONES)
    names = ["testtown", "--name", "Testdorp", "--tz", "Europe/Amsterdam", "--country", "NL"]
    files = ["--counts", str(tmp_path / "counts.csv"), "--zones", str(tmp_path / "zones.csv")]
    assert main(["add-area", *names, *files, "--replay", "2026-06-28T08:00"]) == 0


def test_a_file_is_shown_before_it_is_taken_in(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    text = "timestamp;zone_id;count\n2026-06-30 10:00;markt;12,5\n2026-06-30 11:00;markt;13\n"
    app.file_uploader[0].upload("nieuw.csv", text.encode("cp1252"), "text/csv")
    app.run()
    assert "**Nieuw:** 2" in said(app)
    before = (area_home("testtown") / "counts.parquet").read_bytes()
    button(app, "Neem dit in gebruik")
    assert "2 nieuwe uren" in said(app)
    assert (area_home("testtown") / "counts.parquet").read_bytes() != before
    assert "Dit is allemaal in gebruik" in said(app)
    assert "Neem dit in gebruik" not in [one.label for one in app.button]
    button(app, "Zet dit terug")
    assert "**Nieuw:** 2" in said(app)
    assert "Neem dit in gebruik" in [one.label for one in app.button]
    assert (area_home("testtown") / "counts.parquet").read_bytes() == before


def test_weather_in_another_unit_is_doubted_and_converted_when_somebody_says_so(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    app.segmented_control(key=ManageKey.DELIVERY_KIND).set_value("weather").run()
    hours = pd.date_range("2026-05-01", periods=240, freq="h")
    rows = "".join(f"{hour:%Y-%m-%d %H:%M},15,0,{20 + hour.hour}\n" for hour in hours)
    app.file_uploader[0].upload("weer.csv", f"timestamp,temp_c,rain_mm,wind_ms\n{rows}".encode(), "text/csv")
    app.run()
    assert "is de wind gemiddeld 32 m/s, en dat lijkt op km/h" in said(app)
    units = next(one for one in app.selectbox if "wind_ms" in one.label)
    units.set_value("km/h").run()
    assert "lijkt op" not in said(app)
    assert "omgerekend van km/h naar m/s, zoals u zei" in said(app)
    app.text_input[0].set_value("klankbordgroep").run()
    button(app, "Neem dit in gebruik")
    kept = pd.read_parquet(area_home("testtown") / "weather.parquet")
    assert kept["wind_ms"].max() == pytest.approx(43 / 3.6)


def test_columns_with_other_names_are_shown_and_can_be_said_otherwise(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    text = "Wann;Wo;Wert A;Wert B\n2026-06-30 10:00;markt;1;12\n2026-06-30 11:00;markt;2;13\n"
    app.file_uploader[0].upload("nieuw.csv", text.encode(), "text/csv")
    app.run()
    assert "geen kolom 'timestamp'" in app.error[0].value
    assert list(app.expander[0].dataframe[0].value.columns) == ["Wann", "Wo", "Wert A", "Wert B"]
    for label, column in (("Tijd, of datum", "Wann"), ("Plek", "Wo"), ("Telling", "Wert B")):
        (box,) = [one for one in app.selectbox if one.label == label]
        box.set_value(column)
    app.run()
    assert not app.error
    assert "**Nieuw:** 2" in said(app)
    button(app, "Neem dit in gebruik")
    assert "2 nieuwe uren" in said(app)
    kept = pd.read_parquet(area_home("testtown") / "counts.parquet")
    assert kept[kept["zone_id"] == "markt"]["count"].tail(2).tolist() == [12, 13]


def test_what_is_doubted_is_told_before_and_after_taking_in(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    rows = [f"2026-06-30 {hour:02}:00;{900 + hour}" for hour in range(10, 20)]
    text = "timestamp;markt\n" + "\n".join(rows) + "\n2026-06-30 20:00;1.250\n"
    app.file_uploader[0].upload("duizend.csv", text.encode(), "text/csv")
    app.run()
    assert "1 duizend en 250" in " ".join(one.value for one in app.warning)
    # What is doubted is taken in only by who says that they looked.
    assert next(one for one in app.button if one.label == "Neem dit in gebruik").disabled
    (sure,) = [one for one in app.checkbox if one.label.startswith("Ik heb gekeken")]
    sure.check().run()
    button(app, "Neem dit in gebruik")
    assert "1 duizend en 250" in " ".join(one.value for one in manage("overview", area="testtown").warning)


def test_16_12_a_file_that_is_65_times_too_high_asks_once_more(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    hours = pd.date_range("2026-06-30", periods=48, freq="h")
    rows = "".join(f"{hour:%Y-%m-%d %H:%M};markt;{65 * ((hour.hour * 7 + 10) % 90 + 5)}\n" for hour in hours)
    app.file_uploader[0].upload("telling.csv", f"timestamp;zone_id;count\n{rows}".encode(), "text/csv")
    app.run()
    assert "ongeveer 65 keer wat normaal is" in said(app)
    (use,) = [one for one in app.button if one.label == "Neem dit in gebruik"]
    assert use.disabled
    next(one for one in app.checkbox if one.label.startswith("Ik heb gekeken")).check().run()
    button(app, "Neem dit in gebruik")
    assert "48 nieuwe uren" in said(app)


def test_16_12_what_is_said_after_taking_in_is_what_happened(tmp_path: Path) -> None:
    add_area(tmp_path)
    area, nl = load_area("testtown"), language("nl")
    assert "nog niet van de tellingen geleerd" in what_follows(area, "counts", nl)
    record_decision("testtown", read_sources("testtown")[0].id, "pending", "klankbordgroep", "eerst overleg")
    assert "nog niet goedgekeurd" in what_follows(area, "counts", nl)
    assert "vanaf nu" in what_follows(load_area("scheveningen"), "counts", nl)


@pytest.mark.parametrize("kind", ["counts", "weather"])
def test_16_12_the_sample_file_is_one_that_is_read(tmp_path: Path, kind: Delivered) -> None:
    add_area(tmp_path)
    area = load_area("testtown")
    path = tmp_path / "voorbeeld.csv"
    path.write_text(sample(area, kind), "utf-8")
    found = look_at(area, kind, path)
    assert found.doubts == ()
    assert len(found.frame) == 3 * (len(area.zone_ids) if kind == "counts" else 1)


def test_weather_that_is_in_use_is_doubted_above_its_source_until_it_is_mended(tmp_path: Path) -> None:
    add_area(tmp_path)
    area = load_area("testtown")
    hours = pd.date_range("2026-05-01", periods=240, freq="h")
    rows = "".join(f"{hour:%Y-%m-%d %H:%M},15,0,{20 + hour.hour}\n" for hour in hours)
    (tmp_path / "weer.csv").write_text(f"timestamp,temp_c,rain_mm,wind_ms\n{rows}")

    def warned() -> str:
        return " ".join(one.value for one in manage("overview", area="testtown").warning)

    take_in(area, look_at(area, "weather", tmp_path / "weer.csv"), agreed_by="klankbordgroep")
    assert "lijkt op km/h" in warned()
    take_in(area, look_at(area, "weather", tmp_path / "weer.csv", units={"wind_ms": "km/h"}))
    assert "lijkt op km/h" not in warned()


def test_a_bad_file_is_refused_and_the_page_goes_on(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = manage("data", area="testtown")
    app.file_uploader[0].upload("fout.csv", b"timestamp,zone_id,count\n2026-06-30 10:00,elders,12\n", "text/csv")
    app.run()
    assert "elders" in app.error[0].value
    assert "Terugzetten" in [header.value for header in app.header]


def test_training_runs_beside_the_page_and_ends_in_a_forecast(tmp_path: Path) -> None:
    add_area(tmp_path)
    app = button(manage("forecast", area="testtown"), "Ophalen, leren en verwachten")
    assert "U kunt verder met ander werk" in app.get("progress")[0].proto.text
    button(manage("people"), "Maak een code")  # the page stays usable
    deadline = time.monotonic() + 400
    while (job := jobs.last("testtown")) is not None and job.running:
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert job is not None
    assert not job.failed
    assert job.done == job.of > 0
    app = manage("forecast", area="testtown")
    assert "Nieuwe verwachting" in app.code[0].value
    app.switch_page("../pages/today.py").run()
    assert app.header


def test_a_code_is_shown_once_and_can_be_withdrawn() -> None:
    app = manage("people")
    app.text_input[0].set_value("Bewonersvereniging")
    button(app, "Maak een code")
    (link,) = [block.value for block in app.code]
    code = link.rpartition("/")[2]
    assert find(code).label == "Bewonersvereniging"
    assert code not in said(manage("people"))
    (given,) = invitations()
    app.selectbox(key=ManageKey.WITHDRAW_WHICH).set_value(given.id).run()
    button(app, "Intrekken")
    assert not invitations()[0].open


def test_of_two_codes_that_look_alike_the_chosen_one_is_withdrawn() -> None:
    given = [invite(Role.KLANKBORD, "Bewonersvereniging", by=Role.STEWARD)[0].id for _ in range(3)]
    app = manage("people")
    app.selectbox(key=ManageKey.WITHDRAW_WHICH).set_value(given[1]).run()
    button(app, "Intrekken")
    assert {one.id for one in invitations() if not one.open} == {given[1]}


def tables(app: AppTest) -> str:
    return " ".join(one.value.to_string() for one in app.table)


def test_a_steward_sees_one_time_links_and_who_is_in_and_ends_one_alone() -> None:
    given, link = invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD, kind="once")
    _, other = invite(Role.PROFESSIONAL, "Reddingsbrigade", by=Role.STEWARD)
    app = manage("people")
    assert re.search(r"Gespreksleiding.*eenmalige link.* nog niet .*open", tables(app))
    _, facilitator = come_in(link, lambda _role: 3600)
    _, professional = come_in(other, lambda _role: 3600)
    app = manage("people")
    assert not re.search(r"Gespreksleiding.*nog niet", tables(app))
    assert re.search(r"gespreksleider +eenmalige link, Gespreksleiding", tables(app))
    assert re.search(r"professional +persoonlijke code, Reddingsbrigade", tables(app))
    assert "databeheerder (deze browser)" in tables(app)
    everything = tables(app) + said(app) + str([box.options for box in app.selectbox])
    assert not any(secret in everything for secret in (link, other, facilitator.id, given.id))
    app.selectbox(key=ManageKey.SIGN_IN_WHICH).set_value(facilitator.id).run()
    button(app, "Log deze uit")
    assert set(standing([facilitator.id, professional.id])) == {professional.id}
    assert "eenmalige link, Gespreksleiding" not in tables(app)


def test_a_facilitator_sees_and_ends_no_sign_in_above_their_own_work() -> None:
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", session="s1")
    seats = [come_in(code, lambda _role: 3600)[1].id for _ in range(3)]
    steward = begin(Role.STEWARD, 3600)
    app = manage("people", Role.FACILITATOR)
    assert "code van een zaal, Avond: 3 browsers" in tables(app)
    assert "databeheerder" not in tables(app)
    assert len(app.selectbox(key=ManageKey.SIGN_IN_WHICH).options) == 3
    app.selectbox(key=ManageKey.SIGN_IN_WHICH).set_value(seats[1]).run()
    button(app, "Log deze uit")
    assert set(standing([*seats, steward.id])) == {seats[0], seats[2], steward.id}
    assert "Avond: 2 browsers" in tables(app)


def test_who_ends_their_own_sign_in_is_out_themselves() -> None:
    app = manage("people")
    (mine,) = [one.sign_in.id for one in listed((Role.STEWARD,))]
    app.selectbox(key=ManageKey.SIGN_IN_WHICH).set_value(mine).run()
    next(one for one in app.button if one.label == "Log deze uit").click().run()
    assert not app.title
    assert "Dit is voor" in said(app)


def test_a_steward_sets_a_password() -> None:
    app = manage("people")
    fields = app.text_input
    fields[1].set_value("Beheer gemeente")
    fields[2].set_value("vier korte woorden hier")
    fields[3].set_value("iets anders")
    button(app, "Stel het wachtwoord in")
    assert "niet gelijk" in said(app)
    app = manage("people")
    fields = app.text_input
    fields[1].set_value("Beheer gemeente")
    for field in (fields[2], fields[3]):
        field.set_value("vier korte woorden hier")
    button(app, "Stel het wachtwoord in")
    assert check_password("beheer gemeente", "vier korte woorden hier").role is Role.STEWARD


def test_a_backup_can_be_made_and_downloaded(tmp_path: Path) -> None:
    app = button(manage("backup"), "Maak nu een back-up")
    assert len(app.get("download_button")) == 2
    assert len(list((tmp_path / "backups").glob("feedback-*.db"))) == 1


def test_a_new_area_waits_for_its_stakeholders(tmp_path: Path) -> None:
    add_area(tmp_path)  # only for its files
    app = manage("data")
    button(app, "Voeg het gebied toe")
    assert "Vul een naam in" in said(app)
    app = manage("data")
    app.text_input[-1].set_value("Ons Dorp aan Zee")
    files = app.file_uploader
    files[-3].upload("counts.csv", (tmp_path / "counts.csv").read_bytes(), "text/csv")
    files[-2].upload("zones.csv", (tmp_path / "zones.csv").read_bytes(), "text/csv")
    button(app, "Voeg het gebied toe")
    assert app.query_params["area"] == "ons-dorp-aan-zee"
    assert read_sources("ons-dorp-aan-zee")[0].decision == "pending"
    assert default_area() == "scheveningen"


def test_a_source_that_never_came_in_is_named(tmp_path: Path) -> None:
    add_area(tmp_path)
    path = area_home("testtown") / "sources.toml"
    connector = '[source.connector]\nkind = "table"\nfolder = "delivered"\n'
    path.write_text(path.read_text() + connector)
    (table,) = (one.value for one in manage("overview", Role.FACILITATOR, area="testtown").table)
    assert "nog geen gegevens" in table["Opmerking"].iloc[0]


def test_16_12_an_event_that_is_refused_leaves_the_form_as_it_was_filled_in() -> None:
    app = manage("events")
    app.text_input[0].set_value("Vlootschouw")
    app.get("datetime_input")[0].set_value(datetime(2026, 8, 5, 18))
    app.get("datetime_input")[1].set_value(datetime(2026, 8, 5, 14))
    app.number_input[0].set_value(30000)
    button(app, "Zet in de kalender")
    assert any("Vlootschouw" in one.value for one in app.error)
    assert (app.text_input[0].value, app.number_input[0].value) == ("Vlootschouw", 30000)
    app.get("datetime_input")[1].set_value(datetime(2026, 8, 5, 21))
    button(app, "Zet in de kalender")
    assert "1 toegevoegd" in said(app)
    assert app.text_input[0].value == ""


def test_16_12_a_backup_is_put_back_from_the_page_after_a_question() -> None:
    app = manage("backup")
    assert "Er is nog geen back-up." in said(app)
    _, code = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD)
    button(app, "Maak nu een back-up")
    withdraw(find(code).id)
    later = make_session("Na de back-up", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
    app.run()
    go = next(one for one in app.button if one.label == "Ja, zet terug")
    assert go.disabled
    assert "Iedereen wordt uitgelogd, u ook." in said(app)
    app.checkbox(key="manage.restore_which.sure").check().run()
    button(app, "Ja, zet terug")
    assert later.id not in [one.id for one in list_sessions()]
    assert "is terug" in said(app)
    assert "Alles wat er tot nu toe was, staat in" in said(app)
    assert not app.title  # signed out, as everybody is
    with pytest.raises(UserError):
        find(code)
    assert "restoring.restore" in [line.act for line in audit_log.lines()]
