"""Forecasts that were made, what they warned of and what came, and sources that failed."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from data.area.sources import read_sources
from data.area.zone import in_language
from data.upkeep.fetch_status import read_status
from forecasting.evaluation.told_week import ToldWeek
from forecasting.snapshot.snapshot_files import kept_cutoffs
from language.said import fact, together
from reports.timeline.happening import KEEPERS, Asked, Happening
from visuals.words.told_words import told_sentences, unsaid_sentence


def forecasts(asked: Asked) -> Iterator[Happening]:
    """Yield a line for each day on which forecasts were made, and for each week how they did."""
    area, lang = asked.area, asked.lang
    cutoffs = [one.astimezone(area.tz) for one in kept_cutoffs(area.id)]
    last = {one.date(): one for one in sorted(cutoffs)}
    for day, many in Counter(one.date() for one in cutoffs).items():
        text = lang.n("A forecast of the week ahead was made.", "{n} forecasts of the week ahead were made.", many)
        yield Happening(f"forecast-{day}", last[day], text)
    for week in asked.weeks:
        judged = [one.right for one in week.told if one.right is not None]
        if judged:
            text = lang.n(
                "Of what we said of the week of {monday}, {count} of {n} thing came true.",
                "Of the most important things we said of the week of {monday}, {count} of {n} came true.",
                len(judged),
                monday=lang.date(week.monday, "d MMMM y"),
                count=sum(judged),
            )
            over = asked.day(week.monday + timedelta(days=7))
            yield Happening(f"outcome-{week.monday}", over, text, page=_page(week), timed=False)


def warnings(asked: Asked) -> Iterator[Happening]:
    """Yield what was said of busy places before, beside what came, and what was not said."""
    for week in asked.weeks:
        for one in week.told:
            if one.claim.what == "reaches":
                text = together(told_sentences(one, asked.area, asked.lang))
                key = f"warning-{week.snapshot_id}-{one.claim.zone_ids[0]}-{one.claim.start:%Y%m%dT%H}"
                yield Happening(key, week.made, text, zones=one.claim.zone_ids, page=_page(week))
        if week.unsaid is not None:
            found = week.unsaid
            at = min(span.start for span in found.came.spans)
            text = unsaid_sentence(week, asked.area, asked.lang)
            yield Happening(f"unsaid-{week.monday}", at, text, zones=found.claim.zone_ids, page=_page(week))


def failing(asked: Asked) -> Iterator[Happening]:
    """Yield the sources whose last fetching failed; why is for who keeps them."""
    lang, names = asked.lang, {one.id: one.title for one in read_sources(asked.area.id)}
    for source_id, status in read_status(asked.area.id).items():
        wrong = status.last_failure
        if wrong is None or (status.last_success is not None and status.last_success > wrong.at):
            continue
        name = in_language(names[source_id], lang) if source_id in names else source_id
        text = lang.t("The source '{source}' could not be fetched.", source=fact(name, "area"))
        key, page = f"failed-{source_id}-{wrong.at:%Y%m%dT%H%M}", f"sources#{source_id}"
        yield Happening(key, wrong.at, text, page=page)
        text, why = (
            lang.t("What went wrong with the source '{source}':", source=fact(name, "area")),
            wrong.error.say(lang),
        )
        yield Happening(f"{key}-why", wrong.at, text, why, page="manage", for_whom=KEEPERS)


def _page(week: ToldWeek) -> str:
    return f"said?monday={week.monday.isoformat()}"
