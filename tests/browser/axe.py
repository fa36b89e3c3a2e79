"""What axe-core finds on a page that keeps people out."""

from typing import Any, Final

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page

CONTENT: Final = {"exclude": [["[data-testid=stSidebar]"]]}
"""What is ours. On a phone, Streamlit's own navigation has headings among the items of a list."""

_ONLY: Final = {"resultTypes": ["violations"]}
"""To write down also all that is in order takes axe four times as long."""

_STILL: Final = """() => document.getAnimations().every(
  animation => animation.playState !== "running" || animation.effect.getComputedTiming().iterations === Infinity)"""
"""While a colour changes to another, its contrast is that of neither."""


def barriers(page: Page, where: dict[str, Any] | str | None = None, *, also_minor: bool = False) -> list[str]:
    """Return what axe finds ``where`` (axe's context) on a page that is serious or critical, with its first element."""
    page.wait_for_function(_STILL)
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:160]}"
        for fault in Axe().run(page, where, _ONLY)["violations"]
        if also_minor or fault["impact"] in ("serious", "critical")
    ]
