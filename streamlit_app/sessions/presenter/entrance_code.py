"""The way into a session as people read it: its code in two halves, and an address as a QR code."""

import segno


def qr(address: str) -> str:
    """Return an address as a QR code: an inline SVG that takes the size of its place."""
    made: str = segno.make(address, error="m", micro=False).svg_inline(
        border=1, dark="#1A1A1A", omitsize=True, svgclass=None, lineclass=None
    )
    return made


def code_as_read(code: str) -> str:
    """Return six letters the way people read them aloud: ``KBV DMZ``."""
    return f"{code[:3]} {code[3:]}".upper()
