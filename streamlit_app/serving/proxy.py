"""What nginx is told: which process serves whom, what it may keep, and what it writes down.

A browser stays with one process, because its page lives there. A cookie names it; the first answer sets it, and when
that process is gone another one answers and the cookie names that one from then on. A hash of an address or a cookie
would send browsers back as soon as a process returns, while their pages stay elsewhere
(docs/decisions/0037-several-processes.md).
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from language import LANGUAGES, UserError, language, message_id
from streamlit_app.access.cookies import WORKER

_COMPRESSED: Final = (
    "application/geo+json application/javascript application/json application/wasm application/xml font/ttf "
    "image/svg+xml text/calendar text/css text/csv text/javascript text/plain"
)
_BODY: Final = "60m"
"""Somewhat more than a file may have, so that the app itself says in a sentence what is too much."""

_RESTING: Final = message_id("The app is restarting. This page tries again by itself in a few seconds.")


@dataclass(frozen=True)
class Site:
    """What is served: the ports of the ``workers`` on this machine, and the address at which the proxy listens.

    With a ``certificate`` and its ``key`` it listens for TLS. ``folder`` is for what the proxy keeps and writes.
    """

    workers: Sequence[int]
    listen: str
    folder: Path
    log: Path | None = None
    name: str = "_"
    certificate: Path | None = None
    key: Path | None = None


def program() -> str:
    """Return where nginx is. Raises ``UserError`` when it is not installed."""
    found = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") or shutil.which("nginx")
    if found is None:
        raise UserError("The proxy nginx is missing. On Debian or Ubuntu: apt install nginx-light")
    return found


def whole(site: Site) -> str:
    """Return the configuration of an nginx of one's own, which runs in the foreground, as any user."""
    kept = "\n".join(
        f"    {name}_temp_path {site.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Started by root it would serve as somebody else, who may not read the folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    return f"""# Written by python -m streamlit_app.serving.
{user}daemon off;
pid {site.folder}/nginx.pid;
error_log stderr emerg;
worker_processes 1;
worker_rlimit_nofile 8192;
events {{
    worker_connections 4096;
}}
http {{
    default_type application/octet-stream;
{kept}
    tcp_nodelay on;
    server_tokens off;
{_indented(part(site))}
}}
"""


def part(site: Site) -> str:
    """Return what stands inside ``http { … }``: for Debian's nginx a file of its own in ``conf.d``."""
    return "\n\n".join([_workers(site), _logging(site), _server(site)]) + "\n"


def _workers(site: Site) -> str:
    """Who serves whom: drawn at first, then by the cookie; the others stand by."""
    names = {f"w{number}": port for number, port in enumerate(site.workers, 1)}
    share = 100 / len(names)
    drawn = [f"    {share:.2f}% {name};" for name in list(names)[:-1]] + [f"    * {list(names)[-1]};"]
    upstreams = []
    for name, own in names.items():
        others = [f"    server 127.0.0.1:{port} max_fails=0 backup;" for port in names.values() if port != own]
        upstreams.append("\n".join([f"upstream {name} {{", f"    server 127.0.0.1:{own} max_fails=0;", *others, "}"]))
    return "\n".join(
        [
            'split_clients "$request_id" $drawn_worker {',
            *drawn,
            "}",
            f"map $cookie_{WORKER} $asked_worker {{",
            "    default $drawn_worker;",
            *(f"    {name} {name};" for name in names),
            "}",
            *upstreams,
            "# After a failure there are several addresses here: the last one answered.",
            "map $upstream_addr $answering_worker {",
            '    default "";',
            *(f'    "~127\\.0\\.0\\.1:{port}$" {name};' for name, port in names.items()),
            "}",
            "map $http_x_forwarded_proto $outside_scheme {",
            "    default $scheme;",
            "    https https;",
            "}",
            "map $outside_scheme $only_by_tls {",
            '    default "";',
            '    https "; Secure";',
            "}",
            f'map "$cookie_{WORKER}:$answering_worker" $told_worker {{',
            f'    default "{WORKER}=$answering_worker; Path=/; HttpOnly; SameSite=Lax$only_by_tls";',
            '    "~:$" "";',
            *(f'    "{name}:{name}" "";' for name in names),
            "}",
            "map $http_upgrade $upgrade_or_close {",
            "    default upgrade;",
            '    "" close;',
            "}",
        ]
    )


def _logging(site: Site) -> str:
    """What is written down: no addresses of people, no codes, and nothing of a query."""
    return "\n".join(
        [
            "map $uri $is_logged {",
            "    default 1;",
            '    "~*enter" 0;',
            "}",
            "log_format without_people '$time_iso8601 $status $request_method $uri $body_bytes_sent $request_time "
            "$upstream_addr';",
            f"proxy_cache_path {site.folder}/kept levels=1 keys_zone=csm_static:2m max_size=200m inactive=30d "
            "use_temp_path=off;",
        ]
    )


def _server(site: Site) -> str:
    tls = site.certificate is not None
    lines = [
        "server {",
        f"    listen {site.listen}{' ssl http2' if tls else ''};",
        f"    server_name {site.name};",
        *([f"    ssl_certificate {site.certificate};", f"    ssl_certificate_key {site.key};"] if tls else []),
        *(["    ssl_protocols TLSv1.2 TLSv1.3;", "    ssl_session_cache shared:csm:2m;"] if tls else []),
        f"    client_max_body_size {_BODY};",
        "    gzip on;",
        "    gzip_vary on;",
        "    gzip_proxied any;",
        "    gzip_comp_level 6;",
        "    gzip_min_length 1000;",
        f"    gzip_types {_COMPRESSED};",
        f"    access_log {site.log or site.folder / 'access.log'} without_people if=$is_logged;",
        "    # What nginx calls an error holds addresses of people and codes in paths.",
        "    error_log /dev/null emerg;",
        *_INSIDE,
        "    add_header Set-Cookie $told_worker always;",
        "    error_page 502 504 = @resting;",
        "    location / {",
        "        proxy_pass http://$asked_worker;",
        "    }",
        *_STATIC,
        *_PROOF,
        "    location @resting {",
        "        internal;",
        "        default_type text/html;",
        "        charset utf-8;",
        "        add_header Retry-After 5 always;",
        "        add_header Cache-Control no-store always;",
        f"        return 503 '{_resting_page()}';",
        "    }",
        "}",
    ]
    return "\n".join([*lines, *(_plain(site) if tls else [])])


def _plain(site: Site) -> list[str]:
    """Lead from the address without TLS to that with it."""
    return [
        "server {",
        "    listen 80;",
        f"    server_name {site.name};",
        "    access_log off;",
        "    error_log /dev/null emerg;",
        *_PROOF,
        "    location / {",
        "        return 301 https://$host$request_uri;",
        "    }",
        "}",
    ]


_PROOF: Final = (
    "    # By this who gives out certificates sees that the name is ours.",
    "    location /.well-known/acme-challenge/ {",
    "        root /var/www/html;",
    "    }",
)
_INSIDE: Final = (
    "    proxy_http_version 1.1;",
    "    proxy_set_header Host $http_host;",
    "    proxy_set_header Upgrade $http_upgrade;",
    "    proxy_set_header Connection $upgrade_or_close;",
    "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "    proxy_set_header X-Forwarded-Proto $outside_scheme;",
    "    # The proxy compresses, so that Python need not.",
    '    proxy_set_header Accept-Encoding "";',
    "    proxy_connect_timeout 2s;",
    "    proxy_read_timeout 3600s;",
    "    proxy_send_timeout 60s;",
    "    # What people send is kept in memory only, here too.",
    "    proxy_request_buffering off;",
    "    proxy_max_temp_file_size 0;",
)
_STATIC: Final = (
    "    # Scripts and fonts of Streamlit: the same for everybody. Nothing else is kept here; what a browser may keep",
    "    # of the rest the app says itself, by who asks.",
    "    location /static/ {",
    "        proxy_pass http://$asked_worker;",
    "        proxy_cache csm_static;",
    "        proxy_cache_key $uri;",
    "        proxy_cache_lock on;",
    "        proxy_cache_use_stale error timeout updating;",
    "    }",
)


def _resting_page() -> str:
    said = "".join(f"<p lang={code}>{language(code).t(_RESTING)}</p>" for code in LANGUAGES)
    return f"<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=5><title>…</title>{said}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
