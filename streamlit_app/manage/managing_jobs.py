"""Beheer, the forecast: bring an area up to date, with a bar that moves while the page stays usable."""

import streamlit as st

from data.area.area import Area
from language import Language
from streamlit_app.manage import jobs
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed, moment_text
from streamlit_app.shell import session
from streamlit_app.shell.acting import do

POLL_SECONDS = 2


def update(area: Area, lang: Language) -> None:
    """Show the last job of the area, and start one on request."""
    job = jobs.last(area.id)
    if job is not None and job.running:
        st.session_state[ManageKey.JOB_RUNNING] = area.id
        st.fragment(show_progress, run_every=POLL_SECONDS)(area, lang)
        return
    if st.session_state.pop(ManageKey.JOB_RUNNING, None) == area.id:
        session.change(snapshot=None, moment=None)
    if job is not None:
        _ended(area, job, lang)
    names: dict[jobs.Work, str] = {
        "update": lang.t("Fetch, learn and forecast"),
        "fetch": lang.t("Only fetch"),
    }
    with st.container(horizontal=True):
        for work, name in names.items():
            if st.button(
                name,
                key=f"{ManageKey.JOB}.{work}",
                type="primary" if work == "update" else "secondary",
                icon=":material/play_arrow:",
            ):
                do(jobs.start, area, work, lang)
                st.rerun()


def show_progress(area: Area, lang: Language) -> None:
    """Show how far the job of an area is; when it is over, draw the page anew."""
    job = jobs.last(area.id)
    if job is None or not job.running:
        changed()
        return
    if job.of:
        said = lang.md(
            "Learning from the counts: {done} of {of} steps done. You can go on with other work.",
            done=job.done,
            of=job.of,
        )
        st.progress(job.done / job.of, said)
    else:
        st.progress(0.0, lang.t("Reading the data. You can go on with other work."))
    st.markdown(f":gray[:small[{lang.md('Started on {moment}.', moment=moment_text(job.since, area, lang))}]]")


def _ended(area: Area, job: jobs.Job, lang: Language) -> None:
    when = lang.t("Last time: {moment}.", moment=moment_text(job.since, area, lang))
    if job.failed:
        st.warning(lang.t("Not everything went well. What follows says what."), icon=":material/warning:")
    st.markdown(when)
    if job.said:
        st.code(job.said, language=None, wrap_lines=True)
