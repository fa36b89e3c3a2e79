"""The action log as files: a table and JSON for programs, and one entry as a page to print."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from data.area.area import Area
from data.keeping.csv_out import csv_text
from language import Language
from response.actions.entry import TEXT_FIELDS, Logged
from response.cards.card import Playbook
from visuals.playbook.action_words import changes, entered_words, entry_lines, entry_title, missing_words

COLUMNS: Final = (
    "number",
    "id",
    "stage",
    "card",
    "zones",
    "happened",
    "until",
    "entered",
    "role",
    "organisation",
    "snapshot",
    "scenario",
    "practice",
    "struck",
    "missing",
    "hash",
)

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)


def action_figures(entries: Sequence[Logged]) -> pd.DataFrame:
    """Return the entries as a table, the newest first. Moments are UTC; ``id`` is that of the first version."""
    return pd.DataFrame([_row(one) for one in entries], columns=pd.Index([*COLUMNS, *TEXT_FIELDS]))


def actions_csv(entries: Sequence[Logged]) -> str:
    """Return the entries as CSV, in which no text is a formula."""
    return csv_text(action_figures(entries))


def actions_json(entries: Sequence[Logged], area: Area) -> str:
    """Return the entries as JSON for other programs."""
    return json.dumps({"area": area.id, "actions": [_row(one) for one in entries]}, ensure_ascii=False, indent=1)


def action_page(versions: Sequence[Logged], playbook: Playbook, area: Area, lang: Language) -> bytes:
    """Return one entry with all its versions as a page of HTML to print."""
    newest = versions[-1]
    page = _TEMPLATES.get_template("action.html.j2").render(
        code=lang.code,
        mark=lang.t("DEMO DATA") if newest.entry.practice else "",
        title=entry_title(newest, playbook, area, lang),
        struck=lang.t("Struck through") if newest.struck else "",
        lines=list(entry_lines(newest, playbook, area, lang)),
        missing=missing_words(newest, lang),
        heading=lang.t("How this entry changed"),
        versions=[
            (entered_words(one, area, lang), one.reason, changes(before, one, playbook, area, lang) if before else [])
            for before, one in zip((None, *versions[:-1]), versions, strict=True)
        ],
        origin=f"{area.name(lang)} · {newest.root} · {newest.hash[:16]}",
    )
    return page.encode("utf-8")


def _row(one: Logged) -> dict[str, Any]:
    entry = one.entry
    return {
        "number": one.number,
        "id": one.root,
        "stage": entry.stage,
        "card": entry.card,
        "zones": " ".join(entry.zones),
        "happened": entry.happened.isoformat(),
        "until": entry.until.isoformat() if entry.until else None,
        "entered": one.entered.isoformat(),
        "role": one.role,
        "organisation": one.organisation,
        "snapshot": entry.snapshot,
        "scenario": entry.scenario,
        "practice": entry.practice,
        "struck": one.struck,
        "missing": " ".join(() if one.struck else entry.missing),
        "hash": one.hash,
        **{name: entry.texts.get(name) for name in TEXT_FIELDS},
    }
