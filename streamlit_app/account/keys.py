"""Keys under which the widgets of the account stand in the session."""

from enum import StrEnum


class AccountKey(StrEnum):
    """Keys of the account; no other wing has the same."""

    FORM = "account.form"
    NEAR = "account.near"
    COSTS_SPREAD = "account.costs.spread"
    COSTS_HORIZON = "account.costs.horizon"
    COSTS_BEGINS = "account.costs.begins"
    COSTS_FILE = "account.costs.file"
