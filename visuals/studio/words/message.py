"""What one picture says: its words, and the figures behind them. Everything else on it is drawing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import pandas as pd

from forecasting.meaning.claims import Claim
from language.said import claims_of
from visuals.base.palette import ShownLevel

Shows = Literal["forecast", "test", "people"]


@dataclass(frozen=True)
class Message:
    """The words of a picture.

    - ``kicker``: above the headline: when, or what about; ``headline``: the one message
    - ``level`` and ``chance``: the level it warns of, and how likely in words; both may be absent
    - ``advice``: what to do; never empty where the level is orange or red
    - ``alt``: the whole picture for a reader who does not see it
    - ``until``: until when it holds (aware), ``None`` for what is past
    - ``shows``: a ``forecast``, a ``test`` of forecasts, or what ``people`` say and do; ``origin``: where the figures
      come from, where that is not the forecast; ``mark``: a word that must be seen at once
    - ``figures``: what is drawn, for the CSV; ``claims``: what its words and its drawing claim, what the headline is
      about first
    """

    kicker: str
    headline: str

    alt: str
    level: ShownLevel | None = None
    chance: str = ""
    advice: str = ""
    until: datetime | None = None
    shows: Shows = "forecast"
    origin: str = ""
    mark: str = ""
    figures: pd.DataFrame = field(default_factory=pd.DataFrame)
    claims: tuple[Claim, ...] = ()

    @property
    def serious(self) -> bool:
        """Whether it warns of orange or red, which needs advice and a professional's release."""
        return self.level in {"orange", "red"}


def all_claims(drawn: Iterable[Claim | None], texts: Iterable[str]) -> tuple[Claim, ...]:
    """Return what a picture claims, each once: what is ``drawn``, the headline's first, then what is in its texts."""
    return tuple(dict.fromkeys([*(one for one in drawn if one is not None), *claims_of(*texts)]))
