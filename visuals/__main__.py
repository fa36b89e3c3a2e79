"""``python -m visuals``: make press-ready pictures from the command line, and list the templates."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from data.keeping.command import run
from data.keeping.home import written_whole
from forecasting.values.scenario import read_scenario
from language import LANGUAGES, Language, UserError
from language.console import console_language
from visuals.studio.catalogue import TEMPLATES, Template, template_name, template_of
from visuals.studio.formats import FORMATS, rendered
from visuals.studio.layout.brand import NEUTRAL, read_brand
from visuals.studio.layout.sizes import SIZES, size_of
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material
from visuals.studio.material.meeting import ADDRESS
from visuals.studio.material.order import completed
from visuals.studio.material.whatif import most_changed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; bad input gives one sentence and exit code 2."""
    return run(_parser(), arguments)


def _templates(_options: argparse.Namespace, lang: Language) -> None:
    for template_id in TEMPLATES:
        print(f"{template_id}\t{template_name(template_id, lang)}")


def _render(options: argparse.Namespace, _lang: Language) -> None:
    ending = options.out.suffix.lower()
    if ending not in FORMATS:
        raise UserError("The name of {file} must end in one of: {known}.", file=options.out, known=", ".join(FORMATS))
    template, size = template_of(options.template), size_of(options.size)
    content = rendered(template, _material(options, template), size, ending, scale=options.scale)
    try:
        with written_whole(options.out) as temporary:
            temporary.write_bytes(content)
            temporary.chmod(0o644)
    except OSError as error:
        raise UserError("{file} cannot be written: {what}.", file=options.out, what=error.strerror) from error


def _material(options: argparse.Namespace, template: Template) -> Material:
    material = gather(
        options.area,
        options.lang,
        at=_moment(options.at) if options.at else None,
        zone_id=options.zone,
        brand=read_brand(options.brand) if options.brand else NEUTRAL,
        scenario=read_scenario(options.scenario) if options.scenario else None,
    )
    if template.id == "scenario" and not (options.at or options.zone):
        return most_changed(material)
    return completed(material, template.id, options.session, options.address)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError("'{text}' is not a moment. Write it like 2026-07-31T08:00.", text=text) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m visuals", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    listing = commands.add_parser("templates", help="list the templates, id first")
    listing.set_defaults(run=_templates)
    render = commands.add_parser("render", help="make one picture; it says 'concept' until colleagues approve it")
    render.add_argument("--area", required=True, metavar="A", help="id of the area")
    render.add_argument("--template", required=True, metavar="T", help=", ".join(TEMPLATES))
    render.add_argument("--size", required=True, metavar="SIZE", help=", ".join(SIZES))
    render.add_argument("--out", required=True, type=Path, metavar="FILE", help="ends in .png, .svg, .pdf or .gif")
    render.add_argument("--at", metavar="T", help="moment to show (area time; default: the busiest to come)")
    render.add_argument("--zone", metavar="Z", help="place to show (default: the one that gets busiest)")
    render.add_argument("--scenario", type=Path, metavar="FILE", help="a scenario.json (default: an example)")
    render.add_argument("--session", metavar="NAME", help="name of a session (default: the next one)")
    render.add_argument("--address", default=ADDRESS, metavar="URL", help="where the app is reached, for QR codes")
    render.add_argument("--brand", type=Path, metavar="FILE", help="a brand.toml (default: the neutral brand)")
    render.add_argument("--scale", type=int, choices=(1, 2), default=1, help="2: a PNG of twice the pixels each way")
    render.set_defaults(run=_render)
    for command in (listing, render):
        command.add_argument(
            "--lang", choices=LANGUAGES, default=console_language(), help="language of the picture and the answers"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
