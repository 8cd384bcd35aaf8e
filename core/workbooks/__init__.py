"""The one door for workbooks in and out: reading strangers' tables, writing ours.

Knows openpyxl and XlsxWriter; nothing else in the project imports either of them.
"""

from core.workbooks.listings import ListedRow, Listing, read_listings
from core.workbooks.reading import Cell, Kind, Row, Sheet, Workbook, WorkbookRefused, read_table
from core.workbooks.writing import write_workbook

__all__ = [
    "Cell",
    "Kind",
    "ListedRow",
    "Listing",
    "Row",
    "Sheet",
    "Workbook",
    "WorkbookRefused",
    "read_listings",
    "read_table",
    "write_workbook",
]
