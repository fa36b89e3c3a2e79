"""Grenzen / Thresholds: when is it too busy for you, here? By picture, and what it means at once."""

import streamlit as st

from forecasting.values.adoption import adoptions, adoptions_table
from language.markdown import bold, bullets
from streamlit_app.notebook.cell import cell
from streamlit_app.shell.context import open_context
from streamlit_app.shell.past import saturdays
from streamlit_app.shell.shown import say
from streamlit_app.showing.choosing import choose_zone
from streamlit_app.showing.perceived import felt_so_far
from streamlit_app.showing.reproduce import python
from streamlit_app.thresholds.adopting import show_adopted
from streamlit_app.thresholds.choosing_thresholds import choose_thresholds, show_precise
from streamlit_app.thresholds.consequence import show_consequence
from streamlit_app.thresholds.proposing import show_differences, show_proposing
from visuals.charts.felt import felt_hints
from visuals.charts.meaning import hour_sentence, saturday_sentence, saturday_strip, week_sentence
from visuals.charts.proposals import proposal_figures
from visuals.tables.figures import hours_above_figures
from visuals.words.precise import threshold_figures

context = open_context()
lang, area, forecast, thresholds = context.lang, context.area, context.forecast, context.thresholds
everybody = context.visitor_thresholds.in_force.on(context.visitor_thresholds.defaults)

with cell(
    context,
    "choose",
    lang.t("When is it too busy for you?"),
    lang.t("Choose by picture. You need no figures, and nothing is sent."),
    heading=True,
) as this:
    zone = area.zone(choose_zone(context, default=forecast.zone_ids[0]))
    choose_thresholds(context, zone)
    zone_thresholds, usual = thresholds.zones[zone.zone_id], everybody.zones[zone.zone_id]
    rows = [(lang.t("your thresholds"), zone_thresholds)] if zone_thresholds != usual else []
    rows.append((lang.t("the thresholds in force"), usual))
    for day in saturdays(context):
        say(bold(saturday_sentence(day, zone.zone_id, context.outlook)))
        st.html(saturday_strip(day, zone.zone_id, rows, lang))
    if of_hour := hour_sentence(context.outlook, zone.zone_id, context.hour_index):
        say(of_hour)
    show_precise(context, zone)
    this.computed(
        lang.t("People are dots of 46 cm on 10 × 10 metres. The strip shows the hours of that Saturday by level.")
        + f" {context.thresholds_sentence}",
        table=lambda: threshold_figures(zone, area.measure, zone_thresholds),
        code=python(
            context,
            "from visuals import threshold_figures",
            f'zone = area.zone("{zone.zone_id}")',
            "result = threshold_figures(zone, area.measure, thresholds.zones[zone.zone_id])",
        ),
    )

with cell(
    context,
    "consequence",
    lang.t("What that means for the whole week"),
    lang.t("To see at once what your choice does."),
) as this:
    say(week_sentence(context.outlook, zone.zone_id))
    script = show_consequence(context)
    this.computed(
        lang.t("From {n} simulated weeks: in each, the hours at or above 'busy' are counted.", n=len(forecast.paths)),
        table=lambda: hours_above_figures(forecast, thresholds),
        code=script,
    )

with cell(
    context,
    "propose",
    lang.t("Propose your thresholds"),
    lang.t("So that we talk about what people mean by 'busy'."),
    responses=False,
):
    show_proposing(context, zone)

with cell(
    context, "differences", lang.t("Where do we differ?"), lang.t("Not to vote, but to know what to talk about.")
) as this:
    proposals = show_differences(context, zone)
    if hints := felt_hints(felt_so_far(context), context.outlook):
        say(bullets(hints))
    this.computed(
        lang.t(
            "Everyone's newest proposal counts once. The middle: half of them lie below it. Proposals are compared by "
            "what people chose by, such as people on 10 × 10 metres."
        ),
        table=lambda: proposal_figures(proposals),
        code=python(
            context,
            "import pandas as pd",
            f"result = pd.DataFrame({proposal_figures(proposals).to_dict('list')})",
        ),
        made_from=lang.t("Made from proposals as they stand now. Roles are what people say they are."),
    )

with cell(
    context, "adopted", lang.t("Which thresholds are in force?"), lang.t("What everyone sees, who decided it, and why.")
) as this:
    show_adopted(context)
    this.computed(
        lang.t("Every decision is kept. Going back to an earlier one is a decision too.")
        + f" {context.thresholds_sentence}",
        table=lambda: adoptions_table(adoptions(area.id)),
        code=python(
            context,
            "from forecasting import adoptions, adoptions_table",
            "result = adoptions_table(adoptions(area.id))",
        ),
        made_from=lang.t("Made from the decisions of this area."),
    )
