"""What stands above every page: area, language, the mark of practice data, and notices."""

from html import escape
from urllib.parse import quote

import streamlit as st

from data.area.area import Area
from feedback.people.roles import Role, has_any, role_name
from language import LANGUAGES, Language
from language.markdown import bold
from streamlit_app.access.permissions import may, visitor
from streamlit_app.entrance.sign_on import offered, sign_on
from streamlit_app.notebook.keys import NotebookKey
from streamlit_app.notebook.looks import BANNER, SWITCHES, show_looks
from streamlit_app.responses.moderating import waiting_sentence
from streamlit_app.shell import resources, session
from streamlit_app.shell.context import open_area, shown_time
from streamlit_app.shell.device import narrow, tell_device
from streamlit_app.shell.navigation import ABOUT, PAGES, Entry, beside
from streamlit_app.shell.visitor_thresholds import show_own
from streamlit_app.showing.what_if import SCENARIOS, show_scenario
from visuals.base.palette import PICTURED
from visuals.words.timing_words import practice_sentences, real_sentences

_LINK = "color: #0B4F6C"
_BUTTON = (
    "display:inline-block;background:#0B4F6C;color:#fff;padding:.8rem 1.4rem;border-radius:8px;font-weight:600;"
    "text-decoration:none"
)
_FOR_A_ROOM = f"""<style>
.stMainBlockContainer {{ padding: .5rem .75rem 1rem }}
.stMainBlockContainer, .stMainBlockContainer [data-testid="stVerticalBlock"] {{ gap: .5rem }}
[data-testid="stAlertContainer"] {{ padding: .125rem .5rem }}
.stMainBlockContainer [class*="st-key-cell-"] {{ border: 0; padding: 0 }}
[class*="st-key-cell-"] h1, [class*="st-key-cell-"] h2 {{ font-size: 1.25rem; padding: 0 }}
.stMainBlockContainer [data-testid="stHeading"] * {{ margin-bottom: 0 }}
[class*="st-key-cell-"] > :has([data-testid="stHeading"]) {{ order: -2 }}
[class*="st-key-cell-"] > :has([data-testid="stHeading"]) + * {{ display: none }}
[class*="st-key-cell-"] > :has(
  [data-testid="stDeckGlJsonChart"], [data-testid="stVegaLiteChart"], .{PICTURED}) {{ order: -1 }}
[class*="st-key-cell-"][class*="-footer"] {{ display: none }}
/* A room has no mouse. */
[data-testid="stDeckGlJsonChart"] .mapboxgl-ctrl-group {{ display: none }}
</style>"""
"""On the projector a page is a small window seen from afar: the picture comes first, and what steers it below."""

LANGUAGE_NAMES = {"nl": "NL", "en": "EN"}


def header(entry: Entry, *, embedded: bool = False) -> None:
    """Show the area and language switches, the pages behind the same entry of the menu, the banners of practice data,
    of a week that is not now and of a scenario, and sentences that wait.

    ``entry`` is the page below. ``embedded``: it stands inside another one, as on the projector, which
    has switches of its own; then only what changes the figures is said.
    """
    area = open_area()
    lang = session.spoken()
    role = visitor().role
    show_looks()
    tell_device(lang, menu_url=beside(entry, role)[0].url if has_any(role, entry.roles) else "")
    if embedded:
        st.html(_FOR_A_ROOM)
    else:
        _switches(area, lang)
        _ways_beside(entry, lang)
    with st.container(key=BANNER):
        _banner(area, lang)
    show_own(area, lang)
    show_scenario(area, lang, in_short=entry.url == SCENARIOS and not embedded)
    if not visitor().known:
        st.warning(
            lang.t(
                "We cannot check codes right now, so you see what everybody sees. It will be back by itself. If it "
                "does not, tell the organisation."
            ),
            icon=":material/cloud_off:",
        )
    told = embedded or entry.url in ("moderation", "manage")
    if not told and may(Role.FACILITATOR) and (waits := waiting_sentence(lang)):
        st.info(f"{waits}. [{lang.t('Moderate')}](moderation?lang={lang.code})", icon=":material/rule:")
    session.show_notices()


def _switches(area: Area, lang: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=SWITCHES):
        _choose_area(area, lang)
        _who(lang)
        _choose_language(lang)


def _ways_beside(entry: Entry, lang: Language) -> None:
    """Show the pages behind the same entry of the menu; of the many about the app, the way back to their list."""
    ways = beside(entry, visitor().role)
    if entry not in ways or len(ways) == 1 or (entry.menu == ABOUT and entry is ways[0]):
        return
    if entry.menu == ABOUT:
        st.page_link(PAGES / "about.py", label=lang.t(ABOUT), icon=":material/arrow_back:")
        return
    with st.container(horizontal=True, gap="xsmall", key="beside"):
        for way in ways:
            st.page_link(PAGES / f"{way.url}.py", label=lang.t(way.title), width="content")


def _choose_area(area: Area, lang: Language) -> None:
    st.session_state[NotebookKey.AREA] = area.id

    def switch() -> None:
        session.leave_area(st.session_state[NotebookKey.AREA])

    names = resources.area_names(resources.areas_for(visitor().role), lang)
    st.selectbox(
        lang.t("Area"),
        tuple(names),
        format_func=names.__getitem__,
        key=NotebookKey.AREA,
        on_change=switch,
        label_visibility="collapsed",
        width=160 if narrow() else 180,
    )


def _choose_language(lang: Language) -> None:
    st.session_state[NotebookKey.LANGUAGE] = lang.code
    st.segmented_control(
        lang.t("Language"),
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        key=NotebookKey.LANGUAGE,
        on_change=session.chooser(NotebookKey.LANGUAGE, "language"),
        label_visibility="collapsed",
    )


def _who(lang: Language) -> None:
    """Show the way to enter a code; to who came in, their role and the way out."""
    role = visitor().role
    if role is Role.VISITOR:
        # A phone has room for one word.
        short, text = escape(lang.t("Code")), escape(lang.t("Enter your code"))
        both = f'<span class="csm-long">{text}</span><span class="csm-short">{short}</span>'
        shown = f'<a href="enter?lang={lang.code}" target="_self" style="{_LINK}">{both}</a>'
    else:
        name, text = escape(role_name(role, lang)), escape(lang.t("Sign out"))
        out = f'<a href="leave?lang={lang.code}" target="_self" title="{name}" style="{_LINK}">{text}</a>'
        shown = f'<span class="csm-long">{name} · </span>{out}'
    st.html(f'<span style="font-size: 0.875rem">{shown}</span>', width="content")
    if role is Role.VISITOR and offered():
        sign_on(lang)


def way_in(lang: Language, to: str) -> None:
    """Show the way to the form for a code, from which one comes back at the page ``to``."""
    # Streamlit's own links open a new tab, and would leave this one behind.
    text = escape(lang.t("Enter your code"))
    st.html(f'<a href="enter?to={quote(to, safe="")}&lang={lang.code}" target="_self" style="{_BUTTON}">{text}</a>')


def _banner(area: Area, lang: Language) -> None:
    """Say above everything that data are made up, and that a forecast is not one of the coming week."""
    cutoff, timing = shown_time(area)
    first = cutoff.astimezone(area.tz).date()
    if area.simulated:
        name, why = practice_sentences(area, timing, first, lang, short=narrow())
        st.warning(bold(f"{name}.") + " " + why, icon=":material/school:")
    elif said := real_sentences(area, timing, first, lang, short=narrow()):
        st.warning(bold(said[0]) + (f" {said[1]}" if said[1] else ""), icon=":material/history:")
