"""``python -m forecasting``: train the models of an area, print its forecast, and the nightly update."""

import argparse
import sys
from datetime import datetime

from data.area import Area, load_area
from data.home import SHIPPED
from forecasting.formats import as_geojson, as_json
from forecasting.snapshot import forecast
from language import LANGUAGES, Language, UserError, language


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, or 2 after one sentence on standard error when the user can mend something."""
    options = _parser().parse_args(arguments)
    lang = language(options.lang)
    try:
        area = load_area(options.area)
        return int(options.run(area, options, lang))
    except UserError as error:
        sys.stderr.write(error.say(lang) + "\n")
        return 2


def moment_of(text: str, area: Area) -> datetime:
    """Return an ISO moment as aware; without an offset it is area time. Raises ``UserError`` when it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError("'{text}' is not a moment. Write it like 2026-07-31T08:00.", text=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=area.tz)


def _train(area: Area, options: argparse.Namespace, lang: Language) -> int:
    from forecasting.training import train

    until = moment_of(options.until, area) if options.until else area.now()
    into = SHIPPED / area.id / "models" if options.into == "shipped" else None
    trained = train(area, until, jobs=options.jobs, zone_ids=options.zones, into=into, progress=sys.stderr.isatty())
    say = [
        lang.n("{n} zone trained.", "{n} zones trained.", len(trained.fitted)),
        lang.n("{n} zone was already up to date.", "{n} zones were already up to date.", len(trained.kept)),
    ]
    if trained.short:
        zones = ", ".join(trained.short)
        say.append(lang.t("Too few counts for a full model, so only level and usual pattern: {zones}.", zones=zones))
    if not trained.complete:
        say.append(lang.t("Not all zones have a model yet. Run the command again without --zones."))
    sys.stdout.write("\n".join([*say, str(trained.folder)]) + "\n")
    return 0


def _forecast(area: Area, options: argparse.Namespace, lang: Language) -> int:
    from forecasting.snapshots import obtain

    at = moment_of(options.at, area) if options.at else area.now()
    result = forecast(obtain(area, at, options.hours))
    if options.format == "csv":
        sys.stdout.write(result.csv())
    else:
        text = as_json(result) if options.format == "json" else as_geojson(result, area, lang)
        sys.stdout.write(text + "\n")
    return 0


def _update(area: Area, options: argparse.Namespace, lang: Language) -> int:
    from forecasting.update import update

    done = update(area, moment_of(options.at, area) if options.at else None, jobs=options.jobs)
    sys.stdout.write(done.text(lang) + "\n")
    return 0 if done.complete else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m forecasting", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="train | forecast | update")
    train = commands.add_parser("train", help="fit the models of an area on its counts")
    train.add_argument("--until", metavar="T", help="use no counts at or after T (area time; default: the area's now)")
    train.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    train.add_argument("--zones", nargs="+", metavar="ZONE", help="train only these zones")
    train.add_argument("--into", choices=("home", "shipped"), default="home", help="users' state, or what ships")
    train.set_defaults(run=_train)
    show = commands.add_parser("forecast", help="print the forecast of an area")
    show.add_argument("--at", metavar="T", help="moment of forecasting (area time; default: the area's now)")
    show.add_argument("--hours", type=int, default=168, metavar="N", help="hours ahead (default: 168)")
    show.add_argument("--format", choices=("csv", "geojson", "json"), default="csv")
    show.set_defaults(run=_forecast)
    nightly = commands.add_parser("update", help="the nightly job: fetch, train, issue a forecast, judge earlier ones")
    nightly.add_argument("--at", metavar="T", help="moment of forecasting (area time; default: the area's now)")
    nightly.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    nightly.set_defaults(run=_update)
    for command in (train, show, nightly):
        command.add_argument("--area", required=True, metavar="A", help="id of the area")
        command.add_argument("--lang", choices=LANGUAGES, default="en", help="language of messages and names")
    return parser


if __name__ == "__main__":
    sys.exit(main())
