"""What systemd is told: one service that keeps the processes of the app running."""

import sys
from pathlib import Path
from typing import Final

from data.keeping.home import home

_ROOT: Final = Path(__file__).parents[2]


def service(user: str, workers: int, port: int) -> str:
    """Return the unit of the service. ``systemctl reload`` starts the processes again one after the other."""
    return f"""[Unit]
Description=Crowd notebook
After=network.target

[Service]
User={user}
WorkingDirectory={_ROOT}
Environment=CSM_HOME={home()}
ExecStart={Path(sys.executable)} -m streamlit_app.serving --workers {workers} --port {port} run --no-proxy
ExecReload=/bin/kill -HUP $MAINPID
Restart=always
RestartSec=2
TimeoutStopSec=60
KillMode=control-group
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={home()}

[Install]
WantedBy=multi-user.target
"""
