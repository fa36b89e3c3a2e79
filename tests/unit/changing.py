"""Finds in the code, without running it, what changes state, who in the shell calls it, and what Streamlit calls back.

What changes state is found from where it ends: a transaction on the database, a file that is written or removed, a
process that is started. Whatever calls such a thing changes state too, but for ``KEPT_ANYWAY``.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from streamlit_app.access.authority import MAY

ROOT: Final = Path(__file__).parents[2]
BELOW: Final = ("data", "forecasting", "feedback", "response", "visuals", "reports")
SHELL: Final = ("streamlit_app", "pages")

WRITES: Final = {
    "feedback.database.store.change_store",
    "data.keeping.home.written_whole",
    "shutil.rmtree",
    "os.remove",
    "subprocess.Popen",
    "subprocess.run",
}
WRITING_METHODS: Final = {"write_text", "write_bytes", "unlink", "rmtree", "keep_version"}

KEPT_ANYWAY: Final = {
    "feedback.database.store.open_store": "makes missing tables, once",
    "data.keeping.locking.locked": "a lock is nobody's data",
    "data.keeping.spreadsheet_trial.survives": "opens a file in a process of its own, and keeps nothing",
    "data.keeping.locking.held": "a lock is nobody's data",
    "data.keeping.acts._add": "the log of what is done, by whom it is done",
    "feedback.people.audit_log.lines": "takes into the log what stands beside it",
    "feedback.people.audit_log.refuse": "the log of what is refused",
    "feedback.people.audit_log.newest_on": "as lines",
    "data.keeping.packing.packed_areas": "a temporary file",
    "streamlit_app.manage.managing_columns._peeked": "a temporary file",
    "streamlit_app.manage.managing_data._looked_at": "a temporary file",
    "streamlit_app.manage.managing_new_area._kept": "a temporary file",
    "feedback.people.codes.secret_key": "the key of this installation, made once by whoever comes first",
    "forecasting.snapshot.snapshot_files.obtain": "a computed forecast is kept, the same for everybody who looks",
    "forecasting.snapshot.snapshot_files.recall": "as obtain",
    "feedback.people.sign_ins._notice": "that somebody who is in is still here, once in a while",
    "data.consent.auckland._cached": "a download of the author of the shipped data",
}
"""What writes, but decides nothing: who calls it does not change state by that."""

SERVER: Final = {
    "streamlit_app.server.caretaker": "the server's own work",
    "streamlit_app.serving.__main__": "starts the processes of the server, on the console of who owns the machine",
    "streamlit_app.serving.workers": "keeps the processes of the server running",
    "streamlit_app.entrance.first_start": "prints the first links on the console of who started the server",
    "streamlit_app.entrance.entering": "entering: the code or password is itself the authority",
    "streamlit_app.entrance.guesses": "entering: a wrong attempt is counted before anybody is known",
}
"""Modules of the shell in which nobody acts who has a role."""

CATCH: Final = {
    "streamlit_app.shell.acting.attempt": "says above the page what may not be done",
    "streamlit_app.shell.acting.attempting": "is attempt, for a widget to call",
    "streamlit_app.responses.writing.write": "says it beside the field",
    "streamlit_app.sessions.paper_desk._form": "attempts it",
}
"""Functions that call what they are given, and catch what may not be done."""

CALL_AT_ONCE: Final = {"starlette.concurrency.run_in_threadpool"}

ASK: Final = {
    "streamlit_app.shell.acting.do": 0,
    "streamlit_app.shell.acting.do_as": 2,
    "streamlit_app.shell.acting.do_seen": 1,
    "streamlit_app.shell.acting.do_seen_as": 3,
    "data.keeping.acts.by_owner": 0,
    "streamlit_app.shell.acting.later": 0,
}
"""What asks who acts before it calls a function, and at which place that function is given."""

OFFER: Final = {"streamlit_app.shell.acting.may_do": 0}
"""What only tells whether a function may be called by who looks, and does not call it."""


@dataclass
class Function:
    """A function of one module: what it refers to, by full name."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    refers: set[str] = field(default_factory=set)
    writes: bool = False


