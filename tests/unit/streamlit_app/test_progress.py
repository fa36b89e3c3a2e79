"""How far a training is: counted from nothing to all, and read by programs line by line, whatever stands between."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from data.keeping.home import area_home
from forecasting.training.progress import Steps, as_bar, as_line, read_line
from streamlit_app.manage import jobs


def test_every_step_is_told_from_none_to_all() -> None:
    told: list[tuple[int, int]] = []
    steps = Steps(3, lambda done, of: told.append((done, of)))
    for _ in range(3):
        steps.done()
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_line_that_was_written_is_read(one: int, other: int) -> None:
    done, of = sorted((one, other))
    assert read_line(json.dumps({"done": done, "of": of})) == (done, of)


@pytest.mark.parametrize(
    "line",
    [
        *("", "3/14 [", "null", "[1, 2]", '"done"', "2 zones trained.", '{"done": 1}', '{"done": 3, "of": 2}'),
        *('{"done": -1, "of": 2}', '{"done": "1", "of": 2}', '{"done": 1.5, "of": 2}'),
    ],
)
def test_other_lines_are_no_progress(line: str) -> None:
    assert read_line(line) is None


def test_a_bar_is_for_people_only(capsys: pytest.CaptureFixture[str]) -> None:
    with as_bar(False) as progress:
        progress(0, 2)
        progress(2, 2)
    assert capsys.readouterr() == ("", "")
    with as_bar() as progress:
        assert capsys.readouterr().err == ""
        progress(0, 2)
        progress(2, 2)
    assert "2/2" in capsys.readouterr().err


def test_a_job_is_as_far_as_its_last_line_says(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    folder = area_home(load_area("scheveningen").id)
    folder.mkdir(parents=True)
    (folder / "job.json").write_text(json.dumps({"work": "update", "pid": 0, "since": "2026-08-08T10:00:00Z"}))
    job = jobs.last("scheveningen")
    assert job is not None
    assert (job.done, job.of, job.said) == (0, 0, "")
    for done in range(600):
        as_line(done, 1000)
    lines = capfd.readouterr().err + "Bron agenda: mislukt.\n3/14 [kept]\n"
    (folder / "job.log").write_text(lines, "utf-8")
    job = jobs.last("scheveningen")
    assert job is not None
    assert (job.done, job.of, job.said) == (599, 1000, "Bron agenda: mislukt.\n3/14 [kept]")
