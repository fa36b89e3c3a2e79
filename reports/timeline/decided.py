"""What was decided: on sources, thresholds, cards, conditions and wishes, costs, effects, and how far the work is."""

from collections.abc import Iterator

from data.area.effects import effect_decisions
from data.area.investigations import Leave, investigation_log
from data.area.measures import read_measures
from data.area.partners import read_partners
from data.area.sources import Decision, decision_log, read_sources
from data.area.stances import stance_log
from data.area.zone import in_language
from forecasting.evaluation.sealed_words import verdict
from forecasting.values.adoption import adoptions
from language import Language
from language.said import fact
from reports.timeline.happening import EVERYBODY, PROFESSIONALS, Asked, Happening
from response.cards.history import playbook_at, revisions
from response.costs.case_history import case_revisions
from visuals.account.source_words import answer_name
from visuals.words.adopted import body_name


def sources(asked: Asked) -> Iterator[Happening]:
    """Yield every decision on a source, and what the parties said to it."""
    lang, area = asked.lang, asked.area
    found = {one.id: one for one in read_sources(area.id)}
    log, partners = decision_log(area.id), read_partners(area.id)
    names = {key: in_language(one.title, lang) for key, one in found.items()}
    for number, line in enumerate(log):
        name = names.get(line.source, line.source)
        text, page = _decision(line.decision, name, line.by, lang), f"sources#{line.source}"
        yield Happening(f"source-{number}-{line.source}", line.at, text, line.reason, page=page)
    said = stance_log(area.id)
    logged = {line.source for line in log} | {one.source for one in said}
    for source in found.values():
        if source.decided_on is not None and source.id not in logged:
            text = _decision(source.decision, names[source.id], source.decided_by, lang)
            at, page = asked.day(source.decided_on), f"sources#{source.id}"
            yield Happening(f"source-{source.id}", at, text, page=page, timed=False)
    for number, stance in enumerate(said):
        partner = partners.find(stance.party)
        party = partner.name(lang) if partner else stance.party
        text = lang.t(
            "{party} on the source '{source}': {answer}.",
            party=party,
            source=names.get(stance.source, stance.source),
            answer=answer_name(stance.answer, lang),
        )
        yield Happening(f"stance-{number}", stance.at, text, stance.why, page=f"sources#{stance.source}")
    yield from _tests(names, asked)


def _tests(names: dict[str, str], asked: Asked) -> Iterator[Happening]:
    """Yield for which sources leave was given for a sealed test, where it was withdrawn, and what a test showed."""
    lang = asked.lang
    for number, line in enumerate(investigation_log(asked.area.id)):
        source, why = names.get(line.source, line.source), ""
        if isinstance(line, Leave):
            why = line.why
            said = {
                "allowed": lang.t(
                    "A closed test of the source '{source}' may be done. Decided by: {body}.",
                    source=source,
                    body=line.by,
                ),
                "ended": lang.t(
                    "The closed test of the source '{source}' may not be done any more. Decided by: {body}.",
                    source=source,
                    body=line.by,
                ),
            }
            text = said[line.what]
        else:
            text = lang.t("The source '{source}' was tested: {verdict}", source=source, verdict=verdict(line, lang))
        yield Happening(f"test-{number}", line.at, text, why, page=f"sources#{line.source}")


def _decision(decision: Decision, source: str, body: str, lang: Language) -> str:
    said = {
        "approved": lang.t("The source '{source}' may be used. Decided by: {body}.", source=source, body=body),
        "refused": lang.t("The source '{source}' may not be used. Decided by: {body}.", source=source, body=body),
        "pending": lang.t("The source '{source}' waits for a decision. Put down by: {body}.", source=source, body=body),
    }
    return said[decision]


def thresholds(asked: Asked) -> Iterator[Happening]:
    """Yield every decision on the thresholds."""
    lang = asked.lang
    for one in adoptions(asked.area.id):
        body = body_name(one.body, lang)
        if one.back_to is None:
            text = lang.t("Other thresholds between the levels were adopted by {body}.", body=body)
        else:
            text = lang.t("Earlier thresholds between the levels were put back by {body}.", body=body)
        zones = tuple(one.thresholds.zones)
        yield Happening(f"thresholds-{one.number}", one.at, text, one.reason, zones, one.role, "thresholds")


def cards(asked: Asked) -> Iterator[Happening]:
    """Yield every change of the playbook; everybody reads which of the cards that they may know of was adopted."""
    lang, area = asked.lang, asked.area
    delivered = {one.id: one for one in playbook_at(area, None).cards}
    before = delivered
    for one in revisions(area.id):
        card, was = one.cards.get(one.card or ""), before.get(one.card or "")
        before = {**delivered, **one.cards}
        text, for_whom = lang.t("The cards of the playbook were put back to how they were earlier."), PROFESSIONALS
        if card is not None:
            name = fact(card.name(lang), "card")
            text = lang.t("The card '{card}' was changed.", card=name)
            if card.adopted is not None and (was is None or was.adopted != card.adopted):
                text = lang.t("The card '{card}' was adopted by {body}.", card=name, body=card.adopted.by)
                for_whom = EVERYBODY if card.visible == "everybody" else PROFESSIONALS
        yield Happening(
            f"card-{one.number}",
            one.at,
            text,
            asked.within(one.reason),
            by=one.role,
            page="playbook" if asked.professional else "",
            for_whom=for_whom,
        )


def costs(asked: Asked) -> Iterator[Happening]:
    """Yield every change of the costs and benefits; why is for professionals."""
    for one in case_revisions(asked.area.id):
        text = asked.lang.t("The costs and benefits were changed.")
        yield Happening(f"costs-{one.number}", one.at, text, asked.within(one.reason), by=one.role, page="costs")


def effects(asked: Asked) -> Iterator[Happening]:
    """Yield which measured effects were adopted for use, and which were withdrawn."""
    lang = asked.lang
    names = {one.id: in_language(one.names, lang) for one in read_measures(asked.area)}
    for one in effect_decisions(asked.area.id):
        values = {"measure": fact(names.get(one.measure, one.measure), "card"), "body": one.body}
        if one.effect is None:
            text = lang.t("The measured effect of '{measure}' is not used any more. Decided by: {body}.", **values)
        else:
            text = lang.n(
                "'{measure}': its effect was measured on {n} day and adopted by {body}.",
                "'{measure}': its effect was measured on {n} days and adopted by {body}.",
                one.effect.days,
                **values,
            )
        yield Happening(f"effect-{one.number}", one.at, text, asked.within(one.reason), by=one.role, page="scenarios")
