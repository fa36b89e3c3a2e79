"""Personal data are found where they are, and places, numbers and swear words are left alone."""

import pytest

from feedback.contributions.personal import find_personal, is_bsn, is_iban, kind_name
from language import language


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("mail naar jan.jansen@voorbeeld.nl graag", "email", "jan.jansen@voorbeeld.nl"),
        ("jan (at) voorbeeld.nl", "email", "jan (at) voorbeeld.nl"),
        ("bel 06-12345678 even", "phone", "06-12345678"),
        ("of 070 353 30 00", "phone", "070 353 30 00"),
        ("+31 6 12 34 56 78", "phone", "+31 6 12 34 56 78"),
        ("NL91 ABNA 0417 1643 00 is mijn rekening", "iban", "NL91 ABNA 0417 1643 00"),
        ("bsn 111222333", "bsn", "111222333"),
        ("ik woon op 2586 AB 12", "address", "2586 AB 12"),
        ("2586ab 12", "address", "2586ab 12"),
        ("Keizerstraat 12a heeft last", "address", "Keizerstraat 12a"),
        ("auto met 12-ABC-3 stond fout", "plate", "12-ABC-3"),
        ("kenteken g-123-bb", "plate", "g-123-bb"),
        ("vraag het mevrouw De Vries", "name", "mevrouw De Vries"),
        ("Volgens Piet van der Meer klopt het", "name", "Piet van der Meer"),
        ("ik heet Fatima", "name", "ik heet Fatima"),
    ],
)
def test_personal_data_are_found(text: str, kind: str, words: str) -> None:
    found = find_personal(text)
    assert (kind, words) in [(finding.kind, finding.words(text)) for finding in found]


@pytest.mark.parametrize(
    "text",
    [
        "Het was verdomd druk bij de Pier, klootzakken met scooters",
        "Bij het Kurhaus en de Keizerstraat staan 2026 mensen",
        "Op 2026-08-08 om 14-15 uur",
        "In 2026 is het beter dan 2025 en 1000 op het strand",
        "Den Haag en Zuid Holland moeten iets doen. Prins Willem ook",
        "12345678 bezoekers",
        "tussen 12.000 en 15.000 mensen, 0,5 per m2",
        "Zaterdag Augustus was mooi",
        "Op het plein 20 uur lang herrie",
        "De Pier",
        "",
        "😀😀😀",
    ],
)
def test_places_numbers_and_swear_words_are_left_alone(text: str) -> None:
    assert find_personal(text) == []


def test_an_areas_own_zones_are_no_names() -> None:
    text = "Op Nieuw Badhuisplein was het rustig"
    assert [finding.kind for finding in find_personal(text)] == ["name"]
    assert find_personal(text, places=["Nieuw Badhuisplein"]) == []


def test_check_digits() -> None:
    assert is_bsn("111222333")
    assert is_bsn("10000008")
    assert not is_bsn("111222334")
    assert not is_bsn("000000000")
    assert is_iban("NL91ABNA0417164300")
    assert not is_iban("NL92ABNA0417164300")


def test_a_long_text_does_not_take_long_and_kinds_have_names() -> None:
    assert find_personal("a1-" * 300 + "A" * 1000 + "@" * 500) == []
    assert kind_name("bsn", language("nl")) == "een burgerservicenummer"
