"""The house styles of the studio: one made from a colour and a logo, checked before it is kept; and taking one away."""

import streamlit as st

from data.keeping.from_outside import LIMIT_LOGO
from feedback.people.roles import Role
from language import Language
from language.markdown import as_text
from reports.brand_keeping import LOGOS, LONGEST, keep_brand, remove_brand
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, attempting, do
from streamlit_app.shell.uploads import choose_file
from streamlit_app.studio.keys import StudioKey
from visuals.base.palette import ACCENT
from visuals.studio.layout.brand import Tone, brand_name, brands


def show_brands(lang: Language) -> None:
    """Show the form for a house style, and the kept ones with the button that takes one away."""
    made = st.session_state.setdefault(f"{StudioKey.BRAND}.made", 0)
    key = f"{StudioKey.BRAND}.new.{made}"
    with st.expander(lang.t("Make a house style"), icon=":material/palette:"):
        name = st.text_input(lang.t("Name of your organisation"), max_chars=LONGEST, key=f"{key}.name", width=480)
        accent = st.color_picker(lang.t("Colour that stands out"), ACCENT, key=f"{key}.accent")
        tones: dict[Tone, str] = {
            "message": lang.t("what is expected"),
            "advice": lang.t("what people can do"),
        }
        tone: Tone = st.segmented_control(
            lang.t("The headline says"),
            tuple(tones),
            default="message",
            required=True,
            format_func=tones.__getitem__,
            key=f"{key}.tone",
        )
        file = choose_file(
            lang.t("Logo (not necessary): PNG or JPEG, or an SVG of plain shapes"),
            LOGOS,
            megabytes=LIMIT_LOGO,
            roles=(Role.COMMUNICATIONS, Role.PROFESSIONAL),
            key=f"{key}.logo",
        )

        def keep() -> None:
            logo = (file.name, file.getvalue()) if file is not None else None
            kept = do(keep_brand, name, accent=accent, tone=tone, logo=logo)
            # A file that the field did not take is not missed before the first picture.
            said = (
                lang.md("The house style {name} is kept. Choose it above, under 'House style'.", name=kept.name)
                if kept.logo
                else lang.md(
                    "The house style {name} is kept, without a logo. Choose it above, under 'House style'.",
                    name=kept.name,
                )
            )
            session.say_once(said)

        if st.button(lang.t("Check and keep"), key=f"{key}.keep", type="primary") and attempt(lang, keep):
            st.session_state[f"{StudioKey.BRAND}.made"] = made + 1
            st.rerun()
    for folder in brands():
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(as_text(brand_name(folder)))
            with st.popover(lang.t("Remove"), icon=":material/delete:"):
                st.markdown(lang.t("Pictures that were made with it stay as they are."))
                st.button(
                    lang.t("Yes, delete it"),
                    key=f"{StudioKey.BRAND}.remove.{folder}",
                    on_click=attempting(lang, lambda folder=folder: do(remove_brand, folder)),  # type: ignore[misc]
                )
