"""The week ahead as text, table and JSON: the same figures as on the page, for the same reader."""

import json
from collections.abc import Iterator, Sequence

from data.keeping.csv_out import csv_text
from reports.open_data.moments import prepare_fields
from response.cards.actors import actor_name
from response.cards.card import Card
from response.week.ahead import Use, WeekAhead, together
from response.week.figures import moment_figures
from response.week.preparing import prepares
from response.week.public_week import PublicUse
from visuals.base.outlook import Outlook
from visuals.playbook.card_words import actors_words, adopted_words
from visuals.playbook.use_words import (
    decide_sentence,
    elsewhere_sentence,
    public_sentence,
    together_sentences,
    use_sentence,
    use_title,
)
from visuals.words.amounts import marks
from visuals.words.rests_on import origin_sentences
from visuals.words.timing_words import week_title


def uses_of(week: WeekAhead, actor: str | None) -> list[Use]:
    """Return the uses of one actor, or of all."""
    return [use for use in week.uses if actor is None or actor in use.card.actors]


def as_text(week: WeekAhead, outlook: Outlook, actor: str | None = None, *, who: str = "") -> str:
    """Return the week as plain text, most urgent first; of one actor, or of ``who`` by name where it is their part."""
    lang = outlook.lang
    lines = [marks(outlook.forecast, lang), f"{lang.t('Playbook')} · {week_title(outlook.forecast, lang)}"]
    if actor is not None:
        lines.append(actor_name(actor, week.playbook, lang))
    elif who:
        lines.append(who)
    lines += [origin_sentences(outlook.forecast, outlook.area, lang), ""]
    for use in uses_of(week, actor):
        lines += [*_told(use, week, outlook), ""]
    if not week.playbook.cards and not who:
        lines.append(no_playbook(outlook))
    elif not uses_of(week, actor):
        lines.append(lang.t("No card is called for in the coming week."))
    return "\n".join(line for index, line in enumerate(lines) if line or index > 1).strip() + "\n"


def no_playbook(outlook: Outlook) -> str:
    """Say what it means that an area has no playbook, and what to do."""
    lang = outlook.lang
    return lang.t(
        "{area} has no playbook yet, so nothing here says who acts when. Write one: a file 'playbook.toml' in the "
        "folder of the area. The guide of the playbook describes it.",
        area=outlook.area.name(lang),
    )


def _told(use: Use, week: WeekAhead, outlook: Outlook) -> Iterator[str]:
    lang, card = outlook.lang, use.card
    yield f"{use_title(use, lang)} ({adopted_words(card, lang)})"
    yield f"  {decide_sentence(use, lang)}"
    yield f"  {use_sentence(use, outlook)} {elsewhere_sentence(use, outlook)}".rstrip()
    yield f"  {actors_words(card, week.playbook, lang)}"
    for sentence in together_sentences(*together(use, week.uses), lang):
        yield f"  {sentence}"


def as_csv(week: WeekAhead, outlook: Outlook, actor: str | None = None) -> str:
    """Return the week as CSV: a row for each card, place and day; practice data and a scenario say so in columns."""
    frame = moment_figures(week, actor)
    if outlook.forecast.simulated:
        frame["data"] = "DEMO DATA"
    if outlook.forecast.scenario:
        frame["scenario"] = outlook.forecast.scenario
    return csv_text(frame)


def as_json(week: WeekAhead, outlook: Outlook, actor: str | None = None) -> str:
    """Return the week as JSON for professionals: the cards whole, the figures, and what else to prepare for."""
    cards = [card for card in week.playbook.cards if actor is None or actor in card.actors]
    return _json(
        outlook,
        week,
        reader="professional",
        cards=[_card(card) for card in cards],
        week=moment_figures(week, actor).to_dict("records"),
        prepare=prepare_fields(outlook, prepares(outlook.area.id)),
    )


def public_json(uses: Sequence[PublicUse], week: WeekAhead, outlook: Outlook) -> str:
    """Return what everybody may know of the week as JSON."""
    return _json(
        outlook,
        week,
        reader="everybody",
        sentence=public_sentence(uses, outlook.lang),
        week=[
            {
                "card": use.card.id,
                "names": use.card.names,
                "actors": list(use.card.actors),
                "day": use.day.isoformat(),
                "text": use.card.text,
                "adopted": use.card.adopted,
            }
            for use in uses
        ],
    )


def public_text(uses: Sequence[PublicUse], outlook: Outlook) -> str:
    """Return what everybody may know of the week as a sentence."""
    lang = outlook.lang
    return public_sentence(uses, lang) or lang.t("No card is called for in the coming week.")


def _card(card: Card) -> dict[str, object]:
    found: dict[str, object] = card.model_dump(mode="json", exclude_none=True)
    return found


def _json(outlook: Outlook, ahead: WeekAhead, *, reader: str, **more: object) -> str:
    forecast = outlook.forecast
    head = {
        "area": outlook.area.id,
        "snapshot": forecast.snapshot_id,
        "as_of": forecast.cutoff.astimezone(outlook.area.tz).isoformat(),
        "time_zone": forecast.time_zone,
        "simulated": forecast.simulated,
        "playbook": ahead.playbook.version,
        "reader": reader,
    }
    return json.dumps({**head, **more}, ensure_ascii=False, indent=1) + "\n"
