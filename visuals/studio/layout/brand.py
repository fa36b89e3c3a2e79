"""A municipality's brand: colours, typeface, logo and tone, read from a TOML file and checked so that all can read it.

The format, with an example, is described in ``docs/handleiding-communicatie.md``. Levels may get other colours;
their icons and words stay. Fonts are never fetched: a file beside the brand file, or the open one that ships.
"""

import base64
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Annotated, Final, Literal

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field

from data.keeping.from_outside import LIMIT_LOGO, LIMIT_PIXELS
from data.keeping.home import home
from data.keeping.toml_file import read_model
from data.keeping.within_time import within_time
from forecasting.values.thresholds import LEVELS
from language import UserError
from visuals.base.palette import ACCENT, INK, PAPER, QUIET_INK, STYLES, WHITE, ShownLevel
from visuals.studio.layout.colour import closest, contrast, readable_on
from visuals.studio.layout.fonts import NEUTRAL as NEUTRAL_FACE
from visuals.studio.layout.fonts import Typeface, family_of
from visuals.studio.layout.svg_logo import drawn_logo

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Tone = Literal["message", "advice"]

READABLE: Final = 4.5
"""Least contrast of text (WCAG 2.1, level AA)."""

APART: Final = 15.0
"""Least ΔE between two levels, for every kind of colour vision: a choice of this project (ours have 21)."""

_KINDS: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Colours(_Strict):
    """Colours of a brand: ``accent`` and text on it, ``paper``, ``ink`` and the ``quiet`` ink of small print."""

    accent: Colour = ACCENT
    on_accent: Colour = WHITE
    paper: Colour = PAPER
    ink: Colour = INK
    quiet: Colour = QUIET_INK


class LevelColours(_Strict):
    """The fills of the four levels."""

    green: Colour = STYLES["green"].colour
    yellow: Colour = STYLES["yellow"].colour
    orange: Colour = STYLES["orange"].colour
    red: Colour = STYLES["red"].colour


class _Fonts(_Strict):
    regular: str
    semibold: str | None = None
    bold: str


class _File(_Strict):
    name: str = Field(max_length=60)
    logo: str | None = None
    tone: Tone = "message"
    colours: Colours = Colours()
    levels: LevelColours = LevelColours()
    fonts: _Fonts | None = None


class Brand(_Strict):
    """A checked brand. ``logo`` is a data address with its width and height; ``tone`` is what the headline says:
    the ``message`` (what is expected) or the ``advice`` (what to do)."""

    name: str = ""
    tone: Tone = "message"
    colours: Colours = Colours()
    levels: LevelColours = LevelColours()
    face: Typeface = NEUTRAL_FACE
    logo: tuple[str, int, int] | None = None

    def fill(self, level: ShownLevel) -> str:
        """Return the colour of a level."""
        return STYLES[level].colour if level == "unknown" else str(getattr(self.levels, level))

    def text_on(self, level: ShownLevel) -> str:
        """Return the colour of text on a level's fill."""
        return readable_on(self.fill(level))


NEUTRAL: Final = Brand()


def brands_folder() -> Path:
    """Return where brands are kept in users' state (it may not exist yet)."""
    return home() / "brands"


def brands() -> list[str]:
    """Return the names of the brands kept in users' state: folders with a ``brand.toml``."""
    return sorted(path.parent.name for path in brands_folder().glob("*/brand.toml"))


def kept_brand(name: str | None) -> Brand:
    """Return a brand of users' state, the neutral one for ``None``. Raises ``UserError`` as :func:`read_brand`."""
    if name is None:
        return NEUTRAL
    if name not in brands():
        raise UserError(
            "There is no house style '{brand}'. Choose one of: {known}.", brand=name, known=", ".join(brands()) or "-"
        )
    path = brands_folder() / name / "brand.toml"
    return _read(path, path.stat().st_mtime_ns)


def brand_name(folder: str) -> str:
    """Return what a kept brand is called; the name of its folder when its file is broken or gone."""
    try:
        return kept_brand(folder).name
    except (UserError, OSError):
        return folder


@within_time
def read_brand(path: Path) -> Brand:
    """Read and check a brand file.

    Raises ``UserError`` that says what to mend: not TOML, an unknown or wrong field, a font or logo that is missing
    or broken, text that cannot be read, levels that a colour-blind reader cannot tell apart.
    """
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UserError("The brand file {file} is not there.", file=path) from error


@lru_cache(maxsize=20)
def _read(path: Path, _changed: int) -> Brand:
    file = read_model(_File, path)
    check_colours(file.colours, file.levels)
    return Brand(
        name=file.name,
        tone=file.tone,
        colours=file.colours,
        levels=file.levels,
        face=_face(file.fonts, path.parent),
        logo=_logo(path.parent / file.logo) if file.logo else None,
    )


def check_colours(colours: Colours, levels: LevelColours) -> None:
    """Raise ``UserError`` for text that cannot be read (contrast below 4.5) or levels that look alike."""
    pairs = {
        "ink": (colours.ink, colours.paper),
        "quiet": (colours.quiet, colours.paper),
        "accent": (colours.accent, colours.paper),
        "on_accent": (colours.on_accent, colours.accent),
    }
    for name, (text, ground) in pairs.items():
        if contrast(text, ground) < READABLE:
            raise UserError(
                "Colour '{name}' {colour} cannot be read on {ground}: the contrast is {found}, and 4.5 is needed. "
                "Choose a darker or lighter one.",
                name=name,
                colour=text,
                ground=ground,
                found=f"{contrast(text, ground):.1f}",
            )
    apart, one, other, vision = closest(tuple(getattr(levels, level) for level in LEVELS))
    if apart < APART:
        raise UserError(
            "The level colours {one} and {other} look alike to people with {vision}. Choose colours further apart.",
            one=one,
            other=other,
            vision=vision if vision != "full" else "full colour vision",
        )


def _face(fonts: _Fonts | None, folder: Path) -> Typeface:
    if fonts is None:
        return NEUTRAL_FACE
    regular, bold = folder / fonts.regular, folder / fonts.bold
    semibold = folder / fonts.semibold if fonts.semibold else bold
    families = [family_of(file) for file in (regular, semibold, bold)]
    return Typeface(families[0], regular, semibold, bold)


def _logo(path: Path) -> tuple[str, int, int]:
    if not path.is_file():
        raise UserError("The logo {file} is not there. Put it beside the brand file, or mend its name.", file=path)
    if path.stat().st_size > LIMIT_LOGO * 2**20:
        raise _too_large(path.name)
    return logo_of(path.read_bytes(), path.name)


def logo_of(content: bytes, file: str) -> tuple[str, int, int]:
    """Return a logo as a brand holds it. Raises ``UserError`` that names the ``file`` and says what to mend."""
    if len(content) > LIMIT_LOGO * 2**20:
        raise _too_large(file)
    if file.lower().endswith(".svg"):
        content = drawn_logo(content, file)
    try:
        with Image.open(BytesIO(content)) as image:
            kind, (width, height) = _KINDS[str(image.format)], image.size
            if width * height > LIMIT_PIXELS:
                raise _too_large(file)
            image.load()
    except (OSError, KeyError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("The logo {file} is not a PNG or JPEG that can be read. Save it again.", file=file) from error
    return f"data:{kind};base64,{base64.b64encode(content).decode()}", width, height


def _too_large(file: str) -> UserError:
    return UserError(
        "The logo {file} is too large. Save a smaller one, of at most {limit} MB.", file=file, limit=LIMIT_LOGO
    )
