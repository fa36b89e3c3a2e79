"""``python -m forecasting``: train an area's models, print its forecast, test how good it is, update it nightly."""

import argparse
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from data.area.area import Area, load_area
from data.consent.newest import counted_until
from data.keeping.acts import by_owner
from data.keeping.command import run
from data.keeping.home import SHIPPED
from forecasting import commands_sealed, commands_thresholds
from forecasting.inputs.history import HISTORY_DAYS, WEATHER_KNOWN
from forecasting.snapshot.computing import doubts_of, forecast
from forecasting.snapshot.unknown import check_known, unknown_sentences
from forecasting.values.formats import as_geojson, as_json
from forecasting.values.scenario import read_scenario
from forecasting.values.timing import timing_of
from language import LANGUAGES, Language, UserError
from language.console import console_language
from language.said import fact


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return 0, or 2 after one sentence on standard error when the user can mend something."""
    return run(_parser(), arguments)


def moment_of(text: str, area: Area) -> datetime:
    """Return an ISO moment as aware; without an offset it is area time. Raises ``UserError`` when it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError("'{text}' is not a moment. Write it like 2026-07-31T08:00.", text=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=area.tz)


def _train(options: argparse.Namespace, lang: Language) -> int:
    from forecasting.training.progress import as_bar
    from forecasting.training.second_week_fit import learn_second_week
    from forecasting.training.training import train
    from forecasting.training.workers import workers

    area = load_area(options.area)
    until = moment_of(options.until, area) if options.until else area.now()
    into = SHIPPED / area.id / "models" if options.into == "shipped" else None
    with workers(options.jobs, options.scheduler) as work, as_bar(sys.stderr.isatty()) as progress:
        trained = by_owner(train, area, until, zone_ids=options.zones, into=into, progress=progress, work=work)
    if trained.complete:
        by_owner(learn_second_week, area, trained.folder)
    say = [
        lang.n("{n} place trained.", "{n} places trained.", len(trained.fitted)),
        lang.n("{n} place was already up to date.", "{n} places were already up to date.", len(trained.kept)),
    ]
    if trained.short:
        zones = ", ".join(trained.short)
        say.append(
            lang.t(
                "Too few counts for a full model, so only level and usual pattern: {zones}.", zones=fact(zones, "count")
            )
        )
    if trained.unknown:
        zones = ", ".join(trained.unknown)
        say.append(lang.t("No forecast, because too little was counted there: {zones}.", zones=fact(zones, "count")))
    if not trained.complete:
        say.append(lang.t("Not all places have a model yet. Run the command again without --zones."))
    sys.stdout.write("\n".join([*say, str(trained.folder)]) + "\n")
    return 0


def _second_week(options: argparse.Namespace, lang: Language) -> int:
    from forecasting.training.second_week_fit import learn_second_week

    area = load_area(options.area)
    found = by_owner(learn_second_week, area, SHIPPED / area.id / "models" if options.into == "shipped" else None)
    count = len(found.moments)
    sys.stdout.write(lang.n("Learned from {n} past forecast.", "Learned from {n} past forecasts.", count) + "\n")
    return 0


def _forecast(options: argparse.Namespace, lang: Language) -> int:
    from forecasting.snapshot.snapshot_files import obtain

    area = load_area(options.area)
    at = moment_of(options.at, area) if options.at else area.now()
    scenario = read_scenario(options.scenario) if options.scenario else None
    snapshot = obtain(area, at, options.hours)
    timing = timing_of(area, snapshot.cutoff, counted_until(area, snapshot.cutoff))
    result = replace(forecast(snapshot, scenario), timing=timing)
    check_known(snapshot, result)
    for sentence in unknown_sentences(snapshot, result, area, lang):
        sys.stderr.write(sentence + "\n")
    if scenario is not None:
        for doubt in doubts_of(snapshot, scenario):
            sys.stderr.write(doubt.text(lang) + "\n")
    if options.format == "csv":
        sys.stdout.write(result.csv())
    else:
        text = as_json(result) if options.format == "json" else as_geojson(result, area, lang)
        sys.stdout.write(text + "\n")
    return 0


