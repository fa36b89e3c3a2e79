"""Running what waits, in a test: in a thread of its own.

The browser tests keep a loop in the main thread of their process for as long as it lives, and ``asyncio.run`` refuses
to start a second one there. Which tests come after a browser test is decided by how fast the ones before them were.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def run_apart(waiting: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a coroutine to its end and return its answer, whatever loop this thread has."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, waiting).result()
