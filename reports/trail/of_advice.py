"""The trail of an advice: from the words it builds on to the effect of what was decided after it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from data.area.effects import effect_decisions
from data.area.zone import in_language
from data.keeping.real_time import real_today
from feedback.contributions.built_on import words_of
from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, answer_name
from feedback.sessions.sessions import find_session
from forecasting.values.adoption import adoptions
from language.plain import joined
from language.said import fact, together
from reports.timeline.happening import Asked, moment
from reports.trail.step import Step, Trail, Waiting, What
from response.actions.practice import logged
from response.cards.history import read_playbook, revisions
from response.status.publishing import published
from visuals.playbook.action_words import action_name, places_words, stage_name
from visuals.words.adopted import body_name


def trail_of(advice: Advice, asked: Asked) -> Trail:
    """Return the trail of an advice as far as who asks may read it."""
    before = [*_words(advice), *_said(advice, asked)]
    decisions = list(_decisions(advice, asked))
    cards = _cards(advice, asked)
    actions = list((_actions if asked.professional else _published)(advice, cards, asked))
    effects = list(_effects(advice, cards, asked))
    steps = [*before, *decisions, *actions, *effects]
    local = [replace(one, at=one.at.astimezone(asked.area.tz)) for one in sorted(steps, key=lambda one: one.at)]
    return Trail(tuple(local), _waiting(advice, decisions, cards, actions, effects, asked))


def _words(advice: Advice) -> Iterator[Step]:
    for one in words_of(advice.links):
        what: What = "statement" if one.kind == "statement" else "remark"
        yield Step(what, moment(one.sent), fact(f"“{excerpt(one.text, 300)}”", "people"))


def _said(advice: Advice, asked: Asked) -> Iterator[Step]:
    lang, session = asked.lang, find_session(advice.session)
    of = lang.t("Advice {number}, from '{title}'", number=advice.number, title=fact(session.title, "session"))
    page = f"answers#advice-{advice.number}"
    yield Step("advice", moment(advice.made), of, excerpt(advice.text, 600), page)
    for one in reversed(advice.answers):
        name = answer_name(one.state, lang).capitalize()
        by = f", {one.answered_by}" if one.answered_by else ""
        yield Step("answer", moment(one.made), f"{name}{by}", excerpt(one.text, 600), page)


def _decisions(advice: Advice, asked: Asked) -> Iterator[Step]:
    lang, playbook = asked.lang, read_playbook(asked.area)
    for one in adoptions(asked.area.id):
        if one.advice == advice.number:
            text = lang.t("Other thresholds between the levels were adopted by {body}.", body=body_name(one.body, lang))
            yield Step("decision", one.at, text, one.reason, "thresholds")
    for change in revisions(asked.area.id):
        card = playbook.card(change.card or "")
        if change.advice != advice.number or card is None:
            continue
        if card.visible != "everybody" and not asked.professional:
            yield Step("decision", change.at, lang.t("A card of the playbook was changed."))
            continue
        name = fact(card.name(lang), "card")
        text = lang.t("The card '{card}' was changed.", card=name)
        if change.cards[card.id].adopted is not None:
            body = change.cards[card.id].adopted.by  # type: ignore[union-attr]
            text = lang.t("The card '{card}' was adopted by {body}.", card=name, body=body)
        yield Step("decision", change.at, text, asked.within(change.reason), "playbook" if asked.professional else "")


def _cards(advice: Advice, asked: Asked) -> dict[str, date]:
    """Return the cards that were decided on after an advice, each with the day of the first decision."""
    found: dict[str, date] = {}
    for one in revisions(asked.area.id):
        if one.advice == advice.number and one.card is not None:
            found.setdefault(one.card, one.at.astimezone(asked.area.tz).date())
    return found


def _actions(advice: Advice, cards: dict[str, date], asked: Asked) -> Iterator[Step]:
    """Yield what was done with these cards since, as the log has it."""
    lang, area = asked.lang, asked.area
    playbook = read_playbook(area)
    for card, since in cards.items():
        for one in logged(area, card=card, since=max(asked.day(since), moment(advice.made))):
            if not one.struck and not one.entry.practice:
                what = (stage_name(one.entry.stage, lang).capitalize(), action_name(one, playbook, lang))
                yield Step(
                    "action",
                    one.entry.happened,
                    together([*what, places_words(one, area, lang)], " · "),
                    one.entry.texts.get("outcome", ""),
                    "playbook",
                )


def _published(_advice: Advice, cards: dict[str, date], asked: Asked) -> Iterator[Step]:
    """Yield what everybody may know of what was done with these cards since."""
    lang, area, playbook = asked.lang, asked.area, read_playbook(asked.area)
    since = [(one.names, cards[one.id]) for one in playbook.cards if one.id in cards]
    for action in published(area, playbook):
        if any(action.names == names and action.day >= day for names, day in since):
            where = joined([area.zone(zone).name(lang) for zone in action.zones], lang)
            text = together([fact(in_language(action.names, lang), "action"), fact(where, "action")], " · ")
            over = asked.day(action.day + timedelta(days=1)) - timedelta(minutes=1)
            yield Step("action", over, text, action.outcome)


def _effects(advice: Advice, cards: dict[str, date], asked: Asked) -> Iterator[Step]:
    lang, playbook = asked.lang, read_playbook(asked.area)
    for one in effect_decisions(asked.area.id):
        if one.effect is None or one.effect.card not in cards or one.at < moment(advice.made):
            continue
        card = playbook.card(one.effect.card)
        less = round(100 * (1 - one.effect.factor))
        values = {
            "card": fact(card.name(lang) if card else one.effect.card, "card"),
            "percent": fact(abs(less), "action"),
            "body": one.body,
        }
        text = lang.n(
            "'{card}': about {percent}% less busy, measured on {n} day. Adopted by {body}.",
            "'{card}': about {percent}% less busy, measured on {n} days. Adopted by {body}.",
            one.effect.days,
            **values,
        )
        if less < 0:
            text = lang.n(
                "'{card}': about {percent}% busier, measured on {n} day. Adopted by {body}.",
                "'{card}': about {percent}% busier, measured on {n} days. Adopted by {body}.",
                one.effect.days,
                **values,
            )
        yield Step("effect", one.at, text, page="scenarios")


def _waiting(
    advice: Advice,
    decisions: list[Step],
    cards: dict[str, date],
    actions: list[Step],
    effects: list[Step],
    asked: Asked,
) -> Waiting | None:
    lang, tz = asked.lang, asked.area.tz
    today = real_today(tz)
    latest = advice.answers[0] if advice.answers else None
    since = moment(latest.made if latest else advice.made).astimezone(tz).date()
    if advice.promised is not None:
        day = lang.date(advice.promised, "d MMMM y")
        if advice.overdue(today):
            return Waiting(
                lang.t("Waits for the municipality. The answer was promised for {day}.", day=day),
                (today - since).days,
                late=True,
            )
        text = lang.t("Waits for the municipality. The answer is promised for {day}.", day=day)
        return Waiting(text, (today - since).days)
    if latest is None or latest.state not in ("adopted", "partly"):
        return None
    if not decisions:
        return Waiting(lang.t("Waits for a decision on a card or on the thresholds."), (today - since).days)
    since = max(one.at.astimezone(tz).date() for one in decisions)
    if not cards or not asked.professional:
        return None
    if not actions:
        return Waiting(lang.t("Decided, but nothing was done with it yet."), (today - since).days)
    if not effects:
        since = max(one.at.astimezone(tz).date() for one in actions)
        return Waiting(lang.t("What it did was not measured yet, or nobody adopted it."), (today - since).days)
    return None
