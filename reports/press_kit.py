"""The press kit: one picture in all sizes, its figures, the words for each channel, and where it all comes from."""

import zipfile
from io import BytesIO
from typing import Final

from language import Language
from visuals.studio.catalogue import Template, template_name
from visuals.studio.layout.drawing import pdf, png
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.material import Material
from visuals.studio.material.whatif import scenario_words
from visuals.studio.words.captions import CHANNELS, captions, channel_name
from visuals.studio.words.colophon import colophon
from visuals.studio.words.message import Message
from visuals.tables.files import figures_file, file_name
from visuals.tables.readable import Origin

_PAPER: Final = ("a4", "a3")
_EPOCH: Final = (2020, 1, 1, 0, 0, 0)
"""Files in the kit carry no time of their own: their forecast does."""


def press_kit(template: Template, material: Material, name: str) -> bytes:
    """Return a ZIP of twelve files: PNG in all seven sizes, PDF for paper, figures, texts and colophon.

    ``name`` begins the names of the pictures. Raises ``UserError`` as the template does.
    """
    out = BytesIO()
    lang, message = material.lang, template.message(material)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kit:
        for size in SIZES.values():
            drawn = template.svg(material, size)
            _add(kit, f"{name}-{size.id}.png", png(drawn), stored=True)
            if size.id in _PAPER:
                _add(kit, f"{name}-{size.id}.pdf", pdf(drawn, size))
        origin = _origin(material, message)
        at = material.moment if origin.forecast else None
        _add(kit, file_name(lang.t("figures"), origin, lang, at=at), figures_file(message.figures, origin, lang))
        _add(kit, lang.t("texts") + ".txt", _texts(material, template, lang).encode())
        small_print = colophon(material, message, with_map=template.framed.bleed)
        _add(kit, lang.t("colophon") + ".txt", _colophon(material, template, small_print).encode())
    return out.getvalue()


def _origin(material: Material, message: Message) -> Origin:
    """Return where the figures of a picture come from: a forecast, with a scenario where they are of one."""
    if message.shows != "forecast":
        return Origin(material.area)
    of_scenario = any(str(column).startswith("scenario_") for column in message.figures)
    return Origin(material.area, material.forecast, scenario_words(material) if of_scenario else "")


def _texts(material: Material, template: Template, lang: Language) -> str:
    words = captions(material, template.message(material))
    parts = [f"{channel_name(channel, lang)}\n{'-' * 40}\n{words[channel]}\n" for channel in CHANNELS]
    return "\n".join(parts)


def _colophon(material: Material, template: Template, small_print: str) -> str:
    lang = material.lang
    lines = [
        f"{material.area.name(lang)} · {template_name(template.id, lang)}",
        small_print,
        lang.t("Forecast: {id}", id=material.forecast.snapshot_id),
        *(f"{source.id}: {source.credit} {source.licence}".strip() for source in material.sources),
        lang.t("Typeface: {family}.", family=material.brand.face.family),
        lang.t("A person chose and checked the words. The figures were computed; no picture was made by AI."),
    ]
    return "\n".join(lines) + "\n"


def _add(kit: zipfile.ZipFile, name: str, content: bytes, *, stored: bool = False) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    kit.writestr(entry, content)
