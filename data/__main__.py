"""The command ``python -m data``: add an area, check its counts, fetch its sources and decide on them."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from data.area.area import list_areas, load_area
from data.area.clock import set_clock
from data.area.investigations import allow_test, end_leave
from data.area.reading import PRESETS, reading_of
from data.area.sources import read_sources, record_decision, record_stance
from data.area.stances import ANSWERS
from data.consent.gate import read
from data.doubts.doubt import in_words
from data.keeping.acts import by_owner
from data.keeping.command import run
from data.quality.quality import report
from data.tables.weather_units import read_units
from data.upkeep.adding import NewArea, add_area
from data.upkeep.asking import ask_all, write_new_area
from data.upkeep.stored_doubts import LOOK_BACK, stored_doubts
from data.upkeep.travelling import unpack_area, write_area
from language import LANGUAGES, Language, UserError
from language.console import console_language


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 when the user can mend what is wrong (one sentence on stderr)."""
    return run(_parser(), arguments)


def _add_area(options: argparse.Namespace, lang: Language) -> None:
    new = NewArea(
        id=options.id,
        names={"nl": options.name, "en": options.name_en or options.name},
        time_zone=options.tz,
        country=options.country,
        counts=options.counts,
        zones=options.zones,
        measure=options.measure,
        subdiv=options.subdiv,
        school_region=options.school_region,
        weather=options.weather,
        weather_units=read_units(options.weather_units),
        events=options.events,
        reading=reading_of(options.columns, options.directions, options.sheet, options.preset),
        replay=options.replay,
        decision="pending" if options.pending else "approved",
        decided_by=options.by,
    )
    for notice in by_owner(add_area, new, replace=options.replace):
        print(in_words(notice, lang))


def _new_area(_options: argparse.Namespace, lang: Language) -> None:
    answers = ask_all(input, lang)
    for notice in by_owner(write_new_area, answers):
        print(in_words(notice, lang))
    print(
        lang.t(
            "Area {area} is made. Nobody has agreed to its counts yet: see 'stance' and 'decide'.", area=answers.area.id
        )
    )


def _pack(options: argparse.Namespace, lang: Language) -> None:
    by_owner(write_area, options.area, options.out)
    print(lang.t("Area {area} is in {file}.", area=options.area, file=options.out.name))


def _unpack(options: argparse.Namespace, lang: Language) -> None:
    area_id = by_owner(unpack_area, options.file, options.id)
    print(lang.t("Area {area} is made. It has no counts yet, and nobody has agreed to its sources.", area=area_id))


def _stance(options: argparse.Namespace, lang: Language) -> None:
    load_area(options.area)
    said = {"why": options.why, "session": options.session}
    by_owner(record_stance, options.area, options.source, options.party, options.answer, **said)
    print(lang.t("Recorded for source {source}.", source=options.source))


def _leave(options: argparse.Namespace, lang: Language) -> None:
    load_area(options.area)
    if options.end:
        by_owner(end_leave, options.area, options.source, options.by, why=options.why)
    else:
        by_owner(allow_test, options.area, options.source, options.by, why=options.why, session=options.session)
    print(lang.t("Recorded for source {source}.", source=options.source))


def _check(options: argparse.Namespace, lang: Language) -> None:
    area = load_area(options.area)
    end = options.end.replace(tzinfo=area.tz) if options.end else area.now()
    start = options.start.replace(tzinfo=area.tz) if options.start else end - LOOK_BACK
    counts = read(area, "counts", start, end)
    known = counts.loc[counts["count"].notna(), "hour"]
    if known.empty:
        raise UserError("Area {area} has no counts in this period. Choose --from and --to.", area=area.id)
    counts = counts[counts["hour"].between(known.min(), known.max())].reset_index(drop=True)
    quality = report(counts, area.tz, area=area.id)
    doubted = stored_doubts(area, counts)
    if options.json:
        named = [doubt.to_dict(lang) for doubt in doubted]
        print(json.dumps({**quality.to_dict(), "doubts": named}, ensure_ascii=False, indent=2))
        return
    print("\n".join([*(in_words(doubt, lang) for doubt in doubted), quality.text(lang)]))


def _areas(_options: argparse.Namespace, lang: Language) -> None:
    for area_id in list_areas():
        print(area_id, load_area(area_id).name(lang), sep="\t")


def _sources(options: argparse.Namespace, _lang: Language) -> None:
    load_area(options.area)
    for source in read_sources(options.area):
        print(source.id, source.kind, source.decision, source.decided_by, source.decided_on or "", sep="\t")


def _decide(options: argparse.Namespace, lang: Language) -> None:
    load_area(options.area)
    by_owner(record_decision, options.area, options.source, options.decision, options.by, options.reason)
    print(lang.t("Recorded for source {source}.", source=options.source))


def _clock(options: argparse.Namespace, lang: Language) -> None:
    area = by_owner(set_clock, load_area(options.area), None if options.live else options.replay)
    now = lang.date(area.now(), "EEEE d MMMM yyyy HH:mm", area.tz)
    print(lang.t("For {area} it is now {moment}.", area=area.name(lang), moment=now))


