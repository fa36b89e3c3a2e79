"""Keeping a house style that somebody uploads: checked as a whole before it is there for anybody."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from data.keeping.home import home
from data.keeping.slugs import slug
from language import UserError
from language.visible import one_line
from visuals.studio.layout.brand import Brand, Tone, brands, brands_folder, logo_of, read_brand

LOGOS: Final = ("png", "jpg", "jpeg", "svg")
"""Kinds of logo that are taken, by the ending of their file."""

LONGEST: Final = 60


def keep_brand(name: str, *, accent: str, tone: Tone, logo: tuple[str, bytes] | None = None) -> Brand:
    """Keep a house style: its name, the colour that stands out (``#RRGGBB``), its tone, and a logo (name, content).

    Raises ``UserError`` when there is one of that name, and as :func:`read_brand` does; then nothing is kept.
    """
    said = one_line(name)
    folder = slug(said, LONGEST)
    if not said or not folder or len(said) > LONGEST:
        raise UserError("Give a name of at most {n} characters.", n=LONGEST)
    if folder in brands():
        raise UserError("There is already a house style '{name}'. Remove it first, or choose another name.", name=said)
    brands_folder().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".new-", dir=home()) as made:
        draft = Path(made) / folder
        draft.mkdir()
        lines = [f"name = {_quoted(said)}", f"tone = {_quoted(tone)}"]
        if logo is not None:
            file = f"logo.{_checked(*logo)}"
            (draft / file).write_bytes(logo[1])
            lines.append(f"logo = {_quoted(file)}")
        lines += ["[colours]", f"accent = {_quoted(accent)}"]
        (draft / "brand.toml").write_text("\n".join(lines) + "\n", "utf-8")
        brand = read_brand(draft / "brand.toml")
        try:
            draft.rename(brands_folder() / folder)
        except OSError as error:  # a colleague was first
            raise UserError(
                "There is already a house style '{name}'. Remove it first, or choose another name.", name=said
            ) from error
    return brand


def remove_brand(folder: str) -> None:
    """Take a house style away; pictures that were made with it stay as they are."""
    if folder in brands():
        shutil.rmtree(brands_folder() / folder)


def _checked(file: str, content: bytes) -> str:
    """Return the ending of a logo that can be used; what is wrong is said of the file as who sends it knows it."""
    shown, ending = one_line(file)[-80:], file.rpartition(".")[2].lower()
    if ending not in LOGOS:
        raise UserError("The logo {file} is not a PNG, JPEG or SVG.", file=shown)
    logo_of(content, shown)
    return ending


def _quoted(text: str) -> str:
    """Return a text as a basic string of TOML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
