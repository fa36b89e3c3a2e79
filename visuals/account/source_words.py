"""A source in words: what is counted, by whom, on what ground, with what care, and what the parties say to it."""

from data.area.area import Area
from data.area.investigations import Leave
from data.area.partners import Partners
from data.area.sources import Decision, Source
from data.area.stances import Answer, Stance
from data.area.zone import Names, in_language
from language import Language
from language.plain import joined


def answer_name(answer: Answer, lang: Language) -> str:
    """Return what a party says to a source, in a word or two."""
    names: dict[Answer, str] = {
        "agrees": lang.t("agrees"),
        "agrees_if": lang.t("agrees if"),
        "objects": lang.t("objects"),
        "not_asked": lang.t("not asked"),
    }
    return names[answer]


def standing(decision: Decision, lang: Language) -> str:
    """Say whether a source is used."""
    names: dict[Decision, str] = {
        "approved": lang.t("This source is used."),
        "refused": lang.t("This source is not used: it was refused or withdrawn."),
        "pending": lang.t("This source is not used: nobody decided on it yet."),
    }
    return names[decision]


def source_lines(source: Source, area: Area, lang: Language) -> list[tuple[str, str]]:
    """Return what people want to know first of a source, each with its heading. What nobody filled in is absent."""
    personal = {True: lang.t("yes"), False: lang.t("no"), None: ""}[source.personal_data]
    places = joined([area.zone(one).name(lang) for one in source.places if one in area.zone_ids], lang)
    return _filled(
        (lang.t("What is counted"), _text(source.counted, lang)),
        (lang.t("Where"), places or lang.t("everywhere in {area}", area=area.name(lang))),
        (lang.t("Whose it is"), _text(source.owner, lang) or source.credit),
        (lang.t("Personal data"), personal),
        (lang.t("What it does not see"), _text(source.bias, lang)),
    )


def further_lines(source: Source, lang: Language) -> list[tuple[str, str]]:
    """Return what else is known of a source, each with its heading. What nobody filled in is absent."""
    decided = ""
    if source.decided_by and source.decided_on and source.decision != "pending":
        decided = f"{source.decided_by}, {lang.date(source.decided_on, 'd MMMM y')}"
    return _filled(
        (lang.t("Decided by"), decided),
        (lang.t("Care for privacy"), _text(source.privacy, lang)),
        (lang.t("Legal basis"), _text(source.legal_basis, lang)),
        (lang.t("How long it is kept"), _text(source.retention, lang)),
        (lang.t("Licence"), source.licence),
    )


def _filled(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    return [(heading, text) for heading, text in lines if text]


def missing_fields(source: Source, lang: Language) -> list[str]:
    """Return what nobody filled in of a source that people may want to know."""
    known = {
        lang.t("Whose it is"): source.owner or source.credit,
        lang.t("Personal data"): source.personal_data is not None,
        lang.t("Care for privacy"): source.privacy,
        lang.t("Legal basis"): source.legal_basis,
        lang.t("What it does not see"): source.bias,
        lang.t("How long it is kept"): source.retention,
        lang.t("Licence"): source.licence,
    }
    return [name for name, found in known.items() if not found]


def counted_at(zone_id: str, sources: list[Source]) -> list[Source]:
    """Return the sources that count at a place: those that name it, and those that are of the whole area."""
    return [one for one in sources if one.kind == "counts" and (not one.places or zone_id in one.places)]


def counted_words(source: Source, lang: Language) -> str:
    """Say what a source counts, and whether it is used."""
    return f"{in_language(source.counted or source.title, lang)} {standing(source.decision, lang)}"


def counted_sentence(area: Area, sources: list[Source], lang: Language) -> str:
    """Say at how many places of an area something is counted that is used."""
    used = [one for one in sources if one.decision == "approved"]
    there = sum(bool(counted_at(zone_id, used)) for zone_id in area.zone_ids)
    if not there:
        return lang.t("At no place something is counted now that is used.")
    return lang.t(
        "At {there} of {all} places something is counted that is used.",
        there=lang.number(there),
        all=lang.number(len(area.zone_ids)),
    )


def counted_rows(area: Area, sources: list[Source], lang: Language) -> list[dict[str, str]]:
    """Return the same as the map as a table: each place, what is counted there, and whether it is used."""
    return [
        {
            lang.t("Place"): area.zone(zone_id).name(lang),
            lang.t("What is counted"): "; ".join(in_language(one.counted or one.title, lang) for one in found),
            lang.t("Used"): lang.t("yes") if any(one.decision == "approved" for one in found) else lang.t("no"),
        }
        for zone_id in area.zone_ids
        if (found := counted_at(zone_id, sources))
    ]


def stance_rows(said: dict[str, Stance], partners: Partners, area: Area, lang: Language) -> list[dict[str, str]]:
    """Return a row for each party that said something: what, why, in which session and when."""
    rows = []
    for party, stance in said.items():
        if stance.answer == "not_asked":
            continue
        partner = partners.find(party)
        rows.append(
            {
                lang.t("Party"): partner.name(lang) if partner else party,
                lang.t("Says"): answer_name(stance.answer, lang),
                lang.t("Why"): stance.why,
                lang.t("Session"): stance.session,
                lang.t("When"): lang.date(stance.at, "d MMM y", area.tz),
            }
        )
    return rows


def not_asked(said: dict[str, Stance], partners: Partners, lang: Language) -> str:
    """Say which parties were not asked yet; nothing when all were."""
    spoken = {party for party, stance in said.items() if stance.answer != "not_asked"}
    if partners.asked and not spoken:
        return lang.t("None of the parties was asked yet.")
    names = [one.name(lang) for one in partners.asked if one.id not in spoken]
    return lang.t("Not asked yet: {parties}.", parties=joined(names, lang)) if names else ""


def leave_sentence(leave: Leave, area: Area, lang: Language) -> str:
    """Say who gave leave for a sealed test, when, in which session, and why."""
    return lang.t(
        "{body} gave leave for one closed test on {day}, in the session '{session}': {why}",
        body=leave.by,
        day=lang.date(leave.at, "d MMMM y", area.tz),
        session=leave.session,
        why=leave.why,
    )


def _text(names: Names, lang: Language) -> str:
    return in_language(names, lang) if names else ""
