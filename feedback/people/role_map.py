"""Which role somebody has who signs in with their organisation: ``roles.toml`` in users' state.

``claim`` names what the organisation says of a person (such as ``groups`` or ``email``); ``[roles]`` lists for each
role the values that give it. The highest role of several counts; who has none of the values stays a visitor.
``[organisations]`` may list, in the same way, whom somebody is here for.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from data.keeping.home import home
from data.keeping.toml_file import read_model
from feedback.people.organisations import Organisation
from feedback.people.roles import Role

FILE: Final = "roles.toml"

_HIGHEST_FIRST: Final = tuple(reversed(Role))


class RoleMap(BaseModel):
    """The claim that is looked at, and the values of it that give each role, and each organisation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    claim: str
    roles: dict[Role, tuple[str, ...]]
    organisations: dict[Organisation, tuple[str, ...]] = Field(default_factory=dict)

    @field_validator("roles")
    @classmethod
    def _no_visitors(cls, roles: dict[Role, tuple[str, ...]]) -> dict[Role, tuple[str, ...]]:
        if Role.VISITOR in roles:
            raise ValueError("everybody is a visitor already")
        return roles

    def role_for(self, claims: Mapping[str, Any]) -> Role:
        """Return the highest role that the claims of somebody give; an e-mail address counts only when verified."""
        values = self._values(claims)
        for role in _HIGHEST_FIRST:
            if not values.isdisjoint(value.casefold() for value in self.roles.get(role, ())):
                return role
        return Role.VISITOR

    def organisation_for(self, claims: Mapping[str, Any]) -> Organisation | None:
        """Return the organisation that the claims of somebody give; ``None`` for none, and for more than one."""
        values = self._values(claims)
        found = [
            organisation
            for organisation, given in self.organisations.items()
            if not values.isdisjoint(value.casefold() for value in given)
        ]
        return found[0] if len(found) == 1 else None

    def _values(self, claims: Mapping[str, Any]) -> set[str]:
        given = claims.get(self.claim)
        if given is None or (self.claim == "email" and claims.get("email_verified") is False):
            return set()
        return {str(value).casefold() for value in (given if isinstance(given, list | tuple) else [given])}


def read_role_map() -> RoleMap | None:
    """Return the map, or ``None`` when there is no file. Raises ``UserError`` when it is not valid."""
    path = home() / FILE
    if not path.exists():
        return None
    return read_model(RoleMap, path)
