"""Cards that a condition switches off: said where the cards stand, with the reason."""

import streamlit as st

from data.area.area import Area
from language import Language
from response.conditions.gate import off_by
from streamlit_app.playbook.weeks import playbook_of


def tell_cards_off(area: Area, lang: Language) -> None:
    """Say of each card that is switched off by which decision, and why."""
    for card in playbook_of(area).cards:
        found = off_by(area.id, "card", card.id)
        if found is not None and found.decided is not None:
            said = lang.md(
                "The card '{card}' is switched off by a decision of {body}: {reason}",
                card=card.name(lang),
                body=found.decided.by,
                reason=found.decided.reason,
            )
            st.warning(said, icon=":material/block:")
