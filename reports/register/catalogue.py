"""A catalogue of what is open, in DCAT (JSON-LD), so that a data portal can harvest it."""

import json
from collections.abc import Sequence
from typing import Any, Final

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from language import LANGUAGES, Language, language
from reports.register.entry_facts import EntryFacts

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE: Final = "http://publications.europa.eu/resource/authority/language/"
_FORMATS: Final = {
    "forecast.csv": "text/csv",
    "forecast.json": "application/json",
    "forecast.geojson": "application/geo+json",
    "forecast.czml": "application/json",
}


def catalogue(area: Area, facts: EntryFacts, sources: Sequence[Source], base: str = "") -> dict[str, Any]:
    """Return the catalogue of an area: its forecast, counts as far as they may be read, and places.

    ``sources`` are those in use. ``base`` is the address of the app, such as ``https://drukte.example``; without it
    addresses are relative to wherever the app runs.
    """
    root = f"{base.rstrip('/')}/" if base else ""
    address = f"{root}api/areas/{area.id}/"
    counts = [source for source in sources if source.kind == "counts"]
    sets = [
        _dataset(
            f"{address}forecast",
            _texts(_forecast_title, area),
            _texts(_forecast_what, area),
            [_distribution(f"{address}{name}", media) for name, media in _FORMATS.items()],
            "EUPL-1.2",
        ),
        _dataset(
            f"{address}zones",
            _texts(_places_title, area),
            _texts(_places_title, area),
            [_distribution(f"{address}zones.geojson", "application/geo+json")],
            "EUPL-1.2",
        ),
        *(
            _dataset(
                f"{address}counts",
                _named(source.title),
                _named(source.counted or source.title),
                [_distribution(f"{address}counts.json", "application/ld+json")],
                source.licence,
            )
            for source in counts[-1:]
        ),
    ]
    publisher = {"@type": "foaf:Agent", "foaf:name": facts.organization or area.name(language("nl"))}
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@id": f"{address}catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _texts(_catalogue_title, area),
        "dct:description": _texts(_catalogue_title, area),
        "dct:publisher": publisher,
        "dct:language": [{"@id": f"{_LANGUAGE}{code}"} for code in ("NLD", "ENG")],
        "dcat:dataset": [one | {"dct:publisher": publisher} | _contact(facts) for one in sets],
    }
    return found


def as_jsonld(found: dict[str, Any]) -> str:
    """Return a catalogue as text."""
    return json.dumps(found, ensure_ascii=False, indent=1)


def _contact(facts: EntryFacts) -> dict[str, Any]:
    if not facts.contact:
        return {}
    key, value = (
        ("vcard:hasURL", facts.contact)
        if facts.contact.startswith("https://")
        else ("vcard:hasEmail", f"mailto:{facts.contact}")
    )
    return {"dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": facts.organization, key: {"@id": value}}}


def _dataset(
    address: str, title: list[dict[str, str]], what: list[dict[str, str]], ways: list[dict[str, Any]], licence: str
) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": address,
        "dct:title": title,
        "dct:description": what,
        "dcat:distribution": [way | ({"dct:license": licence} if licence else {}) for way in ways],
    }


def _distribution(address: str, media: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }


def _named(names: dict[str, str]) -> list[dict[str, str]]:
    return [{"@language": code, "@value": in_language(names, language(code))} for code in LANGUAGES if code in names]


def _texts(say: Any, area: Area) -> list[dict[str, str]]:
    return [{"@language": code, "@value": say(area, language(code))} for code in LANGUAGES]


def _catalogue_title(area: Area, lang: Language) -> str:
    return lang.t("Open data on crowds in {area}", area=area.name(lang)) + _mark(area, lang)


def _forecast_title(area: Area, lang: Language) -> str:
    return lang.t("Forecast of crowds in {area}, by hour and place", area=area.name(lang)) + _mark(area, lang)


def _forecast_what(area: Area, lang: Language) -> str:
    return lang.t("What is expected in each hour of seven days, with how sure that is.") + _mark(area, lang)


def _places_title(area: Area, lang: Language) -> str:
    return lang.t("Places in {area} that the forecast is about", area=area.name(lang))


def _mark(area: Area, lang: Language) -> str:
    return f" ({lang.t('DEMO DATA')})" if area.simulated else ""