def _backtest(options: argparse.Namespace, lang: Language) -> int:
    from forecasting.evaluation import backtest, backtest_result, backtest_table

    area = load_area(options.area)
    cutoffs = tuple(moment_of(text, area) for text in options.cutoff or ())
    plan = backtest.Plan(
        cutoffs or backtest.mondays(area, options.cutoffs, options.horizon),
        options.horizon,
        options.weather,
        options.baselines,
        options.missing / 100,
        options.history,
    )
    progress = sys.stderr.isatty()
    result, hours, days = by_owner(
        backtest.run, area, plan, jobs=options.jobs, progress=progress, scheduler=options.scheduler
    )
    path = by_owner(backtest_result.save, result, hours, days, shipped=options.into == "shipped")
    if options.json:
        sys.stdout.write(result.model_dump_json(exclude={"week"}, indent=1) + "\n")
    else:
        sys.stdout.write(backtest_table.as_table(result, lang) + f"\n{path}\n")
    return 0


def _update(options: argparse.Namespace, lang: Language) -> int:
    from forecasting.training.progress import as_bar, as_line
    from forecasting.update import update

    area = load_area(options.area)
    at = moment_of(options.at, area) if options.at else None
    with as_bar(sys.stderr.isatty() and not options.progress) as bar:
        done = by_owner(update, area, at, jobs=options.jobs, progress=as_line if options.progress else bar)
    sys.stdout.write(done.text(lang) + "\n")
    return 0 if done.complete else 2


def _add_second_week(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    second = commands.add_parser("second-week", help="learn how sure days 8 to 14 are, beside models that are there")
    second.add_argument("--into", choices=("home", "shipped"), default="home", help="users' state, or what ships")
    second.set_defaults(run=_second_week)
    return second


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m forecasting", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="train | second-week | forecast | backtest | …")
    fit = commands.add_parser("train", help="fit the models of an area on its counts")
    fit.add_argument("--until", metavar="T", help="use no counts at or after T (area time; default: the area's now)")
    fit.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    fit.add_argument("--zones", nargs="+", metavar="ZONE", help="train only these zones")
    fit.add_argument("--into", choices=("home", "shipped"), default="home", help="users' state, or what ships")
    fit.set_defaults(run=_train)
    second = _add_second_week(commands)
    show = commands.add_parser("forecast", help="print the forecast of an area")
    show.add_argument("--at", metavar="T", help="moment of forecasting (area time; default: the area's now)")
    show.add_argument("--hours", type=int, default=168, metavar="N", help="hours ahead (default: 168)")
    show.add_argument("--scenario", type=Path, metavar="FILE", help="a scenario.json: what is to be different")
    show.add_argument("--format", choices=("csv", "geojson", "json"), default="csv")
    show.set_defaults(run=_forecast)
    test = commands.add_parser("backtest", help="compare forecasts of past moments with what came")
    moments = test.add_mutually_exclusive_group()
    moments.add_argument(
        "--cutoffs", type=int, default=4, metavar="N", help="evenly spaced Mondays of the last year (default: 4)"
    )
    moments.add_argument("--cutoff", nargs="+", action="extend", metavar="T", help="these moments (area time)")
    test.add_argument("--horizon", type=int, default=168, metavar="H", help="hours ahead (default: 168)")
    test.add_argument(
        "--weather",
        choices=WEATHER_KNOWN,
        default="forecast",
        help="known of the weather ahead: as forecast then (default), no weather at all, what is typical, what came",
    )
    test.add_argument(
        "--baselines",
        choices=("simple", "standard", "all"),
        default="standard",
        help="simple: last week and the 8-week median; standard: also LightGBM; all: also Prophet out of the box, slow",
    )
    test.add_argument(
        "--missing", type=float, default=5, metavar="P", help="score zones with at most P %% unknown (default: 5)"
    )
    test.add_argument("--history", type=int, default=HISTORY_DAYS, metavar="DAYS", help="use so many days of counts")
    test.add_argument("--json", action="store_true", help="print one JSON object")
    test.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    test.add_argument("--into", choices=("home", "shipped"), default="home", help="users' state, or what ships")
    test.set_defaults(run=_backtest)
    nightly = commands.add_parser("update", help="the nightly job: fetch, train, issue a forecast, judge earlier ones")
    nightly.add_argument("--at", metavar="T", help="moment of forecasting (area time; default: the area's now)")
    nightly.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    nightly.add_argument(
        "--progress", action="store_true", help="write a line of JSON for each step of training, for a program"
    )
    nightly.set_defaults(run=_update)
    for command in (fit, test):
        command.add_argument(
            "--scheduler", metavar="ADDRESS", help="work on the Dask cluster of this scheduler, like tcp://host:8786"
        )
    thresholds, sealed = commands_thresholds.add_command(commands), commands_sealed.add_command(commands)
    for command in (fit, second, show, test, nightly, thresholds, sealed):
        command.add_argument("--area", required=True, metavar="A", help="id of the area")
        command.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of the answers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
