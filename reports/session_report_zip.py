"""The open data of a session: CSV files that spreadsheets open safely, statements as pol.is exports them."""

import zipfile
from io import BytesIO
from zoneinfo import ZoneInfo

import pandas as pd

from data.keeping.csv_out import csv_text
from feedback.contributions.published import published
from feedback.contributions.role_counts import published_roles
from feedback.sessions.advice import advices
from feedback.sessions.agenda import agenda
from feedback.sessions.closing import versions
from feedback.sessions.polis_store import polis_files
from feedback.sessions.responses import responses
from feedback.sessions.sessions import Session

ABOUT = """The open data of one session.

session.csv        what it was, when and where, and the forecast that was looked at
attendance.csv     people by the role they named; roles of fewer than five people are one rest
agenda.csv         the items
answers.csv        published answers to open questions, without who wrote them
contributions.csv  published contributions; role, place and hour only where at least five people share them
advices.csv        advices, with the latest answer of the municipality
versions.csv       when the report was adopted, rectified or withdrawn, and why
polis/             statements and votes as pol.is exports them: agree 1, disagree -1, pass 0; voters are
                   numbered in random order, and moments are days; rows of voters only from 15 voters on

Cells that begin with = + - @ | % have an apostrophe before them, so that no spreadsheet takes them for a formula.
{demo}"""


def report_zip(session: Session, tz: ZoneInfo, *, simulated: bool) -> bytes:
    """Return the open data as the bytes of a ZIP file; made-up data are marked in it."""
    demo = {"data": "DEMO DATA"} if simulated else {}
    files = {f"{name}.csv": _csv(frame.assign(**demo)) for name, frame in _tables(session, tz).items()}
    files |= {f"polis/{name}": text for name, text in polis_files(session).items()}
    files["README.txt"] = ABOUT.format(
        demo="\nDEMO DATA: the figures that were looked at are made up.\n" if simulated else ""
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(name, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return out.getvalue()


def _tables(session: Session, tz: ZoneInfo) -> dict[str, pd.DataFrame]:
    items = agenda(session.id)
    about = {
        "title": session.title,
        "kind": session.kind,
        "date": session.date,
        "place": session.place,
        "area": session.area,
        "snapshot": session.snapshot,
        "report": session.report,
        "organisations": session.organisations,
        "minutes": session.minutes,
    }
    given = [
        {
            "number": advice.number,
            "text": advice.text,
            "supported_by": advice.supported_by,
            "minority": advice.minority,
            "due": advice.due,
            "answer": advice.answers[0].state if advice.answers else "",
            "because": advice.answers[0].text if advice.answers else "",
        }
        for advice in advices(session.id)
    ]
    said = [
        {
            "text": c.text,
            "topic": c.topic,
            "mood": c.mood,
            "felt": c.felt,
            "role": c.label.role,
            "zone": c.label.zone,
            "hour": c.label.hour
            and (c.label.hour.date().isoformat() if c.label.whole_day else c.label.hour.isoformat()),
            "snapshot": c.snapshot,
        }
        for c in published(session.area, tz, session=session.id)
    ]
    answers = [
        {"item": item.title, "text": r.text} for item in items for r in responses(item.id, "published") if r.text
    ]
    return {
        "session": pd.DataFrame([about]),
        "attendance": pd.DataFrame(published_roles(session.attended).items(), columns=["role", "people"]),
        "versions": pd.DataFrame(
            [(done.version, done.act, done.at, done.note) for done in versions(session.id)],
            columns=["version", "act", "at", "note"],
        ),
        "agenda": pd.DataFrame(
            [{"position": i.position, "kind": i.kind, "title": i.title, "text": i.text} for i in items]
        ),
        "answers": pd.DataFrame(answers, columns=["item", "text"]),
        "contributions": pd.DataFrame(
            said, columns=["text", "topic", "mood", "felt", "role", "zone", "hour", "snapshot"]
        ),
        "advices": pd.DataFrame(
            given, columns=["number", "text", "supported_by", "minority", "due", "answer", "because"]
        ),
    }


def _csv(frame: pd.DataFrame) -> str:
    return csv_text(frame, lines="\r\n")
