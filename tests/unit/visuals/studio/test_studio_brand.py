"""A brand file is checked so that everybody can read the picture; what is wrong is said in one sentence."""

from io import BytesIO
from shutil import copy

import pytest
from PIL import Image

from forecasting.values.thresholds import LEVELS
from language import UserError
from tests.unit.visuals.studio.reading_pictures import faults, texts
from visuals.base.palette import STYLES
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.layout.brand import APART, NEUTRAL, read_brand
from visuals.studio.layout.colour import closest, contrast
from visuals.studio.layout.drawing import png
from visuals.studio.layout.fonts import FOLDER
from visuals.studio.layout.sizes import SIZES

BRAND = """
name = "Gemeente Voorbeeld aan Zee"
logo = "logo.png"
tone = "advice"
[colours]
accent = "#7A1F5C"
[fonts]
regular = "SourceSansPro-Regular.ttf"
bold = "SourceSansPro-Bold.ttf"
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf"):
        copy(FOLDER / name, tmp_path / name)
    Image.new("RGB", (300, 60), "#7A1F5C").save(tmp_path / "logo.png")
    return tmp_path


def brand_of(folder, text=BRAND):
    path = folder / "brand.toml"
    path.write_text(text, "utf-8")
    return read_brand(path)


def test_the_neutral_brand_can_be_read_by_everybody():
    colours = NEUTRAL.colours
    for text in (colours.ink, colours.quiet, colours.accent):
        assert contrast(text, colours.paper) >= 4.5
    for level in LEVELS:
        assert contrast(NEUTRAL.text_on(level), NEUTRAL.fill(level)) >= 4.5
    apart, *_ = closest(tuple(STYLES[level].colour for level in LEVELS))
    assert apart >= APART
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)


def test_a_picture_in_a_brand_has_its_colour_logo_and_tone(folder, materials):
    material = materials("scheveningen", "nl").changed(brand=brand_of(folder))
    drawn = TEMPLATES["levels-map"].svg(material, SIZES["square"])
    assert faults(drawn, SIZES["square"], material.brand.face) == []
    assert "data:image/png;base64" in drawn
    headline = max(texts(drawn, material.brand.face), key=lambda written: 0 if written.across else written.px)
    assert headline.text.startswith("Kom liever")
    with Image.open(BytesIO(png(drawn))) as image:
        assert image.convert("RGB").getpixel((540, 800)) == (0x7A, 0x1F, 0x5C)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('tone = "advice"', "tone = advice"), "cannot be read as TOML"),
        (('tone = "advice"', 'tone = "loud"'), "not valid at 'tone'"),
        (('tone = "advice"', 'colour = "red"'), "not valid at 'colour'"),
        (('accent = "#7A1F5C"', 'accent = "purple"'), "not valid at 'colours.accent'"),
        (('accent = "#7A1F5C"', 'accent = "#F5D547"'), "cannot be read on"),
        (("[fonts]", '[levels]\norange = "#E0C040"\n[fonts]'), "look alike"),
        (("SourceSansPro-Bold.ttf", "Eigenletter.ttf"), "is not there"),
        (("logo.png", "geen-logo.png"), "is not there"),
    ],
)
def test_a_wrong_brand_file_gives_one_sentence(folder, change, sentence):
    assert change[0] in BRAND
    with pytest.raises(UserError, match=sentence):
        brand_of(folder, BRAND.replace(*change))


def test_a_broken_logo_or_font_gives_one_sentence(folder):
    (folder / "logo.png").write_bytes((folder / "logo.png").read_bytes()[:60])
    with pytest.raises(UserError, match="not a PNG or JPEG"):
        brand_of(folder)
    Image.new("RGB", (300, 60)).save(folder / "logo.png")
    (folder / "SourceSansPro-Bold.ttf").write_text("no font")
    with pytest.raises(UserError, match="not a font"):
        brand_of(folder)
    with pytest.raises(UserError, match="is not there"):
        read_brand(folder / "none.toml")


def test_levels_that_only_some_can_tell_apart_are_refused(folder):
    with pytest.raises(UserError, match=r"protanopia|deuteranopia"):
        brand_of(folder, BRAND + '[levels]\ngreen = "#4F9D3A"\norange = "#C98B2B"\n')
