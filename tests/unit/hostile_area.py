"""Scheveningen as somebody would write it who wants the municipality to say what they want: every name is markup."""

import json
import re
from datetime import date
from pathlib import Path
from uuid import uuid4

from data.area.area import load_area
from data.keeping.home import SHIPPED
from feedback.contributions.contributions import Contribution, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.people.participants import author_of_phone
from feedback.sessions.advice import answer_advice, give_advice
from feedback.sessions.agenda import Document, add_item
from feedback.sessions.responses import respond
from feedback.sessions.sessions import Session, make_session, open_session, show_item
from feedback.sessions.statements import add_statement
from forecasting.values.adoption import adopt
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet

HOSTILE = "[klik](https://e.example/) <img src=https://e.example/i> :red[rood] $x$"
"""What would be a link, a picture, a colour and a formula. It has nothing that a CSV file or a name may not have."""

MARKUP = [
    "[klik](https://voorbeeld.nl)",
    "![p](https://voorbeeld.nl/p.png)",
    "<https://voorbeeld.nl>",
    "https://voorbeeld.nl/a?b=c en HTTP://VOORBEELD.NL",
    "www.voorbeeld.nl en WWW.voorbeeld.nl",
    "piet@voorbeeld.nl en mailto:piet@voorbeeld.nl",
    "[a][b]\n\n[b]: https://voorbeeld.nl",
    "tekst[^1]\n\n[^1]: noot",
    "<script>alert(1)</script> <b>vet</b> &lt; &amp; &#42;",
    "**vet** __vet__ *schuin* _schuin_ ~~weg~~ `code` ``code``",
    "# kop\n## kop\nkop\n===\nkop\n---",
    "- punt\n+ punt\n* punt\n1. een\n2) twee\n> citaat",
    "| a | b |\n|---|---|\n| c | d |",
    "```\ncode\n```\n~~~\ncode\n~~~\n    code\n\tcode",
    ":red[rood] :blue-background[x] :material/home: :smile: :+1: :100: :streamlit: ::leaf:: :::blok\nx\n:::",
    "$x^2$ $$y$$ \\(z\\) \\[z\\]",
    "a -> b <- c -- d >= e <= f ~= g <-> h",
    "\\* \\[a](b)",
]
"""One of everything that Streamlit shows as more than words."""

SCENARIO = Scenario.model_validate(
    {
        "events": [
            {
                "event_id": "x",
                "name": HOSTILE,
                "zone_id": "pier",
                "start": "2026-08-08T12:00",
                "end": "2026-08-08T18:00",
                "attendance": 30_000,
            }
        ],
        "closures": [{"zone_id": "strand-pier", "start": "2026-08-08T10:00", "end": "2026-08-08T12:00"}],
        "measures": [{"id": "vroeg-komen", "start": "2026-08-03T00:00", "end": "2026-08-10T00:00"}],
    }
)


def write_hostile_area(home: Path) -> None:
    """Write Scheveningen with hostile names into a folder of users' state, where it goes before the shipped one."""
    shipped, folder = SHIPPED / "scheveningen", home / "areas" / "scheveningen"
    folder.mkdir(parents=True)
    zones = json.loads((shipped / "zones.geojson").read_text("utf-8"))
    for feature in zones["features"]:
        fields = feature["properties"]
        fields |= {name: f"{value} {HOSTILE}" for name, value in fields.items() if name.startswith("name")}
    (folder / "zones.geojson").write_text(json.dumps(zones), "utf-8")
    for name in ("area.toml", "measures.toml", "sources.toml"):
        text = (shipped / name).read_text("utf-8")
        text = re.sub(r'\b(nl|en) = "([^"]*)"', lambda found: f'{found[1]} = "{found[2]} {HOSTILE}"', text)
        (folder / name).write_text(text, "utf-8")
    head, *lines = (shipped / "events.csv").read_text("utf-8").splitlines()
    events = [line.replace("Oefening", f"{HOSTILE} Oefening", 1) for line in lines]
    (folder / "events.csv").write_text("\n".join([head, *events]) + "\n", "utf-8")


def say_hostile_things() -> Session:
    """Fill the database of the current home: a session with all its words, contributions, an advice, a decision."""
    set_general_mode(Mode.AFTER)
    made = make_session(
        f"Avond {HOSTILE}", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen", place=HOSTILE
    )
    document = Document(HOSTILE, "https://voorbeeld.nl/stuk")
    question = add_item(made.id, "question", f"Vraag {HOSTILE}", text=HOSTILE, documents=(document,))
    add_item(made.id, "statements", f"Stellingen {HOSTILE}", item_id="statements")
    add_statement(made.id, HOSTILE, person=None, item_id="statements", seed=True)
    open_session(made.id)
    show_item(made.id, question.id)
    respond(made.id, question.id, HOSTILE, person="somebody", response_id=str(uuid4()))
    for who in range(6):  # so many that their place is told
        said = Contribution(
            str(uuid4()),
            "scheveningen",
            "resident",
            "nl",
            HOSTILE,
            zone="pier",
            cell="https://e.example/#x" if who % 2 else "today#week",
            snapshot=f"x){HOSTILE}",
        )
        send(said, author_of_phone(f"somebody {who}"))
    advice = give_advice(
        made.id,
        HOSTILE,
        due=date(2026, 9, 1),
        supported_by=HOSTILE,
        minority=HOSTILE,
        links=[("contribution", said.id)],
    )
    answer_advice(advice.id, "partly", HOSTILE, answered_by=HOSTILE, due=None, answer_id=str(uuid4()))
    zone_thresholds = ThresholdSet(zones={"pier": (100.0, 200.0, 300.0)})
    adopt(load_area("scheveningen"), zone_thresholds, body="klankbordgroep", role="facilitator", reason=HOSTILE)
    return made
