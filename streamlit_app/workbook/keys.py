"""Keys under which the widgets of workbook, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class WorkbookKey(StrEnum):
    """Keys of workbook; no other wing has the same."""

    WORKBOOKS = "workbook.own"
    WORKBOOKS_COOKIE = "workbook.cookie"
    WORKBOOK_SHARE = "workbook.share"
    WORKBOOK_EXPORT = "workbook.export"
    WORKBOOK_HTML = "workbook.html"
    WORKBOOK_NOTEBOOK = "workbook.ipynb"
    WORKBOOK_MORE = "workbook.more"
    WORKBOOK_TITLE = "workbook.title"
    WORKBOOK_CHOICE = "workbook.choice"
    WORKBOOK_SURE = "workbook.sure"
    PRESENT = "workbook.present"
    PRESENTED = "workbook.presented"
    PRESENT_BACK = "workbook.present.back"
    PRESENT_ON = "workbook.present.on"
    PRESENT_FULL = "workbook.present.full"
    PRESENT_STOP = "workbook.present.stop"
