"""Of which week a kept result is, once that is no longer the week that comes."""

from datetime import UTC, tzinfo

from data.area.area import load_area
from data.keeping import real_time
from forecasting.snapshot.snapshot_files import cutoff_of
from forecasting.values.timing import FORECAST_IS_OLD
from language import Language, UserError
from reports.workbook import Kept


def kept_week(kept: Kept, lang: Language) -> str:
    """Return 'Week from November 2025' for a result made from a forecast that is old by now, otherwise an empty text.

    Kept results grow old, so this is said when they are looked at; not of one whose title has the year already.
    """
    cutoff = cutoff_of(kept.snapshot or "")
    # What was made from something else than the forecast that was looked at says so in its origin.
    if cutoff is None or str(kept.snapshot) not in kept.origin:
        return ""
    if abs(real_time.real_now() - cutoff) <= FORECAST_IS_OLD:
        return ""
    month = lang.date(cutoff, "MMMM y", _time_zone(kept.area))
    return "" if month.split()[-1] in kept.title else lang.t("Week from {month}", month=month)


def _time_zone(area_id: str) -> tzinfo:
    try:
        return load_area(area_id).tz
    except UserError:
        return UTC
