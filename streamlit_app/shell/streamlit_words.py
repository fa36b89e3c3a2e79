"""The words that Streamlit itself puts on a page, in the language of that page.

Streamlit knows English only. What stands here is found on the page by its English text, in fields, file uploaders,
lists, date pickers, toolbars and the menu, and changed where it stands: Streamlit does not read back what it wrote.
What people and this app wrote is left alone, and so is what Streamlit paints instead of writing: the inside of tables.
"""

import re
from typing import Final

from language import Language
from language.catalogue import message_id

WORDS: Final = (
    message_id("Press Enter to apply"),
    message_id("Press Enter to submit form"),
    message_id("Press {key}+Enter to apply"),
    message_id("Press {key}+Enter to submit form"),
    message_id("Choose an option"),
    message_id("Choose options"),
    message_id("No options to select"),
    message_id("No results"),
    message_id("Select all"),
    message_id("Select {n} matches"),
    message_id("Clear all"),
    message_id("Open"),
    message_id("Remove {what}"),
    message_id("Selected values"),
    message_id("Clear value"),
    message_id("Clear entry"),
    message_id("Clear time"),
    message_id("Clear date"),
    message_id("Clear date and time"),
    message_id("Choose date"),
    message_id("Choose date and time"),
    message_id("Use arrow keys to navigate dates. Enter to select. Escape to close."),
    message_id("Time"),
    message_id("Decrement"),
    message_id("Increment"),
    message_id("Number is outside the allowed range. Please enter a value between {low} and {high}."),
    message_id("Number is below the allowed range. Please enter a value greater than or equal to {low}."),
    message_id("Number is above the allowed range. Please enter a value less than or equal to {high}."),
    message_id("Show password"),
    message_id("Hide password"),
    message_id("Upload"),
    message_id("Add files"),
    message_id("Drag and drop a file here"),
    message_id("{size} per file"),
    message_id("Error:"),
    message_id("{kind} files are not allowed."),
    message_id("File must be {size} or smaller."),
    message_id("Only one file is allowed."),
    message_id("File size is too small."),
    message_id("Unexpected error. Please try again."),
    message_id("Fullscreen"),
    message_id("Fullscreen: {what}"),
    message_id("Close fullscreen"),
    message_id("Search"),
    message_id("Show/hide columns"),
    message_id("Clear selection"),
    message_id("Copy to clipboard"),
    message_id("Link to heading"),
    message_id("Main menu"),
    message_id("Print"),
    message_id("Record a screencast"),
    message_id("Record screen"),
    message_id("Sidebar"),
    message_id("App pages"),
    message_id("Running..."),
    message_id("Connecting"),
    message_id("Stop"),
    message_id("Page not found"),
    message_id("The page that you have requested does not seem to exist. Running the app's main page."),
    message_id(
        "You have requested page /{page}, but no corresponding file was found in the app's pages/ directory. "
        "Running the app's main page."
    ),
)
"""Streamlit's texts, with ``{fields}`` for what differs; a test finds each in the Streamlit that is installed."""

SCRIPT: Final = """
const translating = ({ exact, shaped }) => {
  const known = new Map(exact)
  const shapes = shaped.map(([pattern, text]) => [new RegExp(pattern), text])
  const attributes = ["aria-label", "placeholder", "title"]
  const others = "[data-testid=stMarkdownContainer], [role=grid], [contenteditable], svg, canvas, style, script"
  const said = text => {
    const trimmed = text.trim()
    if (!trimmed || trimmed.length > 200) return
    if (known.has(trimmed)) return text.replace(trimmed, () => known.get(trimmed))
    for (const [shape, becomes] of shapes)
      if (shape.test(trimmed)) return text.replace(trimmed, () => trimmed.replace(shape, becomes))
  }
  // A file uploader's button is Markdown too, and Streamlit's own.
  const ours = element => element.closest(others) && !element.closest("[data-testid=stFileUploader] button")
  const before = []
  const text = node => {
    if (!node.parentElement || ours(node.parentElement)) return
    const was = node.data
    const becomes = said(was)
    if (becomes === undefined) return
    node.data = becomes
    before.push(() => { if (node.data === becomes) node.data = was })
  }
  const attribute = (element, name) => {
    const was = element.getAttribute(name)
    const becomes = was && said(was)
    if (!becomes) return
    element.setAttribute(name, becomes)
    before.push(() => { if (element.getAttribute(name) === becomes) element.setAttribute(name, was) })
  }
  const under = root => {
    if (root.nodeType === Node.TEXT_NODE) return text(root)
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest("svg, canvas")) return
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) text(walk.currentNode)
    for (const element of [root, ...root.querySelectorAll("[aria-label], [placeholder], [title]")])
      for (const name of attributes) attribute(element, name)
  }
  const changed = changes => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === "characterData") text(target)
      else if (type === "attributes") attribute(target, attributeName)
      else addedNodes.forEach(under)
    }
  }
  const seen = new MutationObserver(changed)
  seen.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  })
  under(document.body)
  return () => {
    seen.disconnect()
    for (const restore of before) restore()
  }
}
"""
"""JavaScript: ``translating(words)`` begins, and returns what ends it and puts Streamlit's own words back."""

_FIELD: Final = re.compile(r"\\{(\w+)\\}")


def words_in(lang: Language) -> dict[str, list[tuple[str, str]]]:
    """Return what ``translating`` needs: texts as they are, and patterns of JavaScript with what they become."""
    changed = [(word, lang.t(word)) for word in WORDS if lang.t(word) != word]
    return {
        "exact": [pair for pair in changed if "{" not in pair[0]],
        "shaped": [_shape(word, becomes) for word, becomes in changed if "{" in word],
    }


def _shape(word: str, becomes: str) -> tuple[str, str]:
    escaped = re.escape(word)
    for number, field in enumerate(_FIELD.findall(escaped), 1):
        becomes = becomes.replace(f"{{{field}}}", f"${number}")
    return f"^{_FIELD.sub('(.+)', escaped)}$", becomes
