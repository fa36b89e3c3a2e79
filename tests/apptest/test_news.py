"""Today says what changed since the previous forecast, and only when there is one."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.keeping.home import area_home
from forecasting.snapshot.snapshot_files import obtain

MAIN = Path(__file__).parents[2] / "streamlit_app" / "main.py"


def test_the_previous_forecast_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area = load_area("scheveningen")
    shown = obtain(area, area.now())
    before = shown.id.replace("20260803", "20260802")
    folder = area_home(area.id) / "snapshots"
    shutil.copytree(folder / shown.id, folder / before, ignore=shutil.ignore_patterns("seal.txt"))
    rest = json.loads((folder / before / "snapshot.json").read_text("utf-8"))
    (folder / before / "snapshot.json").write_text(json.dumps({**rest, "id": before}))
    with np.load(folder / before / "arrays.npz") as arrays:
        changed = {**arrays, "level": arrays["level"] - 1}
    np.savez(folder / before / "arrays.npz", **changed)
    cutoff = (shown.cutoff - timedelta(days=1)).isoformat()
    (area_home(area.id) / "current.json").write_text(json.dumps({"snapshot": before, "cutoff": cutoff}))
    page = AppTest.from_file(str(MAIN), default_timeout=60).run()
    assert not page.exception
    assert any(text.value.startswith(":gray[Sinds zondag 2 augustus 2026: maandag drukker") for text in page.markdown)
