"""One figure of a benchmark beside what a user would pick instead, and the page they are written to."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

PAGE = Path(__file__).with_name("RESULTS.md")
README = Path(__file__).parents[1] / "README.md"
QUOTES = ("<!-- figures -->", "<!-- /figures -->")


@dataclass(frozen=True)
class Row:
    """One line of the results: what was measured, ours, the alternative and its figure, and the goal if any.

    ``quoted`` rows stand in the README too.
    """

    what: str
    ours: str
    beside: str = ""
    goal: str = ""
    quoted: bool = False


@dataclass(frozen=True)
class Section:
    """The rows of one benchmark, with a sentence on how they were measured."""

    title: str
    how: str
    rows: Sequence[Row]


def machine() -> str:
    """Name the machine: what somebody needs to know to compare figures."""
    memory = round(psutil.virtual_memory().total / 2**30)
    return (
        f"{psutil.cpu_count()} cores ({platform.machine()}), {memory} GB memory, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def write(sections: Sequence[Section], page: Path = PAGE, readme: Path = README) -> None:
    """Write the results page, and the quoted rows into the README, replacing the earlier ones."""
    lines = [
        "# Results of the benchmarks",
        "",
        f"Made by `make bench` on {date.today().isoformat()}. Machine: {machine()}.",
        "The machine is shared, so times vary; ratios measured in the same run are what counts.",
        "",
    ]
    page.write_text("\n".join([*lines, *(_part(section) for section in sections)]), "utf-8")
    _quote([_quoted(row) for section in sections for row in section.rows if row.quoted], readme)


def replace(section: Section, page: Path = PAGE, readme: Path = README) -> None:
    """Write one section anew, where it stood or at the end, and leave the others as they were measured."""
    before, *parts = page.read_text("utf-8").split("\n## ")
    titles = [part.partition("\n")[0] for part in parts]
    place = titles.index(section.title) if section.title in titles else len(parts)
    gone = {_what(line) for part in parts[place : place + 1] for line in part.splitlines() if line.startswith("| ")}
    parts[place : place + 1] = [_part(section).removeprefix("## ")]
    page.write_text("\n## ".join([before, *(part.rstrip("\n") + "\n" for part in parts)]), "utf-8")
    quoted = {row.what: _quoted(row) for row in section.rows if row.quoted}
    _, rest = readme.read_text("utf-8").split(QUOTES[0])
    stood = rest.split(QUOTES[1])[0].strip().splitlines()[2:]
    stay = [quoted.pop(_what(line), line) for line in stood if _what(line) in quoted or _what(line) not in gone]
    _quote([*stay, *quoted.values()], readme)


def _what(line: str) -> str:
    return line.split(" | ", maxsplit=1)[0].removeprefix("| ")


def _part(section: Section) -> str:
    lines = [f"## {section.title}", "", section.how, "", "| what | ours | beside it | goal |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.ours} | {row.beside} | {row.goal} |" for row in section.rows]
    return "\n".join([*lines, ""])


def _quoted(row: Row) -> str:
    return f"| {row.what} | {row.ours} | {row.beside} |"


def _quote(rows: Sequence[str], readme: Path) -> None:
    before, rest = readme.read_text("utf-8").split(QUOTES[0])
    after = rest.split(QUOTES[1])[1]
    table = ["| what | ours | beside it |", "|---|---|---|", *rows]
    readme.write_text("\n".join([before + QUOTES[0], *table, QUOTES[1] + after]), "utf-8")
