"""When to decide, by actor: a diamond for each moment at which a card must be decided, a bar while it is for use."""

from typing import Any, Final

import altair as alt

from response.cards.actors import acting, actor_name
from response.week.ahead import STATES, Use, WeekAhead
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK, STYLES
from visuals.charts.theme import finish, title_height
from visuals.playbook.use_words import state_name

_ROW: Final = 30
_AROUND: Final = 92


def timeline(week: WeekAhead, outlook: Outlook, *, actor: str | None = None, compact: bool = False) -> alt.LayerChart:
    """Return by actor when cards must be decided and when they are for use; of one ``actor``, or of all.

    Moments are drawn on the wall clock of the area.
    """
    lang, uses = outlook.lang, [use for use in week.uses if use.met]
    actors = [one for one in acting(week.playbook) if actor in (None, one)]
    rows = [_row(use, one, outlook, week) for use in uses for one in actors if one in use.card.actors]
    names = [name for one in actors if (name := actor_name(one, week.playbook, lang)) in {row["actor"] for row in rows}]
    y = alt.Y("actor:N", sort=names, title=None, axis=alt.Axis(labelColor=INK, labelPadding=8, labelLimit=130))
    times = alt.Axis(title=None, format="%-d/%-m" if lang.code == "nl" else "%-d %b", tickCount="day", grid=True)
    x = alt.X("start:T", axis=times, scale=alt.Scale(nice="day"))
    tip = {"tooltip": alt.Tooltip("tip:N", title=" "), "description": "tip:N"}
    states = [state_name(state, lang) for state in STATES if state != "nothing"]
    colour = alt.Color(
        "state:N",
        title=None,
        legend=alt.Legend(orient="bottom", columns=1 if compact else 3),
        scale=alt.Scale(domain=states, range=[STYLES["red"].colour, STYLES["orange"].colour, ACCENT]),
    )
    shape = alt.Shape("state:N", title=None, scale=alt.Scale(domain=states, range=["square", "diamond", "circle"]))
    base = alt.Chart().encode(y=y)
    bars = base.mark_bar(size=10, color=ACCENT, opacity=0.18).encode(x=x, x2="end:T", **tip)
    marks = base.mark_point(filled=True, size=80, opacity=0.9, stroke=INK, strokeWidth=0.5).encode(
        x="due:T", color=colour, shape=shape, **tip
    )
    title = lang.t("Who must decide, and by when")
    return finish(
        [bars, marks],
        rows,
        outlook.forecast,
        lang,
        title=title,
        subtitle=lang.t("Mark: decide before this moment. Bar: the hours it is for."),
        height=_ROW * max(len(names), 1) + title_height(title, compact=compact) + _AROUND + (40 if compact else 0),
        compact=compact,
    )


def _row(use: Use, actor: str, outlook: Outlook, week: WeekAhead) -> dict[str, Any]:
    """Return a row with moments as the clock of the area shows them, whatever the browser's time zone is."""
    start, end = use.span
    lang, name = outlook.lang, actor_name(actor, week.playbook, outlook.lang)
    return {
        "actor": name,
        "start": start.strftime("%Y-%m-%dT%H:%M"),
        "end": end.strftime("%Y-%m-%dT%H:%M"),
        "due": use.first.decide_by.strftime("%Y-%m-%dT%H:%M"),
        "state": state_name(use.state, lang),
        "tip": f"{name}: {use.card.name(lang)}, {lang.date(use.day, 'EEE d MMM')}",
    }
