"""Frames looked at with the questions of their Pandera schema, at a quarter of its cost."""

from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.engines.pandas_engine import Engine


@cache
def _fits(wanted: Any, found: Any) -> bool:
    return bool(wanted.check(Engine.dtype(found)))


def shaped(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` when it is as ``schema`` says; fails where it is not. ``test_quick_checks`` compares the two."""
    assert list(frame.columns) == list(schema.columns)
    assert not schema.unique or not frame.duplicated(schema.unique).any(), schema.unique
    for name, column in schema.columns.items():
        values = frame[name]
        assert _fits(column.dtype, values.dtype), (name, values.dtype)
        assert column.nullable or not values.hasnans, name
        assert not column.unique or values.is_unique, name
        known = values[values.notna()] if values.hasnans else values
        for check in column.checks:
            assert check(known).check_passed, (name, check)
    return frame


@pytest.fixture
def quick_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let schemas look at frames quickly."""
    monkeypatch.setattr(pa.DataFrameSchema, "validate", shaped)
