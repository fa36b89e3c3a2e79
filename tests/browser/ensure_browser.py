"""Finds a Chromium for the browser tests, and installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW = (
    "The browser tests need Chromium, and it could not be installed here. Install it (on Debian or Ubuntu, as root: "
    "apt-get install chromium) or name one: CHROMIUM=/path/to/chromium make test"
)
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""Draw WebGL without a graphics card, also as root in a container, and leave the network alone.

Only WebGL is drawn as by a graphics card: to draw all else so, without having one, takes a second and more a page."""


def find() -> str | None:
    """Return the path of a Chromium: named by CHROMIUM, on the path, or Playwright's own; else ``None``."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install Chromium: with apt on Debian as root, else Playwright's own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        done = subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        if done.returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Make sure that there is a browser, or stop with one sentence that says how to get one."""
    if find() is None:
        install()
    found = find()
    if found is None:
        sys.exit(HOW)
    print(f"browser: {found}")


if __name__ == "__main__":
    main()
