"""A house style that is uploaded is checked as a whole; a logo that could do anything but be looked at is refused."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from language import UserError
from reports.brand_keeping import keep_brand, remove_brand
from visuals.studio.layout.brand import brands, kept_brand
from visuals.studio.layout.svg_logo import MOST_SHAPES, drawn_logo

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
PLAIN = f"""<?xml version="1.0" encoding="UTF-8"?>{HEAD}<title>Dorp</title><g style="fill:#123456; stroke-width:2">
<path d="M0 0h40v20z"/><circle cx="60" cy="20" r="10" fill="red"/></g></svg>"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 60), "#7A1F5C").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("logo", [("l.png", "PNG"), ("Logo.JPG", "JPEG"), ("logo.svg", None), None])
def test_16_11_a_brand_is_kept_as_it_was_uploaded_and_taken_away(logo: tuple[str, str | None] | None) -> None:
    given = None if logo is None else (logo[0], picture(logo[1]) if logo[1] else PLAIN.encode())
    kept = keep_brand('Dorp "aan" Zée', accent="#7A1F5C", tone="advice", logo=given)
    assert brands() == ["dorp-aan-zee"]
    assert kept_brand("dorp-aan-zee") == kept
    assert (kept.name, kept.colours.accent, kept.tone) == ('Dorp "aan" Zée', "#7A1F5C", "advice")
    assert (kept.logo is None) == (logo is None)
    if logo and not logo[1]:  # what is shown is a picture of dots, three times as wide as it is high
        assert kept.logo is not None
        assert kept.logo[0].startswith("data:image/png")
        assert kept.logo[1] == pytest.approx(3 * kept.logo[2], abs=3)
    with pytest.raises(UserError, match="already a house style"):
        keep_brand("dorp aan zee", accent="#0B4F6C", tone="message")
    remove_brand("dorp-aan-zee")
    assert brands() == []
    remove_brand("../..")
    assert Path(kept_brand.__code__.co_filename).exists()


@pytest.mark.parametrize(
    ("name", "accent", "logo", "sentence"),
    [
        ("", "#7A1F5C", None, "Give a name"),
        ("🙂", "#7A1F5C", None, "Give a name"),
        ("Dorp", "#F5D547", None, "cannot be read on"),
        ("Dorp", "url(x)", None, "not valid at 'colours.accent'"),
        ("Dorp", "#7A1F5C", ("logo.gif", b"GIF89a"), "is not a PNG, JPEG or SVG"),
        ("Dorp", "#7A1F5C", ("logo.png", b"<svg/>"), "not a PNG or JPEG"),
        ("Dorp", "#7A1F5C", ("logo.png", b"x" * (2**20 + 1)), "too large"),
        ("Dorp", "#7A1F5C", ("logo.svg", f"{HEAD}<script/></svg>".encode()), "'<script>'"),
    ],
)
def test_16_11_what_is_wrong_is_said_and_nothing_is_kept(
    home: Path, name: str, accent: str, logo: tuple[str, bytes] | None, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        keep_brand(name, accent=accent, tone="message", logo=logo)
    assert brands() == []
    assert not list(home.glob(".new-*"))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("Ons logo.png", b"%PDF-1.4"),
        ("Ons logo.svg", f"{HEAD}<script/></svg>".encode()),
        ("Ons logo.JPG", b"x" * (2**20 + 1)),
        ("Ons logo.gif", b"GIF89a"),
    ],
)
def test_16_11_a_logo_that_is_refused_is_called_what_who_sent_it_calls_it(file: str, content: bytes) -> None:
    with pytest.raises(UserError) as refused:
        keep_brand("Dorp", accent="#7A1F5C", tone="message", logo=(file, content))
    assert refused.value.values["file"] == file


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (f"{HEAD}<script>alert(1)</script></svg>", "<script>"),
        (f"{HEAD}<foreignObject><p/></foreignObject></svg>", "<foreignObject>"),
        (f"{HEAD}<image href='http://x.nl/a.png'/></svg>", "<image>"),
        (f"{HEAD}<use href='#a'/></svg>", "<use>"),
        (f"{HEAD}<a href='javascript:x()'><rect/></a></svg>", "<a>"),
        (f"{HEAD}<style>@import 'x'</style></svg>", "<style>"),
        (f"{HEAD}<text>Dorp</text></svg>", "<text>"),
        (f"{HEAD}<svg><rect/></svg></svg>", "<svg>"),
        (f"{HEAD}<rect onload='x()'/></svg>", "onload"),
        (f"{HEAD}<rect href='x'/></svg>", "href"),
        (f"{HEAD}<rect xmlns:x='http://www.w3.org/1999/xlink' x:href='x'/></svg>", "href"),
        (f"{HEAD}<rect fill='url(http://x.nl)'/></svg>", "fill"),
        (f"{HEAD}<rect fill='URL (#a)'/></svg>", "fill"),
        (f"{HEAD}<rect style='fill:u\\72l(#a)'/></svg>", "style"),
        (f"{HEAD}<rect style='background:red'/></svg>", "style"),
        (f"{HEAD}<rect stroke-dasharray='0.0001'/></svg>", "stroke-dasharray"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}<rect/></svg>', "<!DOCTYPE>"),
        (f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">{HEAD}<rect/></svg>', "<!DOCTYPE>"),
        (f'<?xml-stylesheet href="x.css"?>{HEAD}<rect/></svg>', "xml-stylesheet"),
        ("<html><body/></html>", "<html>"),
        ("<svg><rect/></svg>", "<svg>"),
    ],
)
def test_16_11_an_svg_of_anything_but_plain_shapes_is_refused_by_name(content: str, named: str) -> None:
    with pytest.raises(UserError, match="plain shapes only") as refused:
        drawn_logo(content.encode(), "logo.svg")
    assert named in str(refused.value.values["what"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no svg at all", "not an SVG that can be read"),
        (f"{HEAD}<rect>".encode(), "not an SVG that can be read"),
        (PLAIN.encode("utf-16"), "not an SVG that can be read"),
        (f"{HEAD}{'<rect/>' * MOST_SHAPES}</svg>".encode(), "more than"),
        (f"{HEAD}{'<g>' * 40}{'</g>' * 40}</svg>".encode(), "more than"),
        (PLAIN.replace("0 0 120 40", "0 0 1 999").encode(), "how large"),
        (PLAIN.replace("0 0 120 40", "0 0 nan 1").encode(), "how large"),
        (PLAIN.replace('viewBox="0 0 120 40"', "").encode(), "how large"),
        (PLAIN.replace("0 0 120 40", "0 0 0 0").encode(), "how large"),
    ],
)
def test_16_11_an_svg_that_is_huge_or_broken_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        drawn_logo(content, "logo.svg")
