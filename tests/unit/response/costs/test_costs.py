"""Costs and benefits: known answers, ranges, parties, and a spreadsheet that computes the same cents."""

import math
from datetime import date
from pathlib import Path

import formulas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from language import UserError, language
from response.__main__ import main
from response.costs import case_history
from response.costs.case import Case, Item, Party, Rate, Yearly, checked
from response.costs.case_words import meaning
from response.costs.discounting import annuity_factor, discount_factor, present_value
from response.costs.outcome import (
    by_party,
    counted_twice,
    item_range,
    net_present_value,
    second_area,
    what_matters,
)
from response.costs.spreadsheet import costs_file

NL, EN = language("nl"), language("en")
PARTIES = (Party(id="town", names={"nl": "Stad"}), Party(id="shops", names={"nl": "Winkels"}))


Row = tuple[int, int | None, float, float, float]
SIDES = {"cost": {"payer": "town"}, "benefit": {"gainer": "shops"}, "transfer": {"payer": "shops", "gainer": "town"}}


def item(item_id: str, kind: str, amounts: tuple[Row, ...], **more: object) -> Item:
    rows = [dict(zip(("first", "last", "low", "expected", "high"), row, strict=True)) for row in amounts]
    given = {"base_year": 2026, "values": "other", "source": "test", "names": {"nl": item_id}} | SIDES[kind] | more
    return Item.model_validate({"id": item_id, "kind": kind, "amounts": rows} | given)


def a_case(*items: Item, **more: object) -> Case:
    return checked(Case.model_validate({"base_year": 2026, "parties": PARTIES, "items": items} | more))


@pytest.mark.parametrize(("of", "worth"), [("standard", "13542.21"), ("fixed", "15349.41"), ("exception", "11780.13")])
def test_known_answers(of: str, worth: str) -> None:
    """Worked out by hand with eight decimals: 1.029 to the fourth is 1.12114426, so four years are worth 3.72600434."""
    pay = item("pay", "cost", ((0, 0, 100_000, 100_000, 100_000),), rate=of)
    gain = item("gain", "benefit", ((1, 4, 30_000, 30_000, 30_000),), rate=of)
    case = a_case(pay, gain, horizon=4)
    assert f"{net_present_value(case).expected:.2f}" == worth
    assert f"{present_value(case.rate(of).fraction, [-100_000, *[30_000] * 4]):.2f}" == worth


def test_known_factors() -> None:
    assert f"{annuity_factor(0.0225, 10):.4f}" == "8.8662"
    assert f"{discount_factor(0.0225, 30):.5f}" == "0.51298"
    assert discount_factor(0.0225, 0) == 1


@given(st.floats(0.001, 0.2), st.integers(1, 60))
def test_an_annuity_is_the_sum_of_its_years(rate: float, years: int) -> None:
    assert math.isclose(annuity_factor(rate, years), (1 - (1 + rate) ** -years) / rate, rel_tol=1e-9)
    assert math.isclose(annuity_factor(rate, years), present_value(rate, [0, *[1] * years]), rel_tol=1e-12)


def test_badly_means_high_costs_and_low_gains() -> None:
    case = a_case(item("pay", "cost", ((0, 0, 10, 20, 40),)), item("gain", "benefit", ((0, 0, 5, 30, 50),)))
    net = net_present_value(case)
    assert (net.low, net.expected, net.high) == (5 - 40, 10, 50 - 10)
    narrow = net_present_value(case, spread=0.5)
    assert (narrow.low, narrow.high) == (17.5 - 30, 40 - 15)


def test_a_transfer_is_nothing_for_all_and_something_for_each() -> None:
    case = a_case(item("fee", "transfer", ((1, None, 1, 2, 3),)), item("gain", "benefit", ((1, None, 1, 1, 1),)))
    gain = annuity_factor(0.0225, 10)
    assert math.isclose(net_present_value(case).expected, gain)
    shares = by_party(case)
    assert math.isclose(shares["town"].expected, 2 * gain)
    assert math.isclose(shares["shops"].expected, -gain)
    assert math.isclose(shares["shops"].low, -2 * gain)
    assert math.isclose(shares["town"].low, gain)


EUROS = st.tuples(*[st.integers(0, 10**6)] * 3).map(sorted)
ROWS = st.tuples(st.integers(0, 10), EUROS).map(lambda one: (one[0], None, *one[1]))


