"""The command that tells what taking part costs and brings, in short or as a spreadsheet with live formulas."""

import argparse
from pathlib import Path

from data.area.area import load_area
from data.keeping.home import written_whole
from language import Language


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of this module."""
    costs = subparsers.add_parser("costs", help="what taking part costs and brings")
    costs.add_argument("--area", required=True, metavar="A", help="id of the area")
    costs.add_argument("--out", type=Path, metavar="FILE", help="write it as a spreadsheet (.xlsx) with live formulas")
    costs.set_defaults(run=_costs)


def _costs(options: argparse.Namespace, lang: Language) -> None:
    from response.costs.case_words import meaning, measured_words
    from response.costs.measured import case_in_use
    from response.costs.outcome import net_present_value
    from response.costs.spreadsheet import costs_file

    area = load_area(options.area)
    case, measured = case_in_use(area)
    net = net_present_value(case)
    title = lang.t("Costs and benefits, {area}", area=area.name(lang))
    if options.out:
        with written_whole(options.out) as temporary:
            temporary.write_bytes(costs_file(case, title, lang))
            temporary.chmod(0o644)
    print(title)
    if any(item.example for item in case.items):
        print(lang.t("EXAMPLE FIGURES. Nobody vouches for the amounts that are marked as examples."))
    print(meaning(net, case, lang))
    row = lang.t(
        "Net present value in euros: {expected} (from {low} to {high}).",
        expected=lang.number(net.expected, 2),
        low=lang.number(net.low, 2),
        high=lang.number(net.high, 2),
    )
    print(row)
    for item in case.items:
        if item.id in measured:
            print(f"{item.name(lang)}: {measured_words(measured[item.id], lang)}")