def _fetch(options: argparse.Namespace, lang: Language) -> int:
    from data.upkeep.fetching import fetch

    area = load_area(options.area)
    results = by_owner(fetch, area, source_id=options.source)
    if options.json:
        print(json.dumps([result.to_dict(lang) for result in results], ensure_ascii=False, indent=2))
    elif not results:
        print(lang.t("No source of {area} has a connector. See docs/data-formats.md.", area=area.id))
    else:
        for result in results:
            print(result.text(lang))
    return 2 if any(result.failure for result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    _areas_parsers(commands)
    _sources_parsers(commands)
    return parser


def _areas_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = _command(commands, "add-area", _add_area, "add an area from counts and zones")
    add.add_argument("id", help="lower-case letters, digits and hyphens")
    add.add_argument("--name", required=True, help="name of the area, in Dutch")
    add.add_argument("--name-en", help="name in English, if it is another")
    add.add_argument("--tz", required=True, help="time zone, such as Europe/Amsterdam")
    add.add_argument("--country", required=True, help="two letters, such as NL")
    add.add_argument("--subdiv", help="province or region, for its public holidays")
    add.add_argument("--school-region", help="region of the school holidays: Noord, Midden or Zuid")
    add.add_argument("--counts", required=True, type=Path, help="CSV, Excel or Parquet: timestamp,zone_id,count")
    add.add_argument("--zones", required=True, type=Path, help="zones.geojson or zones.csv")
    add.add_argument("--weather", type=Path, help="of KNMI, DWD, Met Éireann, Open-Meteo, or a table")
    add.add_argument("--weather-units", default="", help="units of that table, such as wind_ms=km/h,temp_c=°F")
    add.add_argument("--events", type=Path, help="CSV: event_id,name,zone_id,start,end,attendance")
    add.add_argument("--measure", choices=["present", "passages"], default="present", help="what is counted")
    add.add_argument("--columns", default="", help="what columns are: timestamp=Zeit,zone_id=Standort,count=Anzahl")
    add.add_argument("--directions", default="", help="sum, or the name of the one direction that counts")
    add.add_argument("--sheet", default="", help="the sheet of a spreadsheet that holds the counts")
    add.add_argument("--preset", default="", choices=["", *PRESETS], help="how counts of a known system are laid out")
    add.add_argument("--replay", type=datetime.fromisoformat, help="show the week of this moment, not today")
    add.add_argument("--pending", action="store_true", help="stakeholders have not agreed to the data yet")
    add.add_argument("--by", default="importer", help="role of who decided that the data may be used")
    add.add_argument("--replace", action="store_true", help="put it in the place of the area with this id")

    _command(commands, "new-area", _new_area, "ask what a new area needs, and write its files")

    pack = _command(commands, "pack", _pack, "write how an area is described, and what was agreed, as one file")
    pack.add_argument("--area", required=True)
    pack.add_argument("--out", required=True, type=Path)

    unpack = _command(commands, "unpack", _unpack, "make an area of such a file")
    unpack.add_argument("file", type=Path)
    unpack.add_argument("--as", dest="id", help="another id for it")


def _sources_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(commands, "check", _check, "report on the quality of an area's counts")
    check.add_argument("--area", required=True)
    check.add_argument("--from", dest="start", type=datetime.fromisoformat, help="area time; default 10 years back")
    check.add_argument("--to", dest="end", type=datetime.fromisoformat, help="area time; default the area's now")
    check.add_argument("--json", action="store_true")

    _command(commands, "areas", _areas, "list the areas")

    sources = _command(commands, "sources", _sources, "list an area's sources and the decisions on them")
    sources.add_argument("--area", required=True)

    bring = _command(commands, "fetch", _fetch, "fetch the sources that have a connector")
    bring.add_argument("--area", required=True)
    bring.add_argument("--source", help="only the source with this id")
    bring.add_argument("--json", action="store_true")

    clock = _command(commands, "clock", _clock, "let an area follow the real clock, or replay a moment")
    clock.add_argument("--area", required=True)
    mode = clock.add_mutually_exclusive_group(required=True)
    mode.add_argument("--live", action="store_true", help="follow the real clock")
    mode.add_argument("--replay", type=datetime.fromisoformat, help="area time, such as 2026-08-03T08:00")

    stance = _command(commands, "stance", _stance, "note what a party says to a source")
    stance.add_argument("--area", required=True)
    stance.add_argument("--source", required=True)
    stance.add_argument("--party", required=True, help="id in partners.toml")
    stance.add_argument("--answer", required=True, choices=ANSWERS)
    stance.add_argument("--why", default="", help="why it objects, or on what condition it agrees")
    stance.add_argument("--session", default="", help="in which session")

    leave = _command(commands, "leave", _leave, "note the leave for one sealed test of a source, or its end")
    leave.add_argument("--area", required=True)
    leave.add_argument("--source", required=True)
    leave.add_argument("--by", required=True, help="role of who decided")
    leave.add_argument("--why", required=True)
    leave.add_argument("--session", default="", help="in which session leave was given")
    leave.add_argument("--end", action="store_true", help="the leave is withdrawn")

    decide = _command(commands, "decide", _decide, "record a decision of stakeholders on a source")
    decide.add_argument("--area", required=True)
    decide.add_argument("--source", required=True)
    decide.add_argument("--decision", required=True, choices=["approved", "pending", "refused"])
    decide.add_argument("--by", required=True, help="role of who decided")
    decide.add_argument("--reason", default="")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of the answers")
    command.set_defaults(run=run)
    return command


if __name__ == "__main__":
    sys.exit(main())
