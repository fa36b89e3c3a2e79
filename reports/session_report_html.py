"""The report of a session as one HTML file: pictures inside, headings and table headers for screen readers."""

from base64 import b64encode
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from language import Language
from reports.session_report import SessionReport

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def report_html(report: SessionReport, lang: Language) -> str:
    """Return the report as the text of an ``.html`` file that needs nothing else."""
    return _TEMPLATES.get_template("session_report.html.j2").render(
        report=report, code=lang.code, encoded=lambda png: b64encode(png).decode()
    )
