"""The overview: what the app does and is not used for, and the same in fixed forms to take along."""

from functools import partial

import streamlit as st

from data.area.area import Area
from data.area.sources import approved_sources
from forecasting.evaluation.backtest_result import newest_backtest
from language import Language
from language.markdown import as_text, bullets
from reports.register import account_texts as texts
from reports.register.making import FILES, FORMS, Form, made, still_open
from streamlit_app.account.keys import AccountKey


def in_short(area: Area, lang: Language) -> None:
    """Say what the app does, what it is not used for, who decides, and what may go wrong."""
    st.markdown(as_text(texts.short_description(area, lang)))
    st.header(lang.t("What we do not use it for"), anchor="not-used-for")
    st.markdown(bullets(as_text(one) for one in texts.not_used_for(lang)))
    result = newest_backtest(area.id)
    for heading, text in (
        (lang.t("Who decides"), texts.human_intervention(lang)),
        (lang.t("For and against"), texts.considerations(lang)),
        (lang.t("What may go wrong, and how good it is"), texts.risks(result, lang)),
        (lang.t("Sources"), texts.data_used(approved_sources(area.id), lang)),
        (lang.t("How it works, for experts"), texts.technical_operation(lang)),
    ):
        st.header(heading, anchor=False)
        st.markdown(as_text(text))


def fixed_forms(area: Area, lang: Language) -> None:
    """Offer the same for the algorithm register, as a card, for a data portal, and as one sheet for a council."""
    st.header(lang.t("The same as files"), anchor=False)
    names: dict[Form, str] = {
        "council": lang.t("One sheet of A4 for a council"),
        "algoritmeregister": lang.t("Entry in the algorithm register"),
        "systemcard": lang.t("System card and model card"),
        "dcat": lang.t("Catalogue for a data portal"),
    }
    with st.container(horizontal=True):
        for form in sorted(FORMS, key=list(names).index):
            name, media = FILES[form]
            st.download_button(
                names[form],
                data=partial(made, area, form, lang),
                file_name=f"{area.id}-{name}",
                mime=media,
                icon=":material/download:",
                on_click="ignore",
                key=f"{AccountKey.FORM}.{form}",
            )
    open_points = still_open(area, lang)
    if open_points:
        with st.expander(lang.t("What is still open before it can be published"), icon=":material/pending:"):
            st.markdown(bullets(as_text(one) for one in open_points))
