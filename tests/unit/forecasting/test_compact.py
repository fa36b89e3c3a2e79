"""Numbers and texts as they stand in files and links: what was written is read back, and nothing else is."""

import base64
import json
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from data.keeping.home import SHIPPED
from forecasting.mix.mix import Mix
from forecasting.model.residuals import PastErrors
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked
from forecasting.values.link_text import LONGEST, from_link, to_link


@given(
    st.sampled_from([np.float32, np.float64]).flatmap(
        lambda kind: arrays(kind, array_shapes(), elements=st.floats(width=32))
    )
)
def test_numbers_come_back_to_a_hundredth(values: np.ndarray) -> None:
    again = from_hundredths(to_hundredths(values)).reshape(values.shape)
    known = np.isfinite(values)
    assert (np.isnan(again) == ~known).all()
    np.testing.assert_allclose(again[known], np.clip(values[known], -327.67, 327.67), atol=0.00501)


def test_hundredths_are_written_low_byte_first() -> None:
    assert to_hundredths(np.array([2.58, -0.01, np.nan, np.inf])).hex() == "0201ffff00800080"


@given(st.binary(max_size=200))
def test_bytes_come_back_whole(content: bytes) -> None:
    assert unpacked(packed(content)) == content


@pytest.mark.parametrize("text", ["", "x", "é", "AAAA", packed(b"much to read")[:-4], packed(b"much")[1:]])
def test_what_was_not_packed_is_refused(text: str) -> None:
    with pytest.raises((ValueError, EOFError)):
        unpacked(text)


@pytest.mark.parametrize(("name", "kind"), [("_past.json", PastErrors), ("_mix.json", Mix)])
@pytest.mark.parametrize("area_id", ["scheveningen", "auckland"])
def test_models_that_were_kept_are_written_again_to_the_letter(
    area_id: str, name: str, kind: type[PastErrors] | type[Mix]
) -> None:
    kept = json.loads((SHIPPED / area_id / "models" / name).read_text("utf-8"))
    again = json.loads(json.dumps(kind.from_dict(kept).to_dict()))
    assert again == {field: kept[field] for field in again}


@given(st.text(max_size=300))
def test_any_text_comes_back_from_a_link(text: str) -> None:
    code = to_link(text)
    assert from_link(code) == text
    assert code == code.strip("=")
    assert code.replace("-", "").replace("_", "").isalnum() or not text
    assert from_link("\r\n ".join(code)) == text
    assert from_link(base64.urlsafe_b64encode(text.encode()).decode()) == text


@given(st.text())
def test_any_link_is_read_or_refused(code: str) -> None:
    with suppress(ValueError):
        assert from_link(to_link(from_link(code))) == from_link(code)


@pytest.mark.parametrize("code", ["e30!", "eyJ2*", "é", "_w", "A" * (LONGEST + 4)])
def test_a_link_that_is_damaged_or_too_long_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_link(code)
