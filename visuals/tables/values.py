"""What stands in tables for people in the place of ids: places, levels, parts of the day, roles, outcomes."""

from collections.abc import Callable
from typing import Any, Final

from data.area.area import Area
from feedback.contributions.naming import topic_name
from feedback.people.roles import Role, role_name
from forecasting.evaluation.backtest_result import MODEL_NAME
from language import Language
from language.catalogue import message_id
from visuals.base.palette import word
from visuals.charts.proposals import people_of
from visuals.charts.why import part_name
from visuals.words.adopted import body_name
from visuals.words.hours import capitalised, daypart_name

_OUTCOMES: Final = {
    "hit": message_id("seen coming"),
    "missed": message_id("missed"),
    "false alarm": message_id("false alarm"),
}
_BASES: Final = {
    "density": message_id("people per m²"),
    "flow": message_id("passers-by per metre of width"),
    "percentile": message_id("busy for this place"),
    "chosen": message_id("chosen"),
    "none": message_id("unknown"),
}
_METHODS: Final = {
    MODEL_NAME: message_id("this project"),
    "last_week": message_id("the same as last week"),
}


def words_of(column: str, area: Area, lang: Language) -> Callable[[Any], Any] | None:
    """Return how the ids in a column of figures are said, ``None`` for a column that holds none."""
    names = {zone_id: area.zone(zone_id).name(lang) for zone_id in area.zone_ids}
    ways: dict[str, Callable[[Any], Any]] = {
        "zone_id": lambda one: names.get(one, one) if one else lang.t("All places together"),
        "level": lambda one: word(one, lang),
        "daypart": lambda one: daypart_name(one, lang),
        "part": lambda one: daypart_name(one, lang),
        "cause": lambda one: part_name(one, lang),
        "what_of": lambda one: lang.t("said") if one == "said" else lang.t("came"),
        "outcome": lambda one: lang.t(_OUTCOMES[one]),
        "basis": lambda one: lang.t(_BASES[one]),
        "body": lambda one: body_name(one, lang),
        "method": lambda one: lang.t(_METHODS.get(one, one)),
        "topic": lambda one: topic_name(one, lang) if one != "other" else lang.t("Other topics"),
        "role": lambda one: _people(one, lang),
        "variant": capitalised,
        "what": lambda one: one or lang.t("none"),
    }
    return ways.get(column)


def _people(role: str, lang: Language) -> str:
    """Return a role of who proposes ('rest' is all others together), or of who decided."""
    if role in {one.value for one in Role} and role != "visitor":
        return role_name(Role(role), lang)
    return people_of(None if role == "rest" else role, lang)
