"""The timeline for other programs: a table as CSV, and a feed by which anybody follows it without an e-mail address."""

from collections.abc import Iterable
from datetime import UTC
from typing import Final

import pandas as pd

from data.area.area import Area
from data.keeping.csv_out import csv_text, spreadsheet_csv
from feedback.database.texts import excerpt
from feedback.sessions.follow import News, news_feed
from language import Language
from language.plain import joined
from reports.timeline.happening import Happening
from reports.timeline.kinds import KINDS
from reports.timeline.names import places, who

MOST_NEWS: Final = 100
"""Items of a feed: readers keep what they had."""

_COLUMNS: Final = ("at", "noted", "kind", "text", "why", "zones", "role", "page")


def timeline_csv(happenings: Iterable[Happening]) -> str:
    """Return the timeline for programs: moments as ISO 8601 in UTC, ids of kinds, zones and roles."""
    rows = [
        (
            one.at.astimezone(UTC).isoformat(),
            one.known.astimezone(UTC).isoformat(),
            one.kind,
            one.text,
            one.why,
            " ".join(one.zones),
            one.by or "",
            one.page,
        )
        for one in happenings
    ]
    return csv_text(pd.DataFrame(rows, columns=pd.Index(_COLUMNS)))


def timeline_table(happenings: Iterable[Happening], area: Area, lang: Language) -> bytes:
    """Return the timeline for a spreadsheet in the reader's language, in the time of the area."""
    names = {kind.id: lang.t(kind.name) for kind in KINDS}
    rows = [
        {
            lang.t("Day"): one.at.astimezone(area.tz).date().isoformat(),
            lang.t("Time"): f"{one.at.astimezone(area.tz):%H:%M}" if one.timed else "",
            lang.t("Kind"): names[one.kind],
            lang.t("What happened"): one.text,
            lang.t("Why"): one.why,
            lang.t("Places"): joined(places(one, area, lang), lang),
            lang.t("By whom"): who(one.by, lang),
        }
        for one in happenings
    ]
    return spreadsheet_csv(pd.DataFrame(rows), lang)


def timeline_feed(happenings: Iterable[Happening], area: Area, lang: Language, *, base: str) -> bytes:
    """Return the latest as an RSS 2.0 feed; ``base`` is the address of the app with a slash, or empty."""
    news = [
        News(one.known, one.key, excerpt(one.text, 160), f"{one.text} {one.why}".strip(), _address(base, one, area))
        for one in sorted(happenings, key=lambda one: one.known, reverse=True)[:MOST_NEWS]
    ]
    title = lang.t("{area}: what happened when", area=area.name(lang))
    about = lang.t("Everything that was forecast, decided, answered and done.")
    return news_feed(title, about, news, lang, page=f"{base}timeline?area={area.id}" if base else "")


def _address(base: str, one: Happening, area: Area) -> str:
    if not base:
        return ""
    path, _, mark = (one.page or "timeline").partition("#")
    between = "&" if "?" in path else "?"
    return f"{base}{path}{between}area={area.id}" + (f"#{mark}" if mark else "")
