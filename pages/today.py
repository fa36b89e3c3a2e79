"""Vandaag / Today: the coming week in sentences, one calendar, the busiest moments, why, and how sure."""

import streamlit as st

from forecasting.meaning.busy import busy_moments
from language.markdown import as_text, bold, small
from streamlit_app.entrance.ways_on import show_ways_on
from streamlit_app.notebook.told_cell import show_last_week
from streamlit_app.notebook.week_cells import show_busiest, show_calendar, show_dayparts, show_week, show_why
from streamlit_app.playbook.town_does import town_does
from streamlit_app.shell.context import open_context
from streamlit_app.showing.my_place import show_my_place
from streamlit_app.showing.second_week import show_second_week
from streamlit_app.status.done_part import show_done
from visuals.words.leading import lead, lead_hours
from visuals.words.rests_on import origin_sentences

context = open_context()
lang = context.lang
moments = busy_moments(context.forecast, context.thresholds)

st.title(as_text(lead(context.outlook)), anchor=False)
if exactly := lead_hours(context.outlook):
    st.markdown(bold(exactly))
st.markdown(small(origin_sentences(context.forecast, context.area, lang)))
show_my_place(context, moments)

show_week(context, moments, town_does=town_does(context))
show_second_week(context, moments[0].zone_id if moments else context.forecast.zone_ids[0])
show_calendar(context)
show_busiest(context, moments)
show_last_week(context)
show_done(context)
show_why(context, moments)
show_dayparts(context, moments)

show_ways_on(lang)
