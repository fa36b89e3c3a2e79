"""The commands on effects: what is known of each card, and the files of the practice world that it is tried on."""

import argparse

from data.area.area import load_area
from data.area.effects import adopted_effects
from language import Language


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of this module."""
    found = subparsers.add_parser("effects", help="what each card did, measured against what was forecast before")
    found.add_argument("--area", required=True, metavar="A", help="id of the area")
    found.add_argument("--card", metavar="CARD", help="only this card")
    found.add_argument("--json", action="store_true", help="the figures, for other programs")
    found.set_defaults(run=_effects)


def _effects(options: argparse.Namespace, lang: Language) -> None:
    from response.cards.history import read_playbook
    from response.effects.effect_words import adopted_sentence, card_title, grounds, verdict
    from response.effects.figures import findings_json
    from response.effects.reading import findings

    area = load_area(options.area)
    found, adopted = findings(area, options.card), adopted_effects(area.id)
    if options.json:
        print(findings_json(found, adopted))
        return
    if not found:
        print(lang.t("Nothing was done yet of which an effect could be measured."))
    playbook = read_playbook(area)
    for one in found:
        mark = lang.t("DEMO DATA") + " · " if one.practice else ""
        print(f"{mark}{card_title(one, playbook, lang)}: {verdict(one, lang)}")
        for sentence in grounds(one, area, lang):
            print(f"  {sentence}")
        decision = adopted.get(one.measure or "")
        if decision is not None:
            print(f"  {adopted_sentence(decision, lang)}")
