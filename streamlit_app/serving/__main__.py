"""``python -m streamlit_app.serving``, or ``make serve WORKERS=2``: the app in several processes behind one proxy.

The processes listen on the ports after that of the proxy, on this machine only.

``run`` starts them with a proxy of their own, in the foreground; ``run --no-proxy`` without, for a service behind
Debian's nginx. ``site`` and ``units`` print what that machine needs: a file for nginx and one for systemd.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.keeping.command import quiet_when_unread
from feedback.people.codes import keyed
from language import UserError, language
from language.console import console_language
from streamlit_app.serving.proxy import Site, part, program, whole
from streamlit_app.serving.units import service
from streamlit_app.serving.workers import House, Kept, worker

MOST: Final = 16
_KEPT: Final = Path("/var/lib/nginx/crowd-notebook")
_LOG: Final = Path("/var/log/nginx/crowd-notebook.log")


def main() -> None:
    """Read the arguments and do what they ask."""
    with quiet_when_unread():
        _do()


def _do() -> None:
    parser = argparse.ArgumentParser(prog="python -m streamlit_app.serving", description=__doc__)
    parser.add_argument("--workers", type=_number, default=2, help="how many processes serve (2)")
    parser.add_argument(
        "--port", type=int, default=8501, help="where people find the app; the workers listen behind it"
    )
    parser.add_argument("--address", default="0.0.0.0", help="on which address of the machine the proxy listens")  # noqa: S104
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="serve until it is ended; SIGHUP starts the processes again one by one")
    run.add_argument("--no-proxy", action="store_true", help="without a proxy of its own")
    site = commands.add_parser("site", help="print a file for the folder conf.d of Debian's nginx")
    site.add_argument("--name", default="_", help="the name of the machine in addresses")
    site.add_argument("--certificate", type=Path, help="file of the TLS certificate")
    site.add_argument("--key", type=Path, help="file of its key")
    site.add_argument("--folder", type=Path, default=_KEPT, help="where the proxy keeps scripts of pages")
    site.add_argument("--log", type=Path, default=_LOG, help="where it writes requests down")
    units = commands.add_parser("units", help="print a service for systemd")
    units.add_argument("--user", default="crowd", help="the user of the system by whom it is run")
    options = parser.parse_args()
    lang = language(console_language())
    ports = [options.port + number for number in range(1, options.workers + 1)]
    try:
        if options.command == "site":
            listen, tls = "443" if options.certificate else "80", (options.certificate, options.key)
            print(part(Site(ports, listen, options.folder, options.log, options.name, *tls)), end="")
        elif options.command == "units":
            print(service(options.user, options.workers, options.port), end="")
        else:
            _run(ports, options)
    except UserError as error:
        sys.exit(error.say(lang))


def _run(ports: list[int], options: argparse.Namespace) -> None:
    secret = keyed("streamlit cookies", "")
    workers = [worker(port, options.port, secret) for port in ports]
    with TemporaryDirectory(prefix="crowd-notebook-") as name:
        folder, proxy = Path(name), None
        if not options.no_proxy:
            nginx, told = program(), folder / "nginx.conf"
            told.write_text(whole(Site(ports, f"{options.address}:{options.port}", folder)), "utf-8")
            proxy = Kept([nginx, "-c", str(told), "-p", str(folder), "-e", "stderr"])
        House(workers, proxy, lambda said: print(said, flush=True)).run()


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST:
        raise argparse.ArgumentTypeError(f"1 to {MOST}")
    return number


if __name__ == "__main__":
    main()
