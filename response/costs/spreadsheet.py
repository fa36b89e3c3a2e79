"""A case as a spreadsheet whose formulas live: who changes an amount or a rate there sees what becomes of the sum.

Every formula is written with its value, since what does not compute shows that. Year 0 stands outside of NPV, which
would discount its first amount.
"""

import io
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell as at
from xlsxwriter.worksheet import Worksheet

from language import Language
from response.cards.card import text_in
from response.costs.case import RATE_CLASSES, Case, Item
from response.costs.case_words import basis_name, double_sentence, effect_name, kind_name, meaning, percent, rate_name
from response.costs.outcome import (
    OPPOSITE,
    Bound,
    Range,
    by_party,
    counted_twice,
    item_range,
    net_present_value,
    worth,
    yearly,
)

BOUNDS: Final[tuple[Bound, ...]] = ("low", "expected", "high")
_RATE, _WORTH, _YEARS = 4, 5, 6
"""Columns of the sheets of amounts, from 0."""


def costs_file(case: Case, title: str, lang: Language, *, spread: float = 1) -> bytes:
    """Return the bytes of an ``.xlsx`` file of a case: outcome, amounts of three cases, rates and items."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        _Sheets(book, case, title, lang, spread).write()
    return file.getvalue()


class _Sheets:
    """The sheets of one case while they are written."""

    def __init__(self, book: Workbook, case: Case, title: str, lang: Language, spread: float) -> None:
        self.case, self.title, self.lang, self.spread = case, title, lang, spread
        names: dict[Bound, str] = {"low": lang.t("Low"), "expected": lang.t("Expected"), "high": lang.t("High")}
        self.names = names
        self.rates_name = lang.t("Rates")
        self.outcome = book.add_worksheet(lang.t("Outcome"))
        self.amounts = {bound: book.add_worksheet(names[bound]) for bound in BOUNDS}
        self.rates, self.items = book.add_worksheet(self.rates_name), book.add_worksheet(lang.t("Items"))
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self.euro: Format = book.add_format({"num_format": "#,##0.00"})
        self.percent: Format = book.add_format({"num_format": "0.00%"})

    def write(self) -> None:
        """Fill all sheets."""
        self._rates()
        for bound in BOUNDS:
            self._amounts(bound)
        self._items()
        self._outcome()

    def _row(self, sheet: Worksheet, row: int, texts: list[str], style: Format | None = None) -> None:
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, style)

    def _rates(self) -> None:
        lang, sheet = self.lang, self.rates
        titles = [lang.t("Rate"), lang.t("A year"), lang.t("Valid from"), lang.t("Source"), lang.t("Confirmed by")]
        self._row(sheet, 0, titles, self.head)
        for row, of in enumerate(RATE_CLASSES, start=1):
            rate = self.case.rate(of)
            sheet.write_string(row, 0, rate_name(of, lang))
            sheet.write_number(row, 1, rate.fraction, self.percent)
            by = rate.confirmed_by or lang.t("not confirmed yet")
            for column, text in ((2, rate.valid_from.isoformat()), (3, rate.source), (4, by)):
                sheet.write_string(row, column, text)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 12)
        sheet.set_column(3, 4, 60)

    def _amounts(self, bound: Bound) -> None:
        case, lang, sheet = self.case, self.lang, self.amounts[bound]
        titles = [lang.t("Item"), lang.t("Kind"), lang.t("Who pays"), lang.t("Who gains"), lang.t("Rate")]
        titles.append(lang.t("Value in {year}", year=case.base_year))
        self._row(sheet, 0, [*titles, *(str(case.base_year + year) for year in range(case.horizon + 1))], self.head)
        for row, item in enumerate(case.items, start=1):
            self._row(sheet, row, [item.name(lang), kind_name(item.kind, lang), *self._sides(item)])
            rate_cell = f"={self.rates_name}!{at(RATE_CLASSES.index(item.rate) + 1, 1, True, True)}"
            sheet.write_formula(row, _RATE, rate_cell, self.percent, case.rate(item.rate).fraction)
            for year, euros in enumerate(yearly(item, case, bound, self.spread)):
                sheet.write_number(row, _YEARS + year, euros, self.euro)
            later = f"{at(row, _YEARS + 1)}:{at(row, _YEARS + case.horizon)}"
            formula = f"={at(row, _YEARS)}+NPV({at(row, _RATE)},{later})"
            sheet.write_formula(row, _WORTH, formula, self.euro, worth(item, case, bound, self.spread))
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, _YEARS + case.horizon, 14)
        sheet.freeze_panes(1, 1)

    def _items(self) -> None:
        lang, sheet = self.lang, self.items
        titles = [lang.t("Item"), lang.t("Values"), lang.t("Basis"), lang.t("Source"), lang.t("Not in money")]
        self._row(sheet, 0, [*titles, lang.t("Example figure")], self.head)
        for row, item in enumerate(self.case.items, start=1):
            other = text_in(item.other, lang) if item.other else ""
            example = lang.t("yes") if item.example else lang.t("no")
            texts = [
                item.name(lang),
                effect_name(item.values, lang),
                basis_name(item.basis, lang),
                item.source_text(lang),
                other,
            ]
            self._row(sheet, row, [*texts, example], self.wrap)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 2, 24)
        sheet.set_column(3, 5, 50)

    def _outcome(self) -> None:
        case, lang, sheet = self.case, self.lang, self.outcome
        net = net_present_value(case, self.spread)
        about = [self.title, meaning(net, case, lang)]
        if any(item.example for item in case.items):
            about.append(lang.t("EXAMPLE FIGURES. Nobody vouches for the amounts that are marked as examples."))
        frame = {"year": case.base_year, "horizon": case.horizon, "wide": percent(self.spread * 100, lang)}
        about.append(
            lang.t("Prices of {year}, over {horizon} years after it. Ranges are {wide} of what is filled in.", **frame)
        )
        about.append(lang.t("Low: all costs high and all gains low. High: the other way round."))
        for row, text in enumerate(about):
            sheet.write_string(row, 0, text, self.head if row == 0 else None)
        row = len(about) + 1
        self._row(sheet, row, [lang.t("Item"), *(self.names[bound] for bound in BOUNDS)], self.head)
        first = row + 1
        for number, item in enumerate(case.items):
            row += 1
            sheet.write_string(row, 0, item.name(lang))
            self._three(row, [self._of_item(item, number + 1, b) for b in BOUNDS], item_range(item, case, self.spread))
        last, row = row, row + 1
        sheet.write_string(row, 0, lang.t("Net present value"), self.head)
        sums = [f"=SUM({at(first, column)}:{at(last, column)})" if case.items else "=0" for column in (1, 2, 3)]
        self._three(row, sums, net)
        row += 2
        self._row(sheet, row, [lang.t("Who"), *(self.names[bound] for bound in BOUNDS)], self.head)
        for party, found in by_party(case, self.spread).items():
            row += 1
            sheet.write_string(row, 0, case.party_name(party, lang))
            self._three(row, [self._of_party(at(row, 0), bound) for bound in BOUNDS], found)
        for double in counted_twice(case):
            row += 2
            sheet.write_string(row, 0, double_sentence(double, lang))
        sheet.set_column(0, 0, 50)
        sheet.set_column(1, 3, 18)

    def _three(self, row: int, formulas: list[str], found: Range) -> None:
        values = (found.low, found.expected, found.high)
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=1):
            self.outcome.write_formula(row, column, formula, self.euro, value)

    def _of_item(self, item: Item, row: int, bound: Bound) -> str:
        if item.kind == "transfer":
            return "=0"
        if item.kind == "cost":
            return f"=-{self._sheet(OPPOSITE[bound])}!{at(row, _WORTH)}"
        return f"={self._sheet(bound)}!{at(row, _WORTH)}"

    def _of_party(self, name: str, bound: Bound) -> str:
        gained, paid = (self._sum_if(which, column, name) for which, column in ((bound, 3), (OPPOSITE[bound], 2)))
        return f"={gained}-{paid}"

    def _sum_if(self, bound: Bound, column: int, name: str) -> str:
        sheet, last = self._sheet(bound), max(len(self.case.items), 1)
        who, euros = (f"{sheet}!{at(1, c, True, True)}:{at(last, c, True, True)}" for c in (column, _WORTH))
        return f"SUMIF({who},{name},{euros})"

    def _sheet(self, bound: Bound) -> str:
        return self.names[bound]

    def _sides(self, item: Item) -> list[str]:
        return [self.case.party_name(one, self.lang) if one else "" for one in (item.payer, item.gainer)]
