"""Names that columns have in other people's files, in Dutch, English, German and French.

A file whose columns bear one of these names is read without a mapping, and the import says which column it took
for what. Earlier names go before later ones.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

KNOWN: Final[dict[str, tuple[str, ...]]] = {
    "timestamp": (
        *("timestamp", "datetime", "date_time", "timestamp_local", "local_time", "start", "start_time", "starttime"),
        *("period_start", "begin", "measured_at", "ts", "date_and_time", "time_stamp", "interval_start"),
        *("tijdstip", "datum_tijd", "datumtijd", "datum_en_tijd", "tijdstempel", "starttijd", "begintijd", "van"),
        *("zeitstempel", "zeitpunkt", "datum_zeit", "datum_uhrzeit", "datumuhrzeit", "beginn", "mess_datum"),
        *("horodatage", "date_heure", "date_et_heure", "debut", "instant"),
    ),
    "date": ("date", "datum", "day", "dag", "tag", "jour"),
    "hour": (
        *("hour", "time", "time_of_day", "hour_of_day", "hours", "uur", "tijd", "uurvak", "tijdvak"),
        *("stunde", "zeit", "uhrzeit", "heure"),
    ),
    "zone_id": (
        *("zone_id", "zone", "location_id", "location", "site_id", "site", "sensor_id", "sensor", "sensor_name"),
        *("counter_id", "counter", "camera", "place", "street", "station", "device_id", "device"),
        *("locatie_id", "locatie", "locatienaam", "plek", "plaats", "telpunt", "meetpunt", "straat"),
        *("standort_id", "standort", "ort", "zaehlstelle", "zahlstelle", "messstelle", "strasse", "sensorname"),
        *("emplacement", "lieu", "point_de_comptage", "point_de_mesure", "compteur", "capteur", "rue"),
    ),
    "count": (
        *("count", "counts", "total", "number", "value", "people", "visitors", "pedestrians", "passages"),
        *("pedestrian_count", "hourly_counts", "people_count", "footfall"),
        *("aantal", "telling", "tellingen", "totaal", "bezoekers", "voetgangers", "passanten", "waarde", "personen"),
        *("anzahl", "zahlung", "zaehlung", "summe", "gesamt", "besucher", "fussganger", "fussgaenger", "wert"),
        *("nombre", "comptage", "comptages", "pietons", "visiteurs", "passants", "valeur"),
    ),
    "direction": ("direction", "richting", "richtung", "sens", "dir"),
    "in": ("in", "count_in", "in_count", "inbound", "entries", "entering", "ingaand", "erin", "eingang", "entrees"),
    "out": ("out", "count_out", "out_count", "outbound", "exits", "leaving", "uitgaand", "eruit", "ausgang", "sorties"),
}
"""For each part that a column can play, the names it is known by, as :func:`plain` writes them."""

MOMENT_PARTS: Final = frozenset(
    {
        *KNOWN["date"],
        *KNOWN["hour"],
        *("minute", "minutes", "second", "month", "year", "week", "weekday", "weeknumber", "day_of_week", "dow"),
        *(
            "is_weekend",
            "weekend",
            "quarter",
            "season",
            "end",
            "end_time",
            "until",
            "time_zone",
            "timezone",
            "utc_offset",
        ),
        *("minuut", "seconde", "maand", "jaar", "weekdag", "weeknummer", "kwartaal", "eind", "eindtijd", "tot"),
        *("sekunde", "monat", "jahr", "woche", "wochentag", "ende", "bis", "seconde", "mois", "annee", "semaine"),
        *("jour_de_la_semaine", "fin", "index", "unnamed_0"),
    }
)
"""Columns that say a part of a moment (or number the rows): in a table with a column a place, these are no places."""


def plain(name: str) -> str:
    """Write a name as the tables above do: small letters without accents, with '_' for everything else."""
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def first_known(role: str, header: Sequence[str]) -> int | None:
    """Return where the best known name for ``role`` stands in a header, or ``None``."""
    names = [plain(column) for column in header]
    return next((names.index(name) for name in KNOWN[role] if name in names), None)


def names_a_time(header: Sequence[str]) -> bool:
    """Return whether one of these cells is the known name of a column of times."""
    names = {plain(cell) for cell in header}
    return bool(names & {*KNOWN["timestamp"], *KNOWN["date"]})
