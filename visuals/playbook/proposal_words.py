"""Events that are proposed, in words: what is asked, and what a steward decided on it."""

from data.area.area import Area
from data.upkeep.event_proposals import Proposal, State
from forecasting.values.scenario import Event
from language import Language
from language.said import fact
from visuals.words.scenario_sentences import when, zone_name


def proposal_title(proposal: Proposal, area: Area, lang: Language) -> str:
    """Return the day and name of a proposed event, as a heading."""
    day = lang.date(proposal.start.astimezone(area.tz).date(), "d MMM y")
    return fact(f"{day} · {proposal.name}", "event")


def proposal_sentence(proposal: Proposal, area: Area, lang: Language) -> str:
    """Say where and when a proposed event is to be, and for how many."""
    return fact(
        lang.t(
            "At {zone} {when}, for {n} visitors.",
            zone=zone_name(area, proposal.zone_id, lang),
            when=when(event_of(proposal), area, lang),
            n=lang.number(proposal.attendance),
        ),
        "event",
    )


def decision_sentence(proposal: Proposal, area: Area, lang: Language) -> str:
    """Say what became of a proposal, on which day, and why where it was refused."""
    day = lang.date(proposal.at.astimezone(area.tz).date(), "d MMMM y")
    said = f"{proposal_title(proposal, area, lang)}: {proposal_state(proposal.state, lang)} ({day})."
    return fact(f"{said} {proposal.reason}".strip(), "event")


def proposal_state(state: State, lang: Language) -> str:
    """Return how a proposal stands."""
    names: dict[State, str] = {
        "proposed": lang.t("waits for the steward"),
        "accepted": lang.t("accepted, in the calendar"),
        "refused": lang.t("not accepted"),
        "withdrawn": lang.t("withdrawn"),
    }
    return names[state]


def event_of(proposal: Proposal) -> Event:
    """Return a proposal as an event of a scenario."""
    return Event(
        event_id=proposal.id,
        name=proposal.name,
        zone_id=proposal.zone_id,
        start=proposal.start,
        end=proposal.end,
        attendance=proposal.attendance,
    )
