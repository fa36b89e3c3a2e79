"""Reacties / Responses: how busy it felt, what people say, and both beside what was expected."""

import streamlit as st

from language.markdown import as_text, bullets
from streamlit_app.notebook.cell import cell
from streamlit_app.responses.contribution_form import Form, contribution_form
from streamlit_app.responses.contribution_list import show_contributions
from streamlit_app.shell.context import open_context
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.perceived import CODE, felt_so_far
from streamlit_app.showing.reproduce import python
from visuals.charts.felt import enough, felt, felt_figures, felt_headline, felt_hints

context = open_context()
lang, area, forecast, thresholds = context.lang, context.area, context.forecast, context.thresholds

st.title(lang.t("What did you see, and what do you think?"), anchor=False)

with cell(
    context,
    "felt-form",
    lang.t("Is the forecast right?"),
    lang.t("Were you there? Say how busy it felt. It takes no account."),
    responses=False,
):
    contribution_form(Form(context, "felt", cell_id="contributions#felt-form", felt=True))

with cell(
    context,
    "say",
    lang.t("Say what you think"),
    lang.t("About the crowds, the forecast, or what should be done."),
    responses=False,
):
    contribution_form(Form(context, "say", cell_id="contributions#say"))

with cell(context, "responses", lang.t("What people say"), lang.t("Everybody's words, newest first."), responses=False):
    show_contributions(context)

with cell(
    context,
    "felt",
    lang.t("How it felt, beside what was expected"),
    lang.t("To learn where forecast or thresholds do not fit what people feel."),
    responses=False,
) as this:
    moments = felt_so_far(context)
    figures = felt_figures(moments, area, lang)
    if not enough(moments):
        st.markdown(as_text(felt_headline(moments, lang)))
    else:
        show_chart(
            context,
            lambda compact: felt(moments, context.outlook, compact=compact),
            "felt",
            hash(tuple(moments)),
            alt_text=lang.t("Bars of how it felt beside what was expected. The table below says the same."),
        )
        st.markdown(bullets(felt_hints(moments, context.outlook)))
        with st.expander(lang.t("The same as a table"), icon=":material/table:"):
            st.dataframe(figures, hide_index=True)
    this.computed(
        lang.t(
            "An answer is compared with the forecast of that time, and with the count of that hour. A place "
            "or role is named only when at least five answers share it."
        ),
        table=lambda: figures,
        code=python(context, "from visuals import felt_figures", *CODE.splitlines()),
    )
