"""A workbook as a Jupyter notebook: every result with its picture, and the Python that makes it again."""

import ast
from base64 import b64encode
from typing import Any

import nbformat

from language import Language
from language.markdown import as_text
from reports.kept_python import earlier_sentence
from reports.kept_week import kept_week
from reports.markdown import without_colours
from reports.workbook import Kept, Workbook

# nbformat's functions have no types.
_v4: Any = nbformat.v4

# Altair's own ways to show a chart need the network, or an extension of the right version.
_SHOW = """\
from base64 import b64encode

import altair as alt

from visuals import still


def picture(specification, **_):
    return {"image/png": b64encode(still(specification)).decode()}


alt.renderers.register("picture", picture)
alt.renderers.enable("picture")"""


def notebook(workbook: Workbook, lang: Language) -> str:
    """Return the workbook as the text of an ``.ipynb`` file.

    Its code runs in this project's own environment, without the app, and leaves each result in ``result``. Results of
    the same forecast share one cell that obtains it.
    """
    cells = [_v4.new_markdown_cell(_opening(workbook, lang), id="opening"), _v4.new_code_cell(_SHOW, id="show")]
    setup = ""
    for number, kept in enumerate(workbook.kept, start=1):
        cells.append(_about(kept, number, lang))
        if kept.setup and kept.setup != setup:
            cells.append(_v4.new_code_cell(kept.setup.strip(), id=f"setup-{number}", metadata={"tags": ["setup"]}))
            setup = kept.setup
        code = f"{kept.code.strip()}\nresult"
        cells.append(_v4.new_code_cell(code, id=f"result-{number}", metadata={"tags": ["result"], "kept": kept.id}))
        if _assigned(kept.code) & _assigned(kept.setup):
            setup = ""  # What this code made stands where the setup's was: the next result needs it anew.
    made: str = _v4.writes(
        _v4.new_notebook(
            cells=cells,
            metadata={
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                "language_info": {"name": "python"},
                "title": workbook.title,
            },
        )
    )
    return made


def _assigned(code: str) -> set[str]:
    """Return the names that a piece of Python gives a value to."""
    return {
        node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _opening(workbook: Workbook, lang: Language) -> str:
    lines = [f"# {as_text(workbook.title) or lang.t('Workbook')}"]
    if workbook.simulated:
        lines.append(f"**{lang.t('DEMO DATA')}.** {lang.t('Figures marked so are made up, to practise with.')}")
    lines.append(
        lang.t(
            "Every result below is shown as it was kept, followed by the Python code that makes it again. The code "
            "runs in this project's own environment: after `make setup`, choose `.venv` as the kernel. The machine "
            "needs the same forecasts, or the data and models they were made from."
        )
    )
    return "\n\n".join(lines)


def _about(kept: Kept, number: int, lang: Language) -> Any:
    lines = [f"## {number}. {as_text(kept.title)}"]
    if kept.simulated:
        lines.append(f"**{lang.t('DEMO DATA')}**")
    if week := kept_week(kept, lang):
        lines.append(f"**{as_text(week)}**")
    lines.append(f"*{as_text(kept.why)}*")
    if earlier := earlier_sentence(kept, lang):
        lines.append(f"**{earlier}**")
    if kept.note:
        lines.append("\n".join(f"> {as_text(line)}" for line in kept.note.splitlines()))
    pictures = {f"{number}-{place}.png": picture for place, picture in enumerate(kept.pictures, start=1)}
    lines += [f"![{as_text(picture.alt)}](attachment:{name})" for name, picture in pictures.items()]
    lines += [without_colours(text) for text in kept.said]
    lines += [kept.method, kept.origin, *kept.sources]
    attachments = {name: {"image/png": b64encode(picture.png).decode()} for name, picture in pictures.items()}
    more = {"attachments": attachments} if attachments else {}
    return _v4.new_markdown_cell("\n\n".join(lines), id=f"about-{number}", **more)
