"""Texts of the account, in plain words: what the app does, what it is not used for, who decides, what may go wrong."""

from collections.abc import Sequence

from data.area.area import Area
from data.area.sources import Source
from data.area.zone import in_language
from forecasting.evaluation.backtest_result import Backtest
from language import Language
from language.plain import joined
from visuals.words.accuracy import verdict_sentences


def entry_name(area: Area, lang: Language) -> str:
    """Return the name of the entry: at most 100 characters, with a verb."""
    name = lang.t("Looking ahead together at crowds in {area}", area=area.name(lang))
    return name if len(name) <= 100 else lang.t("Looking ahead together at crowds")


def short_description(area: Area, lang: Language) -> str:
    """Return what it does: at most 350 characters, for everybody."""
    whole = lang.t(
        "This app forecasts how busy it gets in {area}, for each hour of the coming week. Residents, entrepreneurs and "
        "the town look at it together. It learns from counts of groups, weather and events. It follows nobody and "
        "decides nothing.",
        area=area.name(lang),
    )
    if len(whole) <= 350:
        return whole
    return lang.t("This app forecasts how busy it gets here, for each hour. It follows nobody and decides nothing.")


def goal(lang: Language) -> str:
    """Say what it is for, and how people meet it."""
    return lang.t(
        "The goal is to look ahead together, so that busy hours can be prevented or prepared for. People read "
        "where and when it may get busy, and when it is quieter. They say what they think of it and get an "
        "answer. Businesses can plan their staff. Nobody gets or loses a right by it."
    )


def considerations(lang: Language) -> str:
    """Say what speaks for and against, and what else was considered."""
    return lang.t(
        "For: everybody sees the same forecast, with how sure it is and how often it was wrong. Against: a "
        "wrong forecast can send staff or visitors to the wrong place. The alternative is to say 'the same as "
        "last week'. The forecast is compared with that in public."
    )


def human_intervention(lang: Language) -> str:
    """Say who decides."""
    return lang.t(
        "People decide, always. The app closes nothing, sends nobody and warns nobody by itself. Thresholds are set by "
        "people, with a reason. Pictures for press and street are approved by a second person. "
        "A source stays out while a party objects."
    )


def risks(result: Backtest | None, lang: Language) -> str:
    """Say what may go wrong, what is done about it, and how often the forecast was wrong."""
    known = lang.t(
        "A forecast can be wrong: each one comes with how sure it is. A count can miss people or count them "
        "twice: with each source stands what it does not see. It could be used for something else than was "
        "agreed: what it is not used for is written down. An hourly mean hides short peaks: thresholds are "
        "careful for that reason."
    )
    if result is None:
        return known + " " + lang.t("The forecasts of this area have not been tested yet.")
    tested = " ".join(one for one in verdict_sentences(result, lang) if one)
    mark = lang.t("This was tested with practice data.") + " " if result.simulated else ""
    return f"{known} {mark}{tested}"


def not_used_for(lang: Language) -> list[str]:
    """Return what the app is not used for, a sentence each."""
    return [
        lang.t("Not to follow or recognise anybody."),
        lang.t("Not to fine, check or refuse anybody."),
        lang.t("Not to judge groups of people by where they come from."),
        lang.t("Not to close or block a place without a person who decides."),
        lang.t("Not as an alarm: in danger call 112, and follow the police."),
        lang.t("Not to measure how well somebody does their work."),
    ]


def data_used(sources: Sequence[Source], lang: Language) -> str:
    """Say which sources are used, and whether there are personal data among them."""
    if not sources:
        return lang.t("No source is used now.")
    names = joined([in_language(source.title, lang) for source in sources], lang)
    said = lang.t("These sources are used: {names}.", names=names)
    known = {source.personal_data for source in sources}
    if known == {False}:
        return said + " " + lang.t("There are no personal data among them.")
    if True in known:
        return said + " " + lang.t("There are personal data among them; see the register of sources.")
    return said + " " + lang.t("Whether there are personal data among them is not filled in yet.")


def technical_operation(lang: Language) -> str:
    """Say how it works, for who knows the field, and whether it learns by itself."""
    return lang.t(
        "Input: hourly counts by place, weather, calendars and events. For each place a model with readable "
        "parts (Prophet) forecasts the logarithm of the day's total. A profile by kind of day spreads it over "
        "the hours. Gradient boosting corrects this where tests on past weeks show that it helps. Ranges are "
        "set by the errors of such tests. Output: how many are expected by place and hour, with ranges. It "
        "learns anew from new counts; its rules do not change by themselves."
    )
