"""The kinds of things that happen here: what each is called, what finds them, and which acts it tells of.

A test walks all acts: each is told by a kind, or it is said there why it is nobody's business.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from language import message_id
from reports.timeline import agreed, decided, done, expected, talked
from reports.timeline.happening import Asked, Happening


@dataclass(frozen=True)
class Kind:
    """A kind: its id, its name (an English text of the catalogue), what finds it, and the acts that it tells of."""

    id: str
    name: str
    collect: Callable[[Asked], Iterator[Happening]]
    acts: tuple[str, ...] = ()


def _of(module: str, names: str) -> tuple[str, ...]:
    return tuple(f"{module}.{name}" for name in names.split())


KINDS: Final = (
    Kind("forecasts", message_id("Forecasts and how they did"), expected.forecasts),
    Kind("warnings", message_id("Warnings"), expected.warnings),
    Kind("failing", message_id("Sources that failed"), expected.failing),
    Kind(
        "sources",
        message_id("Decisions on sources"),
        decided.sources,
        (
            *_of("data.area.sources", "record_decision record_stance"),
            *_of("data.area.investigations", "allow_test end_leave"),
        ),
    ),
    Kind(
        "thresholds", message_id("Thresholds"), decided.thresholds, _of("forecasting.values.adoption", "adopt go_back")
    ),
    Kind(
        "cards",
        message_id("Cards of the playbook"),
        decided.cards,
        _of("response.cards.history", "change_card adopt_card back_to"),
    ),
    Kind(
        "conditions",
        message_id("Conditions and wishes"),
        agreed.conditions,
        _of("response.conditions.agreed_history", "put_condition put_wish decide_condition"),
    ),
    Kind(
        "sessions",
        message_id("Sessions and reports"),
        talked.sessions,
        (
            *_of("feedback.sessions.sessions", "open_session"),
            *_of("feedback.sessions.closing", "adopt rectify withdraw_report"),
        ),
    ),
    Kind(
        "answers",
        message_id("Advice and answers"),
        talked.answers,
        (
            *_of("feedback.sessions.advice", "give_advice answer_advice"),
            *_of("feedback.sessions.advice_mending", "withdraw_answer"),
        ),
    ),
    Kind(
        "pictures",
        message_id("Pictures"),
        done.pictures,
        _of("reports.picture_register", "ask approve publish refuse withdraw"),
    ),
    Kind("actions", message_id("Actions"), done.actions, _of("response.actions.log", "log correct strike")),
    Kind("trials", message_id("Trials"), done.trials, _of("response.trials.running", "freeze break_off")),
    Kind(
        "effects",
        message_id("Measured effects"),
        decided.effects,
        _of("response.effects.adopting", "adopt_effect withdraw_effect"),
    ),
    Kind(
        "costs",
        message_id("Costs and benefits"),
        decided.costs,
        _of("response.costs.case_history", "change_case confirm_rate earlier_case"),
    ),
    Kind(
        "progress",
        message_id("Progress"),
        agreed.progress,
        _of("response.progress.plan_history", "put_result put_meeting put_telling decide_use"),
    ),
)
"""In the order in which they can be chosen."""
