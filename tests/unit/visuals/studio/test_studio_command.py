"""``python -m visuals``: one picture from the command line, and one sentence for what cannot be made."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.unit.visuals.studio.reading_pictures import texts
from visuals.__main__ import main
from visuals.studio.catalogue import TEMPLATES


def render(out, *, area="scheveningen", template="levels-map", size="square", **options):
    chosen = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    arguments = ["--area", area, "--template", template, "--size", size, "--out", str(out)]
    return main(["render", *arguments, *chosen])


def test_the_list_of_templates_has_the_id_first(capsys):
    assert main(["templates", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(TEMPLATES)


def test_the_ending_chooses_the_format(home, tmp_path):
    at = "2026-08-08T15:00"
    assert render(tmp_path / "a.svg", at=at, lang="en") == 0
    assert "Saturday 8 August 2026, 15:00 to 16:00" in [w.text for w in texts((tmp_path / "a.svg").read_text("utf-8"))]
    assert render(tmp_path / "new" / "a.png", at=at, scale=2) == 0
    with Image.open(tmp_path / "new" / "a.png") as image:
        assert image.size == (2160, 2160)
    assert render(tmp_path / "a.pdf", template="scenario", zone="pier") == 0
    assert "De Pier" in PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].extract_text()
    assert render(tmp_path / "b.svg", template="session-poster", session="zomeravond") == 0
    assert "Muzee" in (tmp_path / "b.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"area": "atlantis"}, "geen gebied 'atlantis'"),
        ({"template": "poster"}, "geen soort beeld 'poster'"),
        ({"size": "a5"}, "geen maat 'a5'"),
        ({"at": "2026-09-01T12:00"}, "buiten de verwachting"),
        ({"at": "zaterdag"}, "is geen moment"),
        ({"zone": "elders"}, "elders"),
        ({"brand": "/geen/brand.toml"}, "is er niet"),
        ({"scenario": "/geen/scenario.json"}, "scenario.json"),
        ({"template": "session-poster", "session": "gisteren"}, "gisteren"),
        ({"out": "beeld.jpg"}, "moet eindigen op"),
        ({"out": "beeld.gif", "template": "weekend"}, "kan bewegen"),
        ({"out": "beeld.gif", "size": "a3"}, "papier kan niet bewegen"),
        ({"out": "/proc/beeld.png"}, "kan niet worden geschreven"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_sentence(home, tmp_path, capsys, options, sentence):
    given = dict(options)
    assert render(tmp_path / given.pop("out", "beeld.png"), **given) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert said.count("\n") == 1
