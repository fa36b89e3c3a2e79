"""What a measure is taken to do, in one sentence with its range."""

from data.area.area import Area
from data.area.measures import Change, Measure, Move, Places, Range
from language import Language
from language.plain import joined
from language.said import tells


@tells("scenario")
def effect_of(measure: Measure, area: Area, lang: Language) -> str:
    """Say what a measure does: how much, where, and between which two values."""
    effect = measure.effect
    where = _places(effect.places, area, lang)
    if isinstance(effect, Change):
        fewer = effect.factor.expected < 1
        change = Range(
            low=min(abs(1 - effect.factor.low), abs(1 - effect.factor.high)),
            expected=abs(1 - effect.factor.expected),
            high=max(abs(1 - effect.factor.low), abs(1 - effect.factor.high)),
        )
        values = {**_percents(change), "where": where}
        if fewer:
            return lang.t("{n}% fewer people at {where} (between {low} and {high}%).", **values)
        return lang.t("{n}% more people at {where} (between {low} and {high}%).", **values)
    values = {**_percents(effect.share), "where": where}
    if isinstance(effect, Move):
        return lang.t(
            "{n}% of the people at {where} go to {to} (between {low} and {high}%).",
            to=_places(effect.to, area, lang),
            **values,
        )
    return lang.t(
        "{n}% of the people who are at {where} from {start}:00 to {end}:00 come from {early}:00 to {late}:00 "
        "instead (between {low} and {high}%).",
        start=effect.hours[0],
        end=effect.hours[1],
        early=effect.to_hours[0],
        late=effect.to_hours[1],
        **values,
    )


def _percents(span: Range) -> dict[str, int]:
    return {"n": round(span.expected * 100), "low": round(span.low * 100), "high": round(span.high * 100)}


@tells("area")
def _places(places: Places, area: Area, lang: Language) -> str:
    names = {
        "beach": lang.t("the beaches"),
        "promenade": lang.t("the promenades"),
        "square": lang.t("the squares"),
        "street": lang.t("the streets"),
        "quay": lang.t("the quays"),
        "sensor": lang.t("all counters"),
    }
    zones = [area.zone(zone_id).name(lang) for zone_id in places.zones]
    return joined([*zones, *(names[kind] for kind in places.kinds)], lang)
