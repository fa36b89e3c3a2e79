"""Keys under which the widgets of the account stand in the session."""

from enum import StrEnum


class AccountKey(StrEnum):
    """Keys of the account; no other wing has the same."""

    FORM = "account.form"
    NEAR = "account.near"
    COSTS_SPREAD = "account.costs.spread"
    COSTS_HORIZON = "account.costs.horizon"
    COSTS_BEGINS = "account.costs.begins"
    TRAIL_ADVICE = "account.trail.advice"
    TRAIL_CODE = "account.trail.code"
    TIMELINE_KINDS = "account.timeline.kinds"
    TIMELINE_ZONE = "account.timeline.zone"
    TIMELINE_BY = "account.timeline.by"
    TIMELINE_NEW = "account.timeline.new"
    TIMELINE_MORE = "account.timeline.more"
    TIMELINE_FILE = "account.timeline.file"
    VISITED = "account.visited"
    COSTS_FILE = "account.costs.file"
