"""The formats of files that pictures come in."""

from typing import Final

from visuals.studio.catalogue import Template
from visuals.studio.layout.drawing import elsewhere, pdf, png
from visuals.studio.layout.sizes import Size
from visuals.studio.material.material import Material
from visuals.studio.moving import gif

FORMATS: Final = (".png", ".svg", ".pdf", ".gif")


def rendered(template: Template, material: Material, size: Size, ending: str, *, scale: float = 1) -> bytes:
    """Return a picture in the format of a file's ``ending``. Raises ``UserError`` as the template does.

    ``scale`` is for PNG: 2 has twice the pixels each way.
    """
    if ending == ".gif":
        return gif(template, material, size)
    drawn = template.svg(material, size)
    if ending == ".svg":
        return elsewhere(drawn, material.brand.face).encode()
    return pdf(drawn, size) if ending == ".pdf" else png(drawn, scale)
