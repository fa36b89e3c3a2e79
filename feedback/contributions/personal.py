"""Own rules that find personal data in a text, so that its writer can think again and a moderator sees them.

Rules are for Dutch texts: e-mail, telephone, IBAN and BSN (both by their check digits), address, licence plate and
likely names. Places are no names: the words of an area's own zones and a list of common ones are let through. The
rules miss things and see things that are not there; nothing is blocked because of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

from language import Language
from language.markdown import Markdown, as_text, safe
from language.plain import joined

Kind = Literal["email", "phone", "iban", "bsn", "address", "plate", "name"]

_NO_POSTCODE: Final = re.compile("de|en|in|is|na|of|om|op|te|uw|we|ze|er|al|bv|zo|me", re.IGNORECASE)
"""Two letters that follow a year or a number more often than they end a postcode."""

_TITLES: Final = r"(?:de heer|dhr\.?|meneer|mevrouw|mevr\.?|mw\.?|mijn (?:buurman|buurvrouw|collega|baas))"
_AFTER_TITLE: Final = r"(?:[A-Z]\.\s?){0,4}(?:(?:van|de|der|den|ten|ter|het|'t)\s+){0,3}[A-ZÀ-Þa-zà-þ][\w'’-]+"
_INTRODUCED: Final = r"(?:ik heet|mijn naam is|ik ben|groet(?:en|jes)?,?|hij heet|zij heet|my name is|i am called)"
_FULL_NAME: Final = r"[A-ZÀ-Þ][a-zà-þ]+\s+(?:(?:van|de|der|den|ten|ter|het|'t)\s+){0,3}[A-ZÀ-Þ][a-zà-þ]+"

_RULES: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    ("email", re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)),
    ("iban", re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w.,])(?:\+31|0031|0)[\s.-]?(?:\(0\))?\s?[1-9](?:[\s.-]?\d){7,8}(?!\d)")),
    ("bsn", re.compile(r"(?<![\d.,-])\d(?:[ .]?\d){7,8}(?![\d,])")),
    (
        "address",
        re.compile(
            r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:[\s,]+(?:nr\.?|nummer|huisnummer)?\s?\d{1,5}\s?[a-z]?\b)?", re.IGNORECASE
        ),
    ),
    (
        "address",
        re.compile(
            r"\b[A-ZÀ-Þ]?[\w'’-]*(?:straat|laan|weg|plein|kade|gracht|singel|hof|dijk|dreef|pad|steeg|park)\s+"
            r"(?:nr\.?\s?|nummer\s)?[1-9]\d{0,3}\s?[a-zA-Z]?\b(?!\s?(?:uur|jaar|min|meter|km|mensen|keer|euro))",
            re.IGNORECASE,
        ),
    ),
    (
        "plate",
        re.compile(
            r"(?<![\w-])(?=(?:[A-Z0-9]+-){2})(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])"
            r"[A-Z0-9]{1,3}-[A-Z0-9]{2,3}-[A-Z0-9]{1,3}(?![\w-])",
            re.IGNORECASE,
        ),
    ),
    ("name", re.compile(rf"\b{_TITLES}\s+{_AFTER_TITLE}(?:\s+{_AFTER_TITLE})?", re.IGNORECASE)),
    ("name", re.compile(rf"\b(?i:{_INTRODUCED})\s+[A-ZÀ-Þ][a-zà-þ'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*")),
    ("name", re.compile(rf"\b{_FULL_NAME}\b")),
)


@dataclass(frozen=True)
class Finding:
    """Something in a text that may be personal: what kind, and from which character to which."""

    kind: Kind
    start: int
    end: int

    def words(self, text: str) -> str:
        """Return the characters that were found."""
        return text[self.start : self.end]


def find_personal(text: str, places: Iterable[str] = ()) -> list[Finding]:
    """Return what may be personal data in a text, in its order; findings do not overlap.

    ``places`` are names of places that are no persons, such as those of an area's zones.
    """
    known = _no_names() | {word for place in places for word in _words(place)}
    found: list[Finding] = []
    for kind, rule in _RULES:
        position = 0
        while match := rule.search(text, position):
            if _is_likely(kind, match[0], known):
                finding = Finding(kind, match.start(), match.end())
                if not any(_overlap(finding, other) for other in found):
                    found.append(finding)
                position = match.end()
            else:
                position = match.end() if kind != "name" else match.start() + len(_words(match[0])[0])
    return sorted(found, key=lambda finding: finding.start)


def kind_name(kind: Kind, lang: Language) -> str:
    """Return what a kind of personal data is called."""
    names: dict[Kind, str] = {
        "email": lang.t("an e-mail address"),
        "phone": lang.t("a telephone number"),
        "iban": lang.t("a bank account"),
        "bsn": lang.t("a citizen service number"),
        "address": lang.t("an address"),
        "plate": lang.t("a licence plate"),
        "name": lang.t("perhaps a name"),
    }
    return names[kind]


def named(found: Iterable[Finding], text: str, lang: Language) -> Markdown:
    """Say what was found in a text, and what kind of personal data each may be: '*Jan Jansen* (name) and …'."""
    words = [Markdown(f"*{as_text(one.words(text))}* ({kind_name(one.kind, lang)})") for one in found]
    return safe(joined(words, lang))


def is_bsn(digits: str) -> bool:
    """Return whether 8 or 9 digits pass the 11-check of Dutch citizen service numbers."""
    return bool(re.fullmatch(r"\d{8,9}", digits)) and bsn.is_valid(str(int(digits)))


def is_iban(text: str) -> bool:
    """Return whether a text passes the check of international bank account numbers (ISO 13616, modulo 97)."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    # Not stdnum's own check of these numbers: it knows no country that joined after it was made.
    return bool(re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain)) and mod_97_10.is_valid(plain[4:] + plain[:4])


def _is_likely(kind: Kind, found: str, places: frozenset[str]) -> bool:
    if kind == "bsn":
        return is_bsn(re.sub(r"\D", "", found))
    if kind == "iban":
        return is_iban(found)
    if kind == "address" and re.match(r"\d{4}", found):
        # '2026 in de zomer' and '1000 op het strand' are a year and a number, not a postcode.
        letters = re.sub(r"[^A-Za-z]", "", found)[:2]
        return letters.isupper() or (bool(re.search(r"[A-Za-z]\D*\d", found)) and not _NO_POSTCODE.fullmatch(letters))
    if kind == "name" and (title := re.match(rf"{_TITLES}\s+", found, re.IGNORECASE)):
        named = _words(found[title.end() :], lower=False)
        return any(word[0].isupper() and word.lower() not in places for word in named)
    if kind == "name":
        capital = [word for word in _words(found, lower=False) if word[0].isupper()]
        opens_with_known_word = found[0].isupper() and _words(found)[0] in places and len(capital) > 1
        return not opens_with_known_word and any(word.lower() not in places for word in capital)
    return True


@cache
def _no_names() -> frozenset[str]:
    lines = Path(__file__).with_name("no_names.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _words(text: str, *, lower: bool = True) -> list[str]:
    return re.findall(r"[\w'’-]+", text.lower() if lower else text)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
