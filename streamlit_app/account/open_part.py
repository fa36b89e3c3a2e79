"""Open data: what there is, at which address, and a few lines of Python that fetch it."""

from typing import Final

import streamlit as st

from data.area.area import Area
from language import Language
from language.markdown import Markdown, as_text
from streamlit_app.shell.tables import show_rows

EXAMPLE: Final = """import json
from urllib.request import urlopen

app = "{app}"
with urlopen(f"{{app}}/api/areas/{area}/{file}") as answer:
    found = json.load(answer)
result = {result}
"""


def example(app: str, area_id: str, file: str) -> str:
    """Return Python that fetches a file of an area from the app at an address and leaves its answer in ``result``."""
    results = {
        "counts.json": '[(one["dateObservedFrom"], one["name"], one["peopleCount"]) for one in found]',
        "forecast.geojson": 'dict(zip(found["hours"], found["features"][0]["properties"]["q50"]))',
        "forecast.czml": '[packet["id"] for packet in found]',
        "catalogue.jsonld": '[one["@id"] for one in found["dcat:dataset"]]',
    }
    return EXAMPLE.format(app=app.rstrip("/"), area=area_id, file=file, result=results[file])


def addresses(area: Area, lang: Language) -> None:
    """Show what there is, with its address below that of the app."""
    rows = [
        (lang.t("Counts of the last week (CrowdFlowObserved of the Smart Data Models)"), "counts.json"),
        (lang.t("The forecast as a table"), "forecast.csv"),
        (lang.t("The forecast with places, for a map"), "forecast.geojson"),
        (lang.t("The forecast with height and time, for a digital twin (CZML)"), "forecast.czml"),
        (lang.t("The places"), "zones.geojson"),
        (lang.t("The catalogue for data portals (DCAT)"), "catalogue.jsonld"),
    ]
    show_rows(
        [
            {
                lang.t("What"): name,
                lang.t("Address"): Markdown(f"[`/api/areas/{area.id}/{file}`](api/areas/{area.id}/{file})"),
            }
            for name, file in rows
        ]
    )
    if area.simulated:
        st.markdown(as_text(lang.t("All of these are practice data, and say so.")))
    st.markdown(
        lang.t(
            "Counts of 1 to 4 people are left out. A forecast is never published as a count. Column heights are the "
            "same at every place: 100 metres is where it gets too busy."
        )
    )


def in_python(area: Area, app: str, lang: Language) -> None:
    """Show how to fetch each form in a few lines."""
    st.header(lang.t("In Python"), anchor=False)
    for file in ("counts.json", "forecast.geojson", "forecast.czml", "catalogue.jsonld"):
        with st.expander(f"`{file}`"):
            st.code(example(app, area.id, file), language=None)
