"""Personal data are found where they are, and places, numbers and swear words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("Mevrouw Jansen belt de gemeente", "name", "Mevrouw Jansen belt"),
        ("Dhr. P. Smit zei het", "name", "Dhr. P. Smit zei"),
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
        "Mevrouw, ga naar de Pier",
        "Meneer en mevrouw op het Strand",
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


@given(st.from_regex(r"\d{8,9}", fullmatch=True))
def test_a_citizen_service_number_is_what_the_11_check_says(digits: str) -> None:
    number = [int(digit) for digit in digits.rjust(9, "0")]
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), number[:8], strict=True)) - number[8]
    assert is_bsn(digits) == (total % 11 == 0 and any(number))


@given(st.integers(1, 99_999_999), st.integers(0, 9))
def test_of_ten_last_digits_at_most_one_is_right(number: int, wrong: int) -> None:
    right = [digit for digit in range(10) if is_bsn(f"{number:08d}{digit}")]
    assert len(right) <= 1
    assert is_bsn(f"{number:08d}{wrong}") == (wrong in right)


@given(
    st.from_regex(r"[A-Z]{2}", fullmatch=True),
    st.from_regex(r"[A-Z0-9]{11,30}", fullmatch=True),
    st.text(" -.", max_size=2),
    st.integers(2, 98),
)
def test_a_bank_account_of_any_country_is_what_the_97_check_says(
    country: str, account: str, between: str, wrong: int
) -> None:
    """Also of a country that nobody listed yet: a register that is behind must not let a number through."""
    spelled = "".join(str(int(character, 36)) for character in f"{account}{country}00")
    right = 98 - int(spelled) % 97
    assert is_iban(f"{country}{right:02d}{between}{account}".lower())
    assert is_iban(f"{country}{wrong:02d}{account}") == (wrong == right)


@pytest.mark.parametrize("digits", ["", "0", "1112223334", "00000000", "1112223", "11122233x", "-11222333"])
def test_what_is_no_number_at_all_is_no_citizen_service_number(digits: str) -> None:
    assert not is_bsn(digits)


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
