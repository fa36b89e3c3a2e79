"""What was done: pictures that went out and were taken back, actions, and trials."""

from collections.abc import Iterator
from datetime import date, timedelta

from data.area.zone import in_language
from data.keeping.real_time import real_today
from language import Language
from language.plain import joined
from language.said import fact, together
from reports.picture_register import Deed, Entry, entries
from reports.timeline.happening import EVERYBODY, PICTURE_MAKERS, PROFESSIONALS, Asked, Happening, moment
from response.actions.chain import digest
from response.actions.practice import logged
from response.cards.card import Playbook
from response.cards.history import read_playbook
from response.status.publishing import published
from response.trials.running import trials as trials_of
from visuals.playbook.action_words import action_name, places_words, stage_name


def pictures(asked: Asked) -> Iterator[Happening]:
    """Yield what was published, corrected and taken back; to who makes pictures also how it came so far."""
    for entry in entries(asked.area.id):
        went_out = any(one.deed == "published" for one in entry.deeds)
        for number, one in enumerate(entry.deeds):
            public = one.deed == "published" or (one.deed == "withdrawn" and went_out)
            yield Happening(
                f"picture-{entry.id}-{number}",
                one.at,
                _picture(one.deed, entry, asked.lang),
                one.reason,
                tuple(entry.places),
                one.role,
                for_whom=EVERYBODY if public else PICTURE_MAKERS,
            )


def _picture(deed: Deed, entry: Entry, lang: Language) -> str:
    values = {"title": fact(entry.headline, "picture")}
    said: dict[Deed, str] = {
        "asked": lang.t("A colleague was asked to look at the picture '{title}'.", **values),
        "approved": lang.t("The picture '{title}' was approved.", **values),
        "released": lang.t("The picture '{title}' was released.", **values),
        "refused": lang.t("The picture '{title}' was refused.", **values),
        "withdrawn": lang.t("The picture '{title}' was taken back.", **values),
        "published": lang.t("The picture '{title}' was published.", **values),
    }
    if deed == "published" and entry.order.corrects:
        return lang.t("A picture was corrected, and published anew: '{title}'.", **values)
    return said[deed]


def actions(asked: Asked) -> Iterator[Happening]:
    """Yield the entries of the action log as they stand now: whole to professionals, else what is published."""
    lang, area, playbook = asked.lang, asked.area, read_playbook(asked.area)
    if not asked.professional:
        yield from _published(asked, playbook)
        return
    for one in logged(area):
        entry = one.entry
        what = (stage_name(entry.stage, lang).capitalize(), action_name(one, playbook, lang))
        text = together([*what, places_words(one, area, lang)], " · ")
        if entry.practice:
            text = together([lang.t("DEMO DATA"), text], " · ")
        if one.struck:
            text = together([lang.t("Struck through."), text])
        yield Happening(
            f"action-{one.root}",
            entry.happened,
            text,
            one.reason,
            entry.zones,
            one.role,
            "playbook",
            noted=one.entered,
            for_whom=PROFESSIONALS,
        )


def _published(asked: Asked, playbook: Playbook) -> Iterator[Happening]:
    """Yield what everybody may know of actions: the day, the measure, where, and what came of it."""
    area, lang = asked.area, asked.lang
    told: dict[str, Happening] = {}
    for one in published(area, playbook):
        names = joined([area.zone(zone).name(lang) for zone in one.zones], lang)
        text = together([fact(in_language(one.names, lang), "action"), fact(names, "action")], " · ")
        if one.practice:
            text = together([lang.t("DEMO DATA"), text], " · ")
        key = f"published-{one.day}-{digest(text)[:12]}"
        if key not in told or not told[key].why:  # what began and ended on one day is one line, with its outcome
            told[key] = Happening(key, asked.day(one.day), text, one.outcome, one.zones, timed=False)
    yield from told.values()


def trials(asked: Asked) -> Iterator[Happening]:
    """Yield when a trial was planned, which of its days were broken off, and when its last day was over."""
    lang, today = asked.lang, real_today(asked.area.tz)
    for one in trials_of(asked.area.id):
        question, zones = fact(one.plan.question, "action"), one.plan.zones
        key, last = f"trial-{one.plan.id}", one.plan.days[-1]
        text = lang.t("A trial was planned, and its days drawn by lot: {question}", question=question)
        yield Happening(key, moment(one.frozen), text, zones=zones, page="trials")
        for broken in one.breaks:
            day = lang.date(date.fromisoformat(broken.day), "d MMMM y")
            text = lang.t("A day of a trial was broken off, {day}: {question}", day=day, question=question)
            yield Happening(f"{key}-{broken.day}", moment(broken.at), text, broken.reason, zones, broken.role, "trials")
        if last < today:
            text = lang.t("The last day of a trial is over. What came of it: {question}", question=question)
            over = asked.day(last + timedelta(days=1))
            yield Happening(f"{key}-over", over, text, zones=zones, page="trials", timed=False)
