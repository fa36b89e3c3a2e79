"""What the guides for who runs a server let people type: each command that can run in a clean folder is run."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.upkeep.copies import copy_to
from streamlit_app.serving.__main__ import MOST

ROOT = Path(__file__).parents[3]
GUIDES = ("beheer-server.md", "zaal.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON = ".venv/bin/python "
LONG = "forecasting update"
"""Fetches and trains: has tests of its own."""


def commands(guide: str) -> list[str]:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    return [line for block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]


def test_every_command_of_the_project_does_what_the_guide_says(tmp_path: Path) -> None:
    home, written = tmp_path / "var", tmp_path / "written"
    where = {**os.environ, "CSM_HOME": str(home), "PYTHONPATH": str(ROOT)}
    typed = dict.fromkeys(one for guide in GUIDES for one in commands(guide) if PYTHON in one and LONG not in one)
    assert len(typed) >= 10
    for command in sorted(typed, key=lambda one: " init" not in one):
        line = command.replace("/etc/systemd/system", str(written)).replace("/etc/nginx/conf.d", str(written))
        line = line.replace("/mnt/elders/drukte", str(tmp_path / "elsewhere")).replace("CSM_HOME=/srv/drukte/var ", "")
        written.mkdir(exist_ok=True)
        if "elsewhere" in line:
            with pytest.MonkeyPatch.context() as patched:
                patched.setenv("CSM_HOME", str(home))
                copy_to(tmp_path / "elsewhere")
        line = line.replace(PYTHON, f"{shlex.quote(sys.executable)} ")
        done = subprocess.run(["bash", "-ec", line], cwd=ROOT, env=where, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    for path in written.glob("*.service"):
        _well_formed(path)
    for path in written.glob("*.conf"):
        _taken_by_nginx(path, tmp_path)


def _well_formed(unit: Path) -> None:
    sections = re.findall(r"^\[(\w+)\]$", unit.read_text("utf-8"), re.MULTILINE)
    assert sections == ["Unit", "Service", "Install"]


def _taken_by_nginx(part: Path, folder: Path) -> None:
    """Let nginx itself read what is written for it, where it is installed (a test machine need not have it)."""
    nginx = shutil.which("nginx", path=f"/usr/sbin:{os.environ['PATH']}")
    if nginx is None:
        return
    text = part.read_text("utf-8").replace("/var/lib/nginx/crowd-notebook", str(folder / "kept"))
    text = re.sub(r"ssl_certificate(_key)? .*?;", "", text).replace(" ssl http2;", ";")
    text = text.replace("/var/log/nginx/crowd-notebook.log", str(folder / "log"))
    (folder / "kept").mkdir(exist_ok=True)
    whole = folder / "nginx.conf"
    whole.write_text(f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{text}}}\n", "utf-8")
    done = subprocess.run([nginx, "-t", "-c", str(whole), "-e", "stderr"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("guide", GUIDES)
def test_every_line_is_one_that_a_shell_understands(guide: str) -> None:
    for command in commands(guide):
        done = subprocess.run(["bash", "-nc", command], capture_output=True, text=True)
        assert done.returncode == 0, command


def test_what_make_is_asked_for_is_there() -> None:
    goals = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = {
        goal
        for guide in (*GUIDES, "scale.md")
        for goal in re.findall(r"(?:`|^|-- )make ([a-z-]+)", (ROOT / "docs" / guide).read_text("utf-8"), re.MULTILINE)
    }
    assert {"setup", "serve", "backup-drill"} <= asked <= goals


@pytest.mark.parametrize("number", ["0", str(MOST + 1), "two"])
def test_a_number_of_workers_that_makes_no_sense_is_refused_in_a_sentence(number: str) -> None:
    command = [sys.executable, "-m", "streamlit_app.serving", "--workers", number, "site"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "--workers" in done.stderr.splitlines()[-1]
