"""What the tests of documents share: the pictures in them are small."""

import pytest


@pytest.fixture(autouse=True)
def _draw_pictures_small(small_pictures: None) -> None:
    """Nobody counts the pixels here, but where a test asks for ``drawn_as_shown``."""
