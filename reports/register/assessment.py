"""IAMA and DPIA as documents to go on with: their questions, prefilled with what is known, and visibly empty elsewhere.

The questions are said in our own short words; the official forms have more. Every page says CONCEPT, and no legal words
are made up: what the app does not know, somebody has to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal, get_args

import docx

from data.area.area import Area
from data.area.partners import Partners
from data.area.sources import Source
from data.area.zone import Names, in_language
from forecasting.evaluation.backtest_result import Backtest
from language import Language
from language.plain import joined
from reports.register import account_texts as texts
from reports.register.entry_facts import EntryFacts
from response.conditions.condition import Agreed

Assessment = Literal["iama", "dpia"]
ASSESSMENTS: Final[tuple[Assessment, ...]] = get_args(Assessment)


@dataclass(frozen=True)
class Known:
    """What is known of an area, from which answers are filled in."""

    area: Area
    facts: EntryFacts
    sources: Sequence[Source]
    partners: Partners
    agreed: Agreed
    result: Backtest | None


@dataclass(frozen=True)
class Question:
    """One question of an assessment in its ``part``, and the answer as far as it is known; empty where it is not."""

    part: str
    text: str
    answer: str


def questions(kind: Assessment, known: Known, lang: Language) -> list[Question]:
    """Return the questions of an assessment with what is known."""
    found = _iama(known, lang) if kind == "iama" else _dpia(known, lang)
    return [Question(part, text, answer) for part, asked in found for text, answer in asked]


_Parts = list[tuple[str, list[tuple[str, str]]]]


def _iama(known: Known, lang: Language) -> _Parts:
    law = in_language(known.facts.lawful_basis, lang) if known.facts.lawful_basis else ""
    return [
        (
            lang.t("Why"),
            [
                (lang.t("What is the reason, and what is the goal?"), texts.goal(lang)),
                (lang.t("Which public values does it serve, and which may it harm?"), texts.considerations(lang)),
                (lang.t("What is the legal basis?"), law),
                (lang.t("Who takes part, and who is responsible for what?"), _parties(known, lang)),
            ],
        ),
        (
            lang.t("What goes in, and what comes out"),
            [
                (lang.t("Which data are used, and where do they come from?"), texts.data_used(known.sources, lang)),
                (lang.t("What do the data not see?"), _of_sources(known.sources, "bias", lang)),
                (lang.t("How does it work?"), texts.technical_operation(lang)),
                (lang.t("How good is it, and what may go wrong?"), texts.risks(known.result, lang)),
            ],
        ),
        (
            lang.t("How it is used"),
            [
                (lang.t("Who decides, and can a person do otherwise?"), texts.human_intervention(lang)),
                (lang.t("What is it not used for?"), " ".join(texts.not_used_for(lang))),
                (lang.t("Which conditions were agreed?"), _conditions(known, lang)),
                (lang.t("How do people hear of it, and where can they object?"), ""),
                (lang.t("When is it looked at again?"), _reviews(known, lang)),
            ],
        ),
        (
            lang.t("Human rights"),
            [
                (lang.t("Which rights of people are touched, and how much?"), ""),
                (lang.t("Could it be done in a way that touches them less?"), ""),
                (lang.t("Is it justified, all considered?"), ""),
            ],
        ),
    ]


def _dpia(known: Known, lang: Language) -> _Parts:
    personal = {source.personal_data for source in known.sources}
    law = in_language(known.facts.lawful_basis, lang) if known.facts.lawful_basis else ""
    return [
        (
            lang.t("What is processed"),
            [
                (lang.t("What is proposed?"), texts.short_description(known.area, lang)),
                (lang.t("Which personal data?"), texts.data_used(known.sources, lang) if None not in personal else ""),
                (lang.t("For which purpose?"), texts.goal(lang)),
                (lang.t("Who is involved?"), _parties(known, lang)),
                (lang.t("By which technique?"), texts.technical_operation(lang)),
                (lang.t("How long are data kept?"), _of_sources(known.sources, "retention", lang)),
            ],
        ),
        (
            lang.t("Is it lawful"),
            [
                (lang.t("What is the legal basis?"), law),
                (lang.t("Is it needed, and is there no lighter way?"), ""),
                (lang.t("How can people use their rights?"), ""),
            ],
        ),
        (
            lang.t("Risks and measures"),
            [
                (lang.t("What may go wrong for people?"), ""),
                (lang.t("What is done about it?"), _of_sources(known.sources, "privacy", lang)),
            ],
        ),
    ]


def _parties(known: Known, lang: Language) -> str:
    said = [
        f"{one.name(lang)}: {in_language(one.answers_for, lang)}" if one.answers_for else f"{one.name(lang)}."
        for one in known.partners.partner
    ]
    return " ".join(said)


def _of_sources(sources: Sequence[Source], field: str, lang: Language) -> str:
    """Return what is filled in at a field of each source; nothing while one of them lacks it."""
    found: list[tuple[Source, Names]] = [(source, getattr(source, field)) for source in sources]
    if not found or not all(names for _, names in found):
        return ""
    return " ".join(f"{in_language(source.title, lang)}: {in_language(names, lang)}" for source, names in found)


def _conditions(known: Known, lang: Language) -> str:
    return " ".join(one.text(lang) for one in known.agreed.conditions if not one.example)


def _reviews(known: Known, lang: Language) -> str:
    days = sorted({one.review for one in known.agreed.conditions if one.review and not one.example})
    return joined([lang.date(day, "d MMMM y") for day in days], lang)


def assessment_file(kind: Assessment, known: Known, lang: Language) -> bytes:
    """Return the bytes of a ``.docx`` file with the questions, what is known, and room for the rest."""
    names: dict[Assessment, str] = {
        "iama": lang.t("Impact assessment for human rights and algorithms (IAMA)"),
        "dpia": lang.t("Data protection impact assessment (DPIA)"),
    }
    concept = lang.t("DRAFT. Prefilled with what the app knows. Nobody has checked it.")
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = f"CONCEPT {names[kind]}"
    document.sections[0].header.paragraphs[0].text = concept
    document.add_heading(f"{names[kind]}: {known.area.name(lang)}", 0)
    document.add_paragraph().add_run(concept).bold = True
    part = ""
    for one in questions(kind, known, lang):
        if one.part != part:
            part = one.part
            document.add_heading(part, 1)
        document.add_heading(one.text, 2)
        if one.answer:
            document.add_paragraph(one.answer)
        else:
            document.add_paragraph().add_run(lang.t("NOT ANSWERED YET")).bold = True
    file = BytesIO()
    document.save(file)
    return file.getvalue()
