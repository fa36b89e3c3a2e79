"""Two ready evenings to begin with: what a sounding board does in 90 minutes, and a knowledge table in 45."""

from dataclasses import dataclass
from typing import Final

from feedback.sessions.agenda import ItemKind
from language import message_id


@dataclass(frozen=True)
class Planned:
    """An item of a ready evening; ``statements`` are what its voting begins with. Texts are message ids."""

    kind: ItemKind
    minutes: int
    title: str
    target: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evening:
    """A ready evening: what it is called, and its items."""

    name: str
    items: tuple[Planned, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(item.minutes for item in self.items)


EVENINGS: Final = {
    "board": Evening(
        message_id("Sounding board in 90 minutes"),
        (
            Planned("look", 10, message_id("How does the week look?"), "today"),
            Planned("look", 15, message_id("Where will it fill up?"), "map?view=levels"),
            Planned("thresholds", 20, message_id("When is it too busy for you?")),
            Planned(
                "statements",
                15,
                message_id("What helps on a busy day?"),
                statements=(
                    message_id("On busy days the boulevard should be free of cars."),
                    message_id("We want to know three days ahead how busy it will be."),
                    message_id("Spreading visitors over the day works better than enforcing."),
                    message_id("Parking may cost more if public transport costs less."),
                    message_id("On busy days an event should move to another weekend."),
                ),
            ),
            Planned("question", 15, message_id("What would you do first on a busy day?")),
            Planned("question", 15, message_id("What do we give to the municipality from here?")),
        ),
    ),
    "table": Evening(
        message_id("Knowledge table in 45 minutes"),
        (
            Planned("look", 10, message_id("What did the forecast say, and what happened?"), "accuracy"),
            Planned("question", 15, message_id("What do you see outside that the forecast does not see?")),
            Planned(
                "statements",
                10,
                message_id("How far do we trust the forecast?"),
                statements=(
                    message_id("I would put more staff on the beach because of this forecast."),
                    message_id("A false alarm is worse than a busy day that nobody saw coming."),
                    message_id("Our own counts and this forecast tell the same story."),
                ),
            ),
            Planned("question", 10, message_id("What must be found out before the next time?")),
        ),
    ),
}
