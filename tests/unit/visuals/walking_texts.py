"""Finds every text in the code with a place, an hour, a level, a figure or a chance, and what is put into it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
WORDS = ("visuals",)
"""Where forecasts are put into words: every figure counts."""
OTHERS = ("forecasting", "response", "reports", "streamlit_app", "pages")
"""Rooms that know forecasts too. Their own figures are numbers of things on a page; places, hours, levels and chances
are not. The rooms below them cannot import a forecast, so they tell only what is kept."""

SAID = frozenset(re.findall(r"\w+", "zone zones place places hour hours level levels chance range start end"))
FIGURES = frozenset(
    re.findall(
        r"\w+",
        """n number low high middle times percent share inside red orange red_before red_after more before after becomes
        was old new count value seen missed wrong alarms few many came right sign change said how""",
    )
)
SAYING = {"t", "n", "md", "md_n"}


@dataclass(frozen=True)
class Function:
    """A function that makes such a text: its file, name, the fields that are not shown to be kept facts, the lines."""

    file: str
    name: str
    fields: frozenset[str]
    lines: frozenset[int]


def functions() -> Iterator[Function]:
    """Yield each function with a text of which a field is not put in by ``fact``, and that does not ``tell`` facts."""
    for room in (*WORDS, *OTHERS):
        guarded = SAID | FIGURES if room in WORDS else SAID
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and not _named(node.decorator_list, "tells"):
                    found = dict(_loose(node, guarded))
                    if found:
                        fields = frozenset(field for some in found.values() for field in some)
                        yield Function(str(path.relative_to(ROOT)), node.name, fields, frozenset(found))
            outside = ast.Module(
                [node for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], []
            )
            if found := dict(_loose(outside, guarded)):
                yield Function(str(path.relative_to(ROOT)), "", frozenset(), frozenset(found))


def _loose(within: ast.AST, guarded: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
    """Yield the lines of texts with fields that nothing shows to be facts, and these fields."""
    facts = _names_of_facts(within)
    for node in _inside(within):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYING):
            continue
        ids = [one.value for one in node.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        fields = set(re.findall(r"{(\w+)}", " ".join(ids))) & guarded
        given = {one.arg: one.value for one in node.keywords}
        loose = {field for field in fields if not _is_fact(given.get(field), facts)}
        if loose:
            yield node.lineno, frozenset(loose)


def _inside(within: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a piece of code, but nothing in ``fact(…)`` and in functions of their own."""
    for child in ast.iter_child_nodes(within):
        if isinstance(child, ast.FunctionDef) or _named([child], "fact"):
            continue
        yield child
        yield from _inside(child)


def _names_of_facts(within: ast.AST) -> set[str]:
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(within):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            given.setdefault(node.targets[0].id, []).append(node.value)
    return {name for name, values in given.items() if all(_named([value], "fact") for value in values)}


def _is_fact(value: ast.expr | None, facts: set[str]) -> bool:
    return value is not None and (_named([value], "fact") or (isinstance(value, ast.Name) and value.id in facts))


def _named(nodes: list, name: str) -> bool:
    """Return whether one of the nodes is a call of a function of this name."""
    return any(isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == name for one in nodes)
