"""An entry in the Dutch algorithm register: the fields of publication standard 1.0.0, and its rules."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from forecasting.evaluation.backtest_result import Backtest
from language import Language
from reports.register import account_texts as texts
from reports.register.entry_facts import EntryFacts

VERSION: Final = "1.0.0"
REQUIRED: Final = (
    "name",
    "description_short",
    "organization",
    "status",
    "contact_email",
    "publication_category",
    "lang",
)
LONGEST: Final = {
    "name": 100,
    "description_short": 350,
    "organization": 100,
    "contact_email": 500,
    "website": 500,
    "url": 500,
    "process_index_url": 500,
    "publiccode": 500,
    "provider": 200,
    "source_id": 100,
    "goal": 2500,
    "proportionality": 2500,
    "human_intervention": 2500,
    "risks": 2500,
    "lawful_basis": 2500,
    "impacttoetsen": 2500,
    "source_data": 2500,
    "tags": 2500,
    "methods_and_models": 5000,
}
"""Characters that a field may have."""

THEMES: Final = (
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
)
VALUES: Final = {
    "status": ("In ontwikkeling", "In gebruik", "Buiten gebruik"),
    "publication_category": ("Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"),
    "lang": ("nld",),
    "standard_version": (VERSION,),
}
_LINKS: Final = ("website", "url", "process_index_url", "publiccode")
_GROUPS: Final = {"lawful_basis_grouping": 100, "impacttoetsen_grouping": 2500, "source_data_grouping": 500}
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LANGUAGES: Final = {"nl": "nld", "en": "eng"}


def register_entry(
    area: Area, facts: EntryFacts, sources: Sequence[Source], result: Backtest | None, lang: Language
) -> dict[str, Any]:
    """Return the entry of an area: fields of the standard, of which what nobody filled in is empty."""
    laws, checks = (
        [{"title": one.title, "link": one.link} for one in found] for found in (facts.laws, facts.assessments)
    )
    return {
        "name": texts.entry_name(area, lang),
        "description_short": texts.short_description(area, lang),
        "organization": facts.organization,
        "category": list(facts.themes),
        "status": facts.status,
        "begin_date": facts.begin,
        "end_date": facts.end,
        "contact_email": facts.contact,
        "website": facts.website,
        "publication_category": facts.publication_category or "",
        "url": "",
        "goal": texts.goal(lang),
        "proportionality": texts.considerations(lang),
        "human_intervention": texts.human_intervention(lang),
        "risks": texts.risks(result, lang),
        "lawful_basis": in_language(facts.lawful_basis, lang) if facts.lawful_basis else "",
        "lawful_basis_grouping": laws,
        "process_index_url": facts.processing_register,
        "impacttoetsen": in_language(facts.assessments_why, lang) if facts.assessments_why else "",
        "impacttoetsen_grouping": checks,
        "source_data": texts.data_used(sources, lang),
        "source_data_grouping": [],
        "methods_and_models": texts.technical_operation(lang),
        "provider": facts.provider,
        "publiccode": facts.source_code,
        "lang": _LANGUAGES[lang.code],
        "standard_version": VERSION,
        "source_id": f"crowd-notebook-{area.id}",
        "tags": "drukte, bezoekers, veiligheid, voorspelling, bewoners",
    }


def broken_rules(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each field that breaks a rule of the standard, and which: ``missing``, ``long``, ``value`` or ``form``."""
    for field in REQUIRED:
        if not entry.get(field):
            yield field, "missing"
    for field, longest in LONGEST.items():
        if len(str(entry.get(field, ""))) > longest:
            yield field, "long"
    for field, known in VALUES.items():
        if entry.get(field) and entry[field] not in known:
            yield field, "value"
    themes = entry.get("category", [])
    if len(themes) > 3 or not set(themes) <= set(THEMES):
        yield "category", "value"
    for field in ("begin_date", "end_date"):
        if entry.get(field) and not _MONTH.fullmatch(entry[field]):
            yield field, "form"
    if entry.get("status") == "In gebruik" and entry.get("end_date"):
        yield "end_date", "value"
    yield from _forms(entry)


def _forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _LINKS:
        if entry.get(field) and not str(entry[field]).startswith("https://"):
            yield field, "form"
    contact = str(entry.get("contact_email", ""))
    if contact and not (contact.startswith("https://") or _MAIL.fullmatch(contact)):
        yield "contact_email", "form"
    for field, value in entry.items():
        if isinstance(value, str) and re.search(r"[\r\n]", value):
            yield field, "form"
    for field, longest in _GROUPS.items():
        for one in entry.get(field, []):
            if not (one.get("title") and str(one.get("link", "")).startswith("https://")):
                yield field, "form"
            if len(one.get("title", "")) > longest or len(one.get("link", "")) > 500:
                yield field, "long"
