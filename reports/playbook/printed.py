"""One page to print: the week of one actor at one place."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from response.cards.card import text_in
from response.week.ahead import WeekAhead
from visuals.base.outlook import Outlook
from visuals.playbook.planner_table import planner_table, range_words
from visuals.playbook.use_words import decide_sentence, use_sentence, use_title
from visuals.words.amounts import marks
from visuals.words.leading import place_sentences
from visuals.words.rests_on import origin_sentences
from visuals.words.timing_words import week_title

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"), autoescape=True, undefined=StrictUndefined
)


def week_page(mine: WeekAhead, outlook: Outlook, who: str, zone_id: str) -> bytes:
    """Return the planner's table of a place and the cards of ``who`` as a page of HTML for one sheet of A4.

    ``mine`` is their part of the week.
    """
    lang, table = outlook.lang, planner_table(outlook, zone_id)
    place, uses = outlook.area.zone(zone_id).name(lang), [use for use in mine.uses if use.met]
    page = _TEMPLATES.get_template("playbook_week.html.j2").render(
        code=lang.code,
        mark=marks(outlook.forecast, lang),
        title=f"{lang.t('Playbook')} · {who} · {place}",
        week=week_title(outlook.forecast, lang),
        made=origin_sentences(outlook.forecast, outlook.area, lang),
        sentences=place_sentences(outlook, zone_id),
        legend=range_words(lang),
        columns=list(table.columns),
        rows=table.to_numpy().tolist(),
        heading=lang.t("What you can do"),
        nothing=lang.t("Nothing is asked of you this week."),
        stop=lang.t("Stop rule"),
        uses=[
            (use_title(use, lang), decide_sentence(use, lang), use_sentence(use, outlook), text_in(use.card.stop, lang))
            for use in uses
        ],
        origin=f"{outlook.forecast.snapshot_id} · {lang.t('Playbook')} {mine.playbook.version}",
    )
    return page.encode("utf-8")
