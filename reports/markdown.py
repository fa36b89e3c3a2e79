"""The little Markdown in which results are said, as HTML."""

import re
from typing import Final

from markdown_it import MarkdownIt

_DIRECTIVE: Final = re.compile(r":(?:gray|small|red|orange|green|blue)\[")

# HTML in a text is shown, never obeyed; addresses are not made into links that the text does not have.
_RENDERER: Final = MarkdownIt("commonmark", {"html": False})


def as_html(markdown: str) -> str:
    """Return Markdown as HTML; HTML inside it is escaped, and Streamlit's colours are left out."""
    return str(_RENDERER.render(without_colours(markdown)))


def as_html_line(markdown: str) -> str:
    """Return one line of Markdown as HTML that stands inside a paragraph."""
    return str(_RENDERER.renderInline(without_colours(markdown)))


def without_colours(markdown: str) -> str:
    """Return Markdown without Streamlit's own ``:gray[…]`` and ``:small[…]``."""
    found = _DIRECTIVE.search(markdown)
    while found:
        end = _closing(markdown, found.end())
        markdown = markdown[: found.start()] + markdown[found.end() : end] + markdown[end + 1 :]
        found = _DIRECTIVE.search(markdown)
    return markdown


def _closing(text: str, start: int) -> int:
    """Return where the bracket that is open at ``start`` closes; the end of the text when it does not."""
    depth = 1
    for index in range(start, len(text)):
        depth += {"[": 1, "]": -1}.get(text[index], 0)
        if depth == 0:
            return index
    return len(text)
