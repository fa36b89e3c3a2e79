"""Making any form of the account of an area from what is known of it now."""

import json
from collections.abc import Callable
from typing import Final, Literal, get_args

from data.area.area import Area
from data.area.partners import read_partners
from data.area.sources import approved_sources
from forecasting.evaluation.backtest_result import newest_backtest
from language import Language
from reports.register.assessment import Assessment, Known, assessment_file
from reports.register.catalogue import as_jsonld, catalogue
from reports.register.council import council_sheet
from reports.register.entry_facts import read_entry_facts
from reports.register.publication import broken_rules, register_entry
from reports.register.system_card import as_yaml, system_card
from response.conditions.agreed_history import read_agreed
from response.costs.measured import case_in_use

Form = Literal["algoritmeregister", "systemcard", "dcat", "council"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
FILES: Final[dict[Form, tuple[str, str]]] = {
    "algoritmeregister": ("algoritmeregister.json", "application/json"),
    "systemcard": ("system-card.yaml", "application/yaml"),
    "dcat": ("catalogue.jsonld", "application/ld+json"),
    "council": ("a4.html", "text/html"),
}
"""What the file of each form is called, and its type."""


def made(area: Area, form: Form, lang: Language, base: str = "") -> str:
    """Return the account of an area in a form. Raises ``UserError`` when a file of the area is wrong."""
    facts, sources, result = read_entry_facts(area.id), approved_sources(area.id), newest_backtest(area.id)
    ways: dict[Form, Callable[[], str]] = {
        "algoritmeregister": lambda: (
            json.dumps(register_entry(area, facts, sources, result, lang), ensure_ascii=False, indent=1) + "\n"
        ),
        "systemcard": lambda: as_yaml(system_card(area, facts, sources, result, lang)),
        "dcat": lambda: as_jsonld(catalogue(area, facts, sources, base)) + "\n",
        "council": lambda: council_sheet(area, facts, sources, result, case_in_use(area)[0], lang).decode("utf-8"),
    }
    return ways[form]()


def still_open(area: Area, lang: Language) -> list[str]:
    """Return what keeps the entry of an area from being published: a sentence each."""
    facts = read_entry_facts(area.id)
    entry = register_entry(area, facts, approved_sources(area.id), newest_backtest(area.id), lang)
    said = [_why_not(field, why, lang) for field, why in broken_rules(entry)]
    if not facts.confirmed_by:
        said.append(lang.t("DRAFT: no body has confirmed this yet"))
    return said


def _why_not(field: str, why: str, lang: Language) -> str:
    whys = {
        "missing": lang.t("'{field}' is not filled in yet.", field=field),
        "long": lang.t("'{field}' is longer than the standard allows.", field=field),
        "value": lang.t("'{field}' has a value that the standard does not know.", field=field),
        "form": lang.t("'{field}' is not written as the standard asks.", field=field),
    }
    return whys[why]


def assessment(area: Area, kind: Assessment, lang: Language) -> bytes:
    """Return an IAMA or DPIA of an area to go on with, as the bytes of a ``.docx`` file."""
    known = Known(
        area,
        read_entry_facts(area.id),
        approved_sources(area.id),
        read_partners(area.id),
        read_agreed(area.id),
        newest_backtest(area.id),
    )
    return assessment_file(kind, known, lang)
