"""Asking what a new area needs, one question after another, and writing its files.

What nobody knows yet may be left empty, and is absent. No source is approved: that is for the parties to decide.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.area import partners
from data.area.area import Measure
from data.keeping.home import area_home, written_whole
from data.keeping.slugs import slug, slugs
from data.tables.notices import Notice
from data.upkeep.adding import NewArea, add_area
from language import Language, UserError

Ask = Callable[[str], str]

REGISTER: Final = "register.toml"


@dataclass(frozen=True)
class Answers:
    """What was answered: the area with its files, who the parties are, and who stands for it in the register."""

    area: NewArea
    parties: tuple[str, ...] = ()
    organization: str = ""
    contact: str = ""


def ask_all(ask: Ask, lang: Language) -> Answers:
    """Ask all questions; ``ask`` shows one and returns the answer. What is between brackets is taken when it is empty.

    Raises ``UserError`` when an answer that is needed is empty, or none comes any more.
    """

    def asked(question: str, usual: str = "") -> str:
        try:
            return ask(f"{question} [{usual}] " if usual else f"{question} ").strip() or usual
        except EOFError as error:
            raise UserError("There were no more answers. Nothing was written.") from error

    def needed(question: str, usual: str = "") -> str:
        answer = asked(question, usual)
        if not answer:
            raise UserError("This question needs an answer: {question}", question=question)
        return answer

    def file(question: str) -> Path:
        path = Path(needed(question)).expanduser()
        if not path.is_file():
            raise UserError("There is no file {file}.", file=path)
        return path

    name = needed(lang.t("What is the area called?"))
    area_id = needed(lang.t("Its id, in lower-case letters:"), slug(name, 40))
    tz = needed(lang.t("Its time zone:"), "Europe/Amsterdam")
    country = needed(lang.t("Its country, two letters:"), "NL")
    region = asked(lang.t("Region of the school holidays (Noord, Midden, Zuid), or nothing:"))
    kinds = {"p": "present", "s": "passages"}
    kind = needed(lang.t("What is counted: people present (p), or people passing a sensor (s)?"), "p")
    if kind not in kinds:
        raise UserError("Answer with p or s.")
    measure: Measure = "present" if kind == "p" else "passages"
    counts = file(lang.t("File with hourly counts (CSV, Excel, Parquet):"))
    zones = file(lang.t("File with the places (zones.geojson or zones.csv):"))
    weather = asked(lang.t("File with weather, or nothing:"))
    parties = asked(lang.t("Which parties must agree to sources? Separated by commas, or nothing:"))
    organization = asked(lang.t("Which organisation is responsible for it in the algorithm register? Or nothing:"))
    contact = asked(lang.t("Where can people ask questions (e-mail or https://…)? Or nothing:"))
    new = NewArea(
        id=area_id,
        names={"nl": name},
        time_zone=tz,
        country=country,
        counts=counts,
        zones=zones,
        measure=measure,
        school_region=region or None,
        weather=Path(weather).expanduser() if weather else None,
        decision="pending",
        decided_by="",
    )
    named = tuple(one.strip() for one in parties.split(",") if one.strip())
    return Answers(new, named, organization, contact)


def write_new_area(answers: Answers) -> list[Notice]:
    """Write the files of a new area, and return what was decided while reading its counts.

    Raises ``UserError`` as :func:`data.upkeep.adding.add_area`; then nothing was written.
    """
    notices = add_area(answers.area)
    folder = area_home(answers.area.id)
    ids = slugs(answers.parties)
    blocks = [
        f'[[partner]]\nid = "{ids[name][:40]}"\nnames = {{ nl = {_text(name)} }}\nagrees = true\n'
        for name in dict.fromkeys(answers.parties)
    ]
    if blocks:
        _write(folder / partners.FILE, "\n".join(blocks))
    facts = {"organization": answers.organization, "contact": answers.contact}
    lines = [f"{key} = {_text(value)}\n" for key, value in facts.items() if value]
    if lines:
        _write(folder / REGISTER, "".join(lines))
    return notices


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    with written_whole(path) as temporary:
        temporary.write_text(text, "utf-8")
        temporary.chmod(0o644)
