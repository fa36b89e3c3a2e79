"""Keys under which the widgets of thresholds, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class ThresholdKey(StrEnum):
    """Keys of thresholds; no other wing has the same."""

    SCOPE = "thresholds.scope"
    WHICH = "thresholds.which"
    YELLOW = "thresholds.yellow"
    ORANGE = "thresholds.orange"
    RED = "thresholds.red"
    FEWER = "thresholds.fewer"
    MORE = "thresholds.more"
    AS_IN_FORCE = "thresholds.as_in_force"
    EXACT = "thresholds.exact"
    PICTURE = "thresholds.picture"
    SPEAKS_AS = "thresholds.speaks_as"
    PROPOSE = "thresholds.propose"
    PROPOSED = "thresholds.proposed"
    WITHDRAW = "thresholds.withdraw"
    SHEET = "thresholds.sheet"
    ABOUT = "thresholds.about"
    MIDDLES = "thresholds.middles"
    ADOPT = "thresholds.adopt"
    ADOPT_WHICH = "thresholds.adopt_which"
    ADOPT_BODY = "thresholds.adopt_body"
    ADOPT_ADVICE = "thresholds.adopt_advice"
    ADOPT_WHY = "thresholds.adopt_why"