@given(st.lists(st.tuples(st.sampled_from(["cost", "benefit", "transfer"]), ROWS), max_size=6))
def test_parties_add_up_and_ranges_hold_what_is_expected(
    kinds: list[tuple[str, tuple[int, None, int, int, int]]],
) -> None:
    case = a_case(*(item(f"i{n}", kind, (row,)) for n, (kind, row) in enumerate(kinds)))
    net = net_present_value(case)
    assert net.low <= net.expected <= net.high
    assert math.isclose(sum(one.expected for one in by_party(case).values()), net.expected, abs_tol=1e-3)
    swings = what_matters(case)
    assert [one.span for one in swings] == sorted((one.span for one in swings), reverse=True)
    for one in swings:
        assert one.low <= net.expected + 1e-6 or one.item is None
        assert one.high >= net.expected - 1e-6 or one.item is None


def test_what_matters_most_moves_the_sum_farthest() -> None:
    small, large = item("small", "cost", ((0, 0, 9, 10, 12),)), item("large", "benefit", ((0, 0, 0, 50, 80),))
    first, *others = what_matters(a_case(small, large))
    assert (first.item, first.low, first.high) == (large, -10, 70)
    assert [one.item for one in others] == [small]


def test_the_same_gain_twice_is_pointed_out() -> None:
    waiting = item("waiting", "benefit", ((1, None, 1, 2, 3),), values="time")
    again = item("again", "benefit", ((2, 3, 1, 2, 3),), values="time")
    sold = item("sold", "benefit", ((1, None, 1, 9, 9),), values="turnover")
    early = item("early", "benefit", ((0, 0, 1, 2, 3),), values="time")
    paid = item("paid", "cost", ((1, None, 1, 9, 9),), values="staff")
    found = {(one.first.id, one.second.id, one.why) for one in counted_twice(a_case(waiting, again, sold, early, paid))}
    assert found == {
        ("waiting", "again", "same"),
        ("waiting", "sold", "passed on"),
        ("again", "sold", "passed on"),
        ("sold", "paid", "transfer"),
    }


def test_a_second_area_brings_what_comes_again_and_later() -> None:
    once = item("once", "cost", ((0, 0, 100, 100, 100),), scope="once")
    each = item("each", "benefit", ((1, None, 10, 10, 10),), scope="area")
    case = a_case(once, each)
    assert math.isclose(second_area(case, begins=0).expected, 10 * annuity_factor(0.0225, 10))
    later = 10 * (annuity_factor(0.0225, 10) - annuity_factor(0.0225, 3))
    assert math.isclose(second_area(case, begins=3).expected, later)
    assert second_area(case, begins=10).expected == 0


def test_the_rate_in_force_is_the_newest_that_began() -> None:
    new = Rate(of="standard", percent=3, valid_from=date(2027, 1, 1), source="later")
    case = a_case(rates=(*Case(base_year=2026).rates, new))
    assert case.rate("standard").percent == 2.25
    assert case.model_copy(update={"base_year": 2027}).rate("standard").percent == 3
    with pytest.raises(UserError, match="no rate"):
        case.model_copy(update={"base_year": 2020}).rate("standard")


def test_what_does_not_fit_together_is_told() -> None:
    gain = item("gain", "benefit", ((1, None, 1, 2, 3),))
    for wrong, said in (
        (a_case().model_copy(update={"items": (gain, gain)}), "Two items"),
        (a_case().model_copy(update={"items": (gain.model_copy(update={"base_year": 2025}),)}), "prices of"),
        (a_case().model_copy(update={"items": (gain.model_copy(update={"gainer": "nobody"}),)}), "not known"),
        (a_case().model_copy(update={"items": (item("far", "cost", ((11, None, 1, 1, 1),)),)}), "horizon"),
    ):
        with pytest.raises(UserError, match=said):
            checked(wrong)
    for kind, sides in (
        ("cost", {"gainer": "shops"}),
        ("benefit", {"gainer": None}),
        ("transfer", {"gainer": "shops"}),
    ):
        with pytest.raises(ValueError, match=r"payer|another"):
            item("x", kind, ((1, 1, 1, 1, 1),), **sides)
    with pytest.raises(ValueError, match="fall"):
        Yearly(first=0, low=2, expected=1, high=3)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((5, 6, 7), "even when all goes badly"),
        ((0, 0, 1), "even when all goes well"),
        ((0, 4, 7), "We expect that it brings"),
        ((0, 1, 7), "We expect that it costs more"),
    ],
)
def test_what_it_means_is_said_without_a_figure(amounts: tuple[int, int, int], said: str) -> None:
    pay = item("pay", "cost", ((0, 0, 2, 2, 3),))
    case = a_case(pay, item("gain", "benefit", ((0, 0, *amounts),)))
    text = meaning(net_present_value(case), case, EN)
    assert said in text
    assert not any(letter.isdigit() for letter in text)
    assert meaning(net_present_value(a_case()), a_case(), EN).startswith("Nobody")


