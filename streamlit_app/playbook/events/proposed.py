"""What proposed events would do: each as a scenario on top of the forecast, which itself does not count with them."""

import pandas as pd

from data.area.area import Area
from data.upkeep.event_proposals import Proposal
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from language import Language, UserError
from streamlit_app.shell import resources
from visuals.playbook.proposal_words import event_of
from visuals.words.event_effect import effect_sentences


def scenario_with_event(proposal: Proposal, on: Scenario | None) -> Scenario:
    """Return the scenario that is on, with a proposed event as well: once."""
    before = on or Scenario()
    others = [event for event in before.events if event.event_id != proposal.id]
    return before.but(events=(*others, event_of(proposal)))


def proposal_effect(
    proposal: Proposal, snapshot: Snapshot, unchanged: Forecast, area: Area, lang: Language
) -> list[str]:
    """Say what a proposed event does to the forecast of the week that is looked at."""
    events = pd.DataFrame([proposal.model_dump(include={"name", "zone_id", "start", "end", "attendance"})])
    try:
        after = resources.applied(snapshot, unchanged, scenario_with_event(proposal, None))
    except UserError as error:  # a place or time that this week's forecast has not got
        return [str(error.md(lang))]
    return effect_sentences(unchanged, after, events, area, lang)
