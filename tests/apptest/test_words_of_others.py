"""Names in files, words of people and values of an address are shown as words, on every page and in every form."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from feedback.people.roles import Role
from feedback.sessions.sessions import Session, reveal
from forecasting.values.scenario import Scenario
from streamlit_app.shell.navigation import ENTRIES, EVERYBODY, Entry
from tests.apptest.signing_in import sign_in
from tests.unit.hostile_area import HOSTILE, SCENARIO, say_hostile_things, write_hostile_area

MAIN = str(Path(__file__).parents[2] / "streamlit_app" / "main.py")
LINK = HOSTILE.split()[0]
PLAIN = {
    *("Selectbox.options", "Selectbox.raw_value", "MultiSelect.options", "MultiSelect.raw_values", "Code.code_text"),
    *("TextInput.value", "TextInput.default", "TextArea.value", "TextArea.default", "Text.body", "Image.alt"),
    *("VegaLiteChart.alt", "DeckGlJsonChart.alt"),
    *("VegaLiteChart.spec", "DeckGlJsonChart.json", "Dataframe.columns", "LinkButton.url"),
}
"""Fields that Streamlit does not read as Markdown. A field that is not named here is taken for Markdown."""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Session]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(folder))
        write_hostile_area(folder)
        return folder, say_hostile_things()


@pytest.fixture(autouse=True)
def evening(hostile_home: tuple[Path, Session], _in_this_home: None, monkeypatch: pytest.MonkeyPatch) -> Session:
    """The session, in the home where it is: named after the home of all other page tests."""
    folder, made = hostile_home
    monkeypatch.setenv("CSM_HOME", str(folder))
    return made


def texts(message: Message) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        if field.type == field.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for one in values:
                yield from texts(one)
        elif field.type == field.TYPE_STRING:
            yield from ((f"{message.DESCRIPTOR.name}.{field.name}", one) for one in values)


def protos(node: Any) -> Iterator[tuple[str, Message]]:
    if isinstance(getattr(node, "proto", None), Message):
        yield node.type, node.proto
    for child in getattr(node, "children", {}).values():
        yield from protos(child)


def as_markup(app: AppTest) -> list[str]:
    """Where the hostile link stands as markup and not as words."""
    found = []
    for kind, proto in protos(app._tree):
        found += [f"{where}: {text[:200]}" for where, text in texts(proto) if LINK in text and where not in PLAIN]
        if kind == "arrow_table" and LINK.encode() in proto.data:  # type: ignore[attr-defined]
            found.append("a table")
        if kind == "html" and "<img src=https" in proto.body:  # type: ignore[attr-defined]
            found.append(f"HTML: {proto.body[:200]}")  # type: ignore[attr-defined]
    return found


def words(app: AppTest) -> str:
    return " ".join(text for _, proto in protos(app._tree) for _, text in texts(proto))


def opened(page: str, role: Role, **params: str) -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=120)
    for name, value in {"lang": "nl", **params}.items():
        app.query_params[name] = value
    sign_in(app, role).switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def flags(app: AppTest) -> dict[str, Any]:
    return dict(app.session_state._state.filtered_state)


def open_everything(app: AppTest) -> AppTest:
    """Open what opens: explanations, forms, lists. The state of each is a flag in the session."""
    for key, value in flags(app).items():
        if value is False and not key.startswith("FormSubmitter"):
            with_state = key.endswith((".how", ".open", ".link", ".download", ".measures", ".table", ".map"))
            if with_state or key.startswith(("scenario.event", "scenario.close", "scenario.cancel")):
                app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


NOT_FOR_RESIDENTS = re.compile(
    r"economic value|economische waarde|p-value|p-waarde|present value|contante waarde|statistical power|"
    r"onderscheidend vermogen|\bp ?[<=] ?0|significan(t|ce|tie)\b",
    re.IGNORECASE,
)
"""What such figures mean stands on pages that everybody may open; their names stand on those of roles."""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url)
def test_no_page_takes_a_name_for_markup_or_asks_residents_to_know_a_method(entry: Entry) -> None:
    name = entry.url
    app = opened(name, Role.STEWARD, scenario=SCENARIO.encode(), zone="pier")
    assert not as_markup(app)
    assert not as_markup(open_everything(app))
    assert "klik" in words(app)
    if entry.roles == EVERYBODY and NOT_FOR_RESIDENTS.search(words(app)):
        assert not NOT_FOR_RESIDENTS.findall(words(open_everything(opened(name, Role.VISITOR))))
    if name in ("today", "map", "scenarios"):
        app.query_params["lang"] = "en"
        assert not as_markup(app.run())


def test_a_kept_result_and_its_presentation_show_names_as_words() -> None:
    app = opened("today", Role.VISITOR)
    for cell in ("week", "busiest", "dayparts"):
        app.session_state[f"{cell}.keep"] = True
        app.run()
        app.text_area(key=f"{cell}.note").set_value(HOSTILE)
        app.button(key=f"{cell}.keep-it").click().run()
    app.switch_page("../pages/workbook.py").run()
    assert not app.exception
    assert not as_markup(app)
    assert "klik" in words(app)
    for _ in range(3):
        app.session_state["workbook.presented"] = flags(app).get("workbook.presented", -1) + 1
        assert not as_markup(app.run())


@pytest.mark.parametrize("shown", [False, True])
def test_a_phone_shows_the_words_of_the_room_as_words(evening: Session, shown: bool) -> None:
    from feedback.sessions.agenda import agenda

    for item in agenda(evening.id):
        reveal(item.id, shown)
    app = opened("join", Role.PARTICIPANT, session=evening.id)
    sign_in(app, Role.PARTICIPANT, sessions=(evening.id,)).run()
    assert not app.exception
    assert "Avond" in app.title[0].value
    assert not as_markup(app)


def with_id(field: str, **ids: str) -> str:
    (first, *_) = getattr(SCENARIO, field)
    return Scenario(**{field: (first.model_copy(update=ids),)}).encode()


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("today", {"snapshot": LINK, "zone": LINK, "busy": f"{LINK}@2026-08-08T13:00Z"}),
        ("today", dict.fromkeys(("at", "thresholds", "scenario", "lang", "view", "case", "part"), LINK)),
        ("today", {"area": LINK}),
        ("today", {"scenario": with_id("closures", zone_id=LINK), "beside": with_id("measures", id=LINK)}),
        ("scenarios", {"scenario": with_id("events", zone_id=LINK), "beside": with_id("events", event_id=LINK)}),
        ("sessions", {"session": LINK}),
        ("workbook", {"wb": LINK}),
    ],
)
def test_no_value_of_an_address_becomes_markup(name: str, params: dict[str, str]) -> None:
    assert not as_markup(opened(name, Role.STEWARD, **params))


def test_no_part_of_the_management_takes_a_name_for_markup() -> None:
    app = opened("manage", Role.STEWARD)
    for part in ("data", "events", "forecast", "people"):
        app.session_state["manage.part"] = part
        assert not as_markup(app.run())
        assert not app.exception
