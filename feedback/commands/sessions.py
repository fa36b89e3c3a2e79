"""Commands on sessions: bring a conversation of pol.is in, show its opinions, and write its files."""

import argparse
import json
from pathlib import Path

from data.keeping.acts import by_owner
from feedback.sessions.polis_store import as_json, import_conversation, polis_files
from feedback.sessions.sessions import session_named
from language import Language


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this module."""
    bring = subparsers.add_parser("import-polis", help="bring an export of pol.is in as a session")
    bring.add_argument("folder", type=Path, metavar="DIR", help="folder with comments.csv and votes.csv")
    bring.add_argument("--session", required=True, metavar="NAME", help="name of the new session")
    bring.add_argument("--area", default="", metavar="A", help="area that it is about")
    bring.add_argument("--invert-votes", action="store_true", help="turn votes: agree is disagree in the export")
    bring.set_defaults(run=_import)
    show = subparsers.add_parser("opinions", help="print opinion groups and consensus of a session")
    show.add_argument("--session", required=True, metavar="NAME", help="name of the session")
    show.add_argument("--groups", choices=("own", "imported"), default="own", help="found here, or of the import")
    show.add_argument("--json", action="store_true", help="print one JSON object")
    show.set_defaults(run=_opinions)
    out = subparsers.add_parser("export-polis", help="write statements and votes of a session as pol.is does")
    out.add_argument("folder", type=Path, metavar="DIR", help="folder to write the files in")
    out.add_argument("--session", required=True, metavar="NAME", help="name of the session")
    out.add_argument(
        "--variant", choices=("consensus", "datetime"), default="consensus", help="columns of comments.csv"
    )
    out.set_defaults(run=_export)


def _import(options: argparse.Namespace, lang: Language) -> None:
    session, conversation = by_owner(
        import_conversation, options.folder, options.session, area=options.area, invert=options.invert_votes
    )
    for sentence in conversation.said(lang):
        print(sentence)
    print(
        lang.t(
            "Session '{name}': {statements} statements, {votes} votes of {voters} people.",
            name=session.name,
            statements=len(conversation.statements),
            votes=len(conversation.votes.drop_duplicates(["voter", "statement"])),
            voters=conversation.votes["voter"].nunique(),
        )
    )


def _opinions(options: argparse.Namespace, lang: Language) -> None:
    answer = as_json(options.session, imported=options.groups == "imported")
    if options.json:
        print(answer)
        return
    found = json.loads(answer)
    print(lang.n("{n} person voted.", "{n} people voted.", found["participants"]))
    for group in found["groups"]:
        print(lang.t("Group {id}: {size} people.", id=group["id"], size=group["size"]))
    if options.groups == "own":
        print(lang.t("The groups were found here. Those that pol.is shows follow the same rules, but may differ."))
    ranked = sorted(found["statements"], key=lambda s: -(s["group_informed_consensus"] or 0))
    for statement in ranked:
        consensus = statement["group_informed_consensus"]
        print(f"{'–' if consensus is None else lang.number(consensus, 2)}  {statement['text']}")


def _export(options: argparse.Namespace, _lang: Language) -> None:
    files = by_owner(polis_files, session_named(options.session), variant=options.variant)
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.folder / name).write_text(text, "utf-8")
        print(options.folder / name)
