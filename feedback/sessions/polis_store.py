"""Conversations of pol.is in the database: bringing one in, and what the database gives out in the same files."""

import json
import secrets
from collections.abc import Hashable
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pandas as pd

from data.area.settings import time_of
from data.keeping.real_time import real_today, utc_text
from feedback.database.store import change_store
from feedback.groups.opinions import ENOUGH_VOTERS, Opinions, hide_small, last_votes, opinions
from feedback.groups.polis import PUBLISHED, TURNED_DOWN, Conversation, Variant, read_conversation
from feedback.groups.polis_writing import summary, written
from feedback.sessions.sessions import Session, find_session, make_session, session_named
from feedback.sessions.statements import ballots, imported_groups, statements, vote_rows
from language import UserError
from language.visible import one_line


def import_conversation(
    folder: Path, name: str, *, area: str = "", invert: bool = False
) -> tuple[Session, Conversation]:
    """Bring an export into a new session that is called ``name`` (closed: it took place elsewhere).

    ``invert`` turns votes: see :func:`feedback.groups.polis.read_conversation`. All of it is kept, or nothing. Raises
    ``UserError`` when the export cannot be read or the name is taken.
    """
    conversation = read_conversation(folder, invert=invert)
    started = conversation.statements["at"].min()
    day = started.date() if len(conversation.statements) else real_today(time_of(area))
    topic = one_line(conversation.topic)[:120]
    session = make_session(topic or name, kind="werkgroep", day=day, area=area, name=name)
    try:
        _keep(session, conversation)
    except BaseException:
        with change_store() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", [session.id])
        raise
    return find_session(session.id), conversation


def _keep(session: Session, conversation: Conversation) -> None:
    ids = {int(number): str(uuid4()) for number in conversation.statements["number"]}
    last = conversation.votes.drop_duplicates(["voter", "statement"], keep="last")
    # What nobody judged yet (0) was shown there all the same, so it counts as published.
    # Numbers of voters of another system say who is who there. Here each gets a random one.
    people = sorted({*last["voter"], *conversation.groups})
    ballot = dict(zip(people, (secrets.token_hex(8) for _ in people), strict=True))
    with change_store() as db:
        db.table("statements").insert_all(
            {
                "id": ids[row["number"]],
                "session": session.id,
                "number": row["number"],
                "text": row["text"],
                "state": "hidden" if row["moderated"] == TURNED_DOWN else "published",
                "seed": int(row["seed"]),
                "meta": int(row["meta"]),
                "published_consensus": None if np.isnan(row["consensus"]) else row["consensus"],
                "sent": utc_text(row["at"]),
            }
            for row in conversation.statements.to_dict("records")
        )
        db.conn.executemany(
            "INSERT INTO votes (id, session, statement, ballot, vote, sent) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (f"{ballot[voter]}-{number}", session.id, ids[number], ballot[voter], vote, utc_text(at))
                for voter, number, vote, at in last[["voter", "statement", "vote", "at"]].itertuples(index=False)
            ),
        )
        db.table("imported_groups").insert_all(
            {"session": session.id, "ballot": ballot[voter], "group_id": group}
            for voter, group in conversation.groups.items()
        )
        db.table("sessions").update(
            session.id, {"state": "closed", "closed": utc_text(conversation.statements["at"].max())}
        )


def opinions_of(session: Session, *, imported: bool = False) -> Opinions:
    """Return the opinions in a session: in groups found here, or in those that came with its import.

    Raises ``UserError`` when groups of an import are asked for and there are none.
    """
    groups = imported_groups(session.id) if imported else None
    if imported and not groups:
        raise UserError("Session '{name}' has no imported groups. Use --groups own.", name=session.name)
    return opinions(ballots(session.id), groups)


def published_opinions(session_id: str) -> Opinions:
    """Return the opinions in a session, fit to be published: groups of fewer than five people are not in it."""
    return hide_small(opinions(ballots(session_id)))


def statement_texts(session_id: str) -> dict[Hashable, str]:
    """Return the texts of the published statements of a session by their number."""
    return {s.number: s.text for s in statements(session_id, "published")}


def as_json(name: str, *, imported: bool = False) -> str:
    """Return participants, groups and statements of a session as one JSON object.

    ``represents`` names the groups that a statement stands for: each with its chance to agree, or to disagree.
    """
    session = session_named(name)
    found = opinions_of(session, imported=imported)
    texts = {s.number: s for s in statements(session.id)}
    shown: list[dict[str, Any]] = []
    for column, number in enumerate(found.ballots.statements):
        statement = texts[int(str(number))]
        consensus = float(found.consensus[column])
        shown.append(
            {
                "id": statement.number,
                "text": statement.text,
                "agrees": int(found.agrees[column]),
                "disagrees": int(found.disagrees[column]),
                "passes": int(found.passes[column]),
                "group_informed_consensus": None if np.isnan(consensus) else consensus,
                "represents": [
                    {"group": s.group, "agree" if s.agree else "disagree": s.probability}
                    for s in found.standing[column]
                ],
                **({"moderated": "hidden"} if statement.state == "hidden" else {}),
                **_published(statement.published_consensus),
            }
        )
    answer = {
        "session": session.name,
        "groups_from": "imported" if imported else "own",
        "participants": found.participants,
        "groups": [{"id": id_, "size": size} for id_, size in zip(found.group_ids, found.sizes, strict=True)],
        "statements": shown,
    }
    if not imported:
        answer["note"] = (
            "Groups found here by the published rules; those that pol.is shows may differ."
            if found.group_ids
            else f"No groups: fewer than {ENOUGH_VOTERS} people voted often enough."
        )
    return json.dumps(answer, ensure_ascii=False, indent=1)


def _published(consensus: float | None) -> dict[str, float]:
    return {} if consensus is None else {"published_consensus": consensus}


def polis_files(session: Session, *, variant: Variant = "consensus") -> dict[str, str]:
    """Return the statements and votes of a session as files of pol.is, fit to be published.

    Voters are numbered anew in random order, and authors are left out. With fewer than 15 voters there are only
    the statements with their counts. Statements that wait, and those that were hidden or erased, are not in it.
    """
    known = [s for s in statements(session.id, "published") if s.text]
    table = pd.DataFrame(
        {
            "number": [s.number for s in known],
            "text": [s.text for s in known],
            "author": -1,
            "moderated": PUBLISHED,
            "meta": [s.meta for s in known],
            "seed": [s.seed for s in known],
            "at": pd.to_datetime([s.sent for s in known], utc=True, format="ISO8601"),
        }
    )
    votes = vote_rows(session.id)
    votes = votes[votes["statement"].isin(table["number"])]
    order = sorted(set(votes["voter"]), key=lambda _: secrets.randbits(64))
    number = {voter: index for index, voter in enumerate(order)}
    votes = votes.assign(voter=votes["voter"].map(number), at=votes["at"].dt.floor("D"))
    votes = votes.sort_values(["voter", "statement"], ignore_index=True)
    left_out = frozenset(s.number for s in known if s.meta)
    found = hide_small(opinions(last_votes(votes, table["number"].tolist(), left_out=left_out)), row_by_row=True)
    title = f"REHEARSAL: {session.title}" if session.rehearsal else session.title
    files = written(title, table, votes, found, variant=variant)
    if found.participants < ENOUGH_VOTERS:
        return {"comments.csv": files["comments.csv"], "summary.csv": summary(title, table, found)}
    return files
