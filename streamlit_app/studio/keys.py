"""Keys under which the widgets of studio, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class StudioKey(StrEnum):
    """Keys of studio; no other wing has the same."""

    OCCASION = "studio.occasion"
    TEMPLATE = "studio.template"
    SIZE = "studio.size"
    BRAND = "studio.brand"
    SESSION = "studio.session"
    PICTURE_DAY = "studio.day"
    PICTURE_HOUR = "studio.hour"
    HEADLINE = "studio.headline"
    ADVICE = "studio.advice"
    PROPOSAL = "studio.proposal"
    FORMAT = "studio.format"
    GET_PICTURE = "studio.get"
    GET_KIT = "studio.kit"
    ASK = "studio.ask"
    APPROVE = "studio.approve"
    REFUSE = "studio.refuse"
    REFUSE_WHY = "studio.refuse_why"
    PUBLISH = "studio.publish"
    PUBLISH_WHERE = "studio.publish_where"
    TAKE_BACK = "studio.take_back"
    CORRECTS = "studio.corrects"
    OPEN_PICTURE = "studio.open"
    CORRECT = "studio.correct"
