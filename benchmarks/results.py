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
    for section in sections:
        lines += [f"## {section.title}", "", section.how, "", "| what | ours | beside it | goal |", "|---|---|---|---|"]
        lines += [f"| {row.what} | {row.ours} | {row.beside} | {row.goal} |" for row in section.rows]
        lines.append("")
    page.write_text("\n".join(lines), "utf-8")
    rows = [row for section in sections for row in section.rows if row.quoted]
    table = ["| what | ours | beside it |", "|---|---|---|", *(f"| {r.what} | {r.ours} | {r.beside} |" for r in rows)]
    before, rest = readme.read_text("utf-8").split(QUOTES[0])
    after = rest.split(QUOTES[1])[1]
    readme.write_text("\n".join([before + QUOTES[0], *table, QUOTES[1] + after]), "utf-8")