@dataclass
class Module:
    """A module: its tree, all nodes of it, and what its names mean."""

    name: str
    tree: ast.Module
    nodes: list[ast.AST]
    meaning: dict[str, str]

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The node above each node."""
        return {child: parent for parent in self.nodes for child in ast.iter_child_nodes(parent)}

    def resolved(self, node: ast.AST) -> str | None:
        """Return the full name of what a name or ``module.name`` refers to; ``None`` when it is nothing imported."""
        if isinstance(node, ast.Name):
            return self.meaning.get(node.id)
        if isinstance(node, ast.Attribute) and (base := self.resolved(node.value)):
            return f"{base}.{node.attr}"
        return None

    def above(self, node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
        """Yield each node above, with its child on the way down to ``node``."""
        while (parent := self.parents.get(node)) is not None:
            yield parent, node
            node = parent


@cache
def modules(rooms: tuple[str, ...]) -> tuple[Module, ...]:
    """Return the modules of some rooms."""
    return tuple(
        read_module(path.read_text("utf-8"), ".".join(path.relative_to(ROOT).with_suffix("").parts))
        for room in rooms
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    )


def read_module(text: str, name: str) -> Module:
    """Return a module of this text."""
    tree = ast.parse(text)
    nodes, meaning = list(ast.walk(tree)), {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            meaning |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
        elif isinstance(node, ast.Import):
            meaning |= {one.asname or one.name: one.name for one in node.names}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            meaning[node.name] = f"{name}.{node.name}"
    return Module(name, tree, nodes, meaning)


@cache
def changing() -> frozenset[str]:
    """Return the full names of all module-level functions that change state."""
    functions = [function for module in modules((*BELOW, "streamlit_app")) for function in _functions(module)]
    found = {function.name for function in functions if function.writes} - set(KEPT_ANYWAY)
    grown = True
    while grown:
        more = {function.name for function in functions if function.refers & found} - found - set(KEPT_ANYWAY)
        # The shell is judged by what it calls; only what writes by itself there is a deed of its own.
        more = {name for name in more if not name.startswith(SHELL)}
        grown, found = bool(more), found | more
    return frozenset({*found, *WRITES})


def _functions(module: Module) -> Iterator[Function]:
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        found = Function(f"{module.name}.{node.name}", node)
        for part in ast.walk(node):
            if isinstance(part, ast.Name | ast.Attribute) and (named := module.resolved(part)):
                found.refers.add(named)
                found.writes |= named in WRITES
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
                found.writes |= part.func.attr in WRITING_METHODS or _opens_to_write(part)
        yield found


def _opens_to_write(call: ast.Call) -> bool:
    """Return whether ``path.open("a")`` is called: with a mode in which a file changes."""
    mode = call.args[0] if call.args else next((one.value for one in call.keywords if one.arg == "mode"), None)
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return name == "open" and isinstance(mode, ast.Constant) and bool(set(str(mode.value)) & set("wax+"))


def asked(module: Module) -> set[str]:
    """Return the full names of what changes state and is done by a module of the shell after asking who acts."""
    return {name for node, name in _deeds(module) if _is_asked(module, node, ASK)} - WRITES


def unasked(module: Module) -> list[str]:
    """Return where a module of the shell refers to what changes state without asking who acts."""
    return [
        f"{module.name}:{node.lineno} {name}"
        for node, name in _deeds(module)
        if not _is_asked(module, node, ASK | OFFER) and module.name not in SERVER
    ]


def _deeds(module: Module) -> Iterator[tuple[ast.Name | ast.Attribute, str]]:
    for node in module.nodes:
        name = module.resolved(node) if isinstance(node, ast.Name | ast.Attribute) else None
        if name is None or name not in changing():
            continue
        if not any(child is getattr(parent, "annotation", None) for parent, child in module.above(node)):
            yield node, name  # type: ignore[misc]  # only names and attributes are resolved


def _is_asked(module: Module, node: ast.AST, by: Mapping[str, int]) -> bool:
    """Return whether a function is given to what asks, at the place where it belongs; or stands in what is given so."""
    top = [above for above, _ in module.above(node) if isinstance(above, ast.FunctionDef)][-1:]
    if top and f"{module.name}.{top[0].name}" in MAY:
        return True
    for parent, child in module.above(node):
        if isinstance(parent, ast.Call):
            place = by.get(module.resolved(parent.func) or "")
            return place is not None and parent.args[place : place + 1] == [child]
        if not isinstance(parent, ast.IfExp):
            return False
    return False


Code = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def uncaught(shell: tuple[Module, ...]) -> list[str]:
    """Return where something is handed on that may be refused, with nobody who would catch the refusal.

    Streamlit calls back what it was given outside the page, where nothing is caught; so whatever is handed on must
    catch it itself, or be handed to who does (``CATCH``).
    """
    refusing: set[ast.AST | str] = set()
    grown = True
    while grown:
        before = len(refusing)
        for module in shell:
            for call in _calls(module):
                if _refuses(module, call, refusing) and (code := _uncaught_in(module, call)) is not None:
                    refusing |= {code, f"{module.name}.{getattr(code, 'name', '')}"}
        grown = len(refusing) > before
    return [
        f"{module.name}:{call.lineno}"
        for module in shell
        for call in _calls(module)
        if (module.resolved(call.func) or "") not in {*CATCH, *CALL_AT_ONCE, *ASK}
        for value in (*call.args, *(one.value for one in call.keywords))
        if _is_refusing(module, value, refusing)
    ] + [
        f"{module.name}:{code.lineno}"
        for module in shell
        for code in refusing
        if isinstance(code, ast.FunctionDef) and code in module.parents
        for decorator in code.decorator_list
        if "fragment" in ast.unparse(decorator)
    ]


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in module.nodes if isinstance(node, ast.Call))


def _refuses(module: Module, call: ast.Call, refusing: set[ast.AST | str]) -> bool:
    name = module.resolved(call.func) or ""
    if name in CALL_AT_ONCE:
        return any(_is_refusing(module, value, refusing) for value in call.args)
    asks = name in ASK and not name.endswith(".later")
    return (asks and name.startswith("streamlit_app.shell.acting")) or _is_refusing(module, call.func, refusing)


def _is_refusing(module: Module, node: ast.AST, refusing: set[ast.AST | str]) -> bool:
    if isinstance(node, ast.Lambda):
        return node in refusing
    local = _local(module, node)
    return local in refusing if local is not None else (module.resolved(node) or "?") in refusing


def _local(module: Module, node: ast.AST) -> ast.AST | None:
    """Return the function inside the function that a name means, if there is one."""
    if not isinstance(node, ast.Name):
        return None
    for parent, _ in module.above(node):
        if isinstance(parent, ast.FunctionDef):
            for inner in ast.walk(parent):
                if isinstance(inner, ast.FunctionDef) and inner is not parent and inner.name == node.id:
                    return inner
    return None


def _uncaught_in(module: Module, node: ast.AST) -> Code | None:
    """Return the function in which a call is not caught; ``None`` when it is, or stands in the page itself."""
    inside: Code | None = None
    for parent, child in module.above(node):
        if isinstance(parent, ast.Call) and (module.resolved(parent.func) or "") in CATCH and child is not parent.func:
            return None
        if inside is None and isinstance(parent, ast.Try) and child in parent.body and _catches(parent):
            return None
        if inside is None and isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside = parent
            if not isinstance(parent, ast.Lambda):
                return inside
    return inside


def _catches(block: ast.Try) -> bool:
    """Return whether a refusal is caught: by its own name, or one above it."""
    caught = {name.id for handler in block.handlers for name in ast.walk(handler.type) if isinstance(name, ast.Name)}
    return bool(caught & {"UserError", "RefusedError", "Exception"})
