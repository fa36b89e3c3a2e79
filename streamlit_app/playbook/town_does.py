"""What the town does, for everybody: one sentence, of public cards only, and only when one is called for."""

from language import UserError
from response.week.public_week import public_uses
from streamlit_app.playbook.weeks import week_of
from streamlit_app.shell import logs
from streamlit_app.shell.context import Context
from visuals.playbook.use_words import public_sentence


def town_does(context: Context) -> str:
    """Return the sentence; empty when nothing is called for, or when the playbook cannot be read.

    Professionals read on their own page what is wrong with a playbook; visitors of Today are not bothered with it.
    """
    try:
        week = week_of(context)
    except UserError as error:
        logs.log("playbook left out", area=context.area.id, reason=error.message)
        return ""
    return public_sentence(public_uses(week), context.lang)