def recomputed(content: bytes, folder: Path) -> dict[str, float]:
    """Compute the formulas of a file anew, by a library that knows nothing of ours; values by 'SHEET!CELL'."""
    path = folder / "costs.xlsx"
    path.write_bytes(content)
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {}
    for key, one in solution.items():
        name = str(key).replace("'", "").rpartition("]")[2]
        if "!" in name and ":" not in name:
            found[name] = one.value[0, 0]
    return found


def written(content: bytes, folder: Path) -> tuple[dict[str, float], dict[str, str]]:
    """Return the kept values and the formulas of the cells that have one."""
    from openpyxl import load_workbook

    path = folder / "written.xlsx"
    path.write_bytes(content)
    formulas_of, values_of = load_workbook(path), load_workbook(path, data_only=True)
    texts = {
        f"{sheet.title.upper()}!{cell.coordinate}": str(cell.value)
        for sheet in formulas_of
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    kept = {name: values_of[_sheet(name, values_of.sheetnames)][name.partition("!")[2]].value for name in texts}
    return kept, texts


def _sheet(name: str, sheets: list[str]) -> str:
    return next(one for one in sheets if one.upper() == name.partition("!")[0])


@pytest.mark.parametrize(("lang", "spread", "horizon"), [(NL, 1, None), (EN, 1.5, 25)])
def test_the_spreadsheet_computes_the_same_cents(lang, spread: float, horizon: int | None, tmp_path: Path) -> None:
    case = case_history.delivered_case(load_area("scheveningen"))
    case = case.model_copy(update={"horizon": horizon or case.horizon})
    content = costs_file(case, "=1+1", lang, spread=spread)
    kept, texts = written(content, tmp_path)
    anew = recomputed(content, tmp_path)
    assert len(kept) > 60
    for name, value in kept.items():
        assert round(float(anew[name]), 2) == round(value, 2), (name, texts[name])
    net = net_present_value(case, spread)
    row = next(name for name, text in texts.items() if "SUM(" in text and name.partition("!")[2].startswith("C"))
    assert round(float(anew[row]), 2) == round(net.expected, 2)
    worths = [text for text in texts.values() if "NPV(" in text]
    assert len(worths) == 3 * len(case.items)
    assert all(text.startswith(f"=G{text[2:].partition('+')[0]}+NPV(E") for text in worths), "year 0 is outside"


def test_the_command_writes_a_file_that_says_it_is_an_example(tmp_path: Path, capsys) -> None:
    out = tmp_path / "out" / "costs.xlsx"
    assert main(["costs", "--area", "scheveningen", "--out", str(out), "--lang", "nl"]) == 0
    assert out.read_bytes()[:2] == b"PK"
    assert "VOORBEELD" in capsys.readouterr().out
    assert main(["costs", "--area", "nowhere"]) == 2


def test_changes_are_kept_with_their_reason_and_can_be_undone() -> None:
    area, why = load_area("scheveningen"), {"role": "steward", "reason": "Offerte van oktober."}
    case = case_history.read_case(area)
    case_history.change_case(area, case.model_copy(update={"horizon": 15}), **why)
    assert (case_history.read_case(area).horizon, case_history.read_case(area).number) == (15, 1)
    with pytest.raises(UserError, match="different"):
        case_history.change_case(area, case_history.read_case(area), **why)
    with pytest.raises(UserError, match="why"):
        case_history.change_case(area, case, role="steward", reason="nee")
    rate = case.rate("standard")
    with pytest.raises(UserError, match="which body"):
        case_history.confirm_rate(area, rate, by=" ", on=date(2026, 9, 1), **why)
    case_history.confirm_rate(area, rate, by="Afdeling financiën", on=date(2026, 9, 1), **why)
    assert case_history.read_case(area).rate("standard").confirmed_by == "Afdeling financiën"
    assert len(case_history.read_case(area).rates) == len(case.rates)
    case_history.earlier_case(area, 0, **why)
    assert case_history.read_case(area).model_copy(update={"number": 0}) == case
    with pytest.raises(UserError, match="no change 9"):
        case_history.earlier_case(area, 9, **why)


def test_everything_of_the_example_is_marked_and_items_without_money_are_kept_apart() -> None:
    case = case_history.delivered_case(load_area("scheveningen"))
    assert all(one.example and one.basis == "assumed" for one in case.items)
    safe = case.item("veilig")
    assert safe is not None
    assert safe.other
    assert item_range(safe, case).expected == 0


def test_an_area_without_a_case_has_an_empty_one() -> None:
    case = case_history.read_case(load_area("auckland"))
    assert case.items == ()
    assert net_present_value(case).expected == 0
