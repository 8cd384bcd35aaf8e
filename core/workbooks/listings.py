"""Lists that others keep: all their columns as they stand, wherever the header is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from core.workbooks.reading import (
    BLANK,
    HEADER_ROWS,
    Cell,
    Kind,
    RawSheet,
    WorkbookRefused,
    header_text,
    raw_sheets,
)

NAMED = 2  # known headers that make a row the header, where titles may stand above it


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One row, a cell for each column of the list; `number` is the one that Excel shows."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A sheet: its headers as typed and as compared, and the rows below that hold anything."""

    name: str
    titles: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[ListedRow, ...]


def read_listings(file: BinaryIO, name: str, *, known: Collection[str]) -> tuple[Listing, ...]:
    """Every visible sheet that holds anything, with all its columns, also nameless and equal ones.

    The header is, of the first ten filled rows, the first that has two of the `known` headers,
    else the first row; a header cell that is merged with the one above has that one's text.
    Raises WorkbookRefused as `read_table` does.
    """
    sheets = [sheet for sheet in raw_sheets(file, name) if sheet.rows and not sheet.hidden]
    if not sheets:
        raise WorkbookRefused("empty_file", name=name)
    return tuple(_listing(sheet, known) for sheet in sheets)


def _listing(sheet: RawSheet, known: Collection[str]) -> Listing:
    tops = [_titles(sheet, index) for index in range(min(len(sheet.rows), HEADER_ROWS))]
    at = next((index for index, titles in enumerate(tops) if _names(titles, known) >= NAMED), 0)
    below = sheet.rows[at + 1 :]
    width = max([len(tops[at]), *(len(row["c"]) for row in below)])
    titles = tops[at] + [""] * (width - len(tops[at]))
    rows = tuple(
        ListedRow(row["r"], _cells(row["c"], row["r"], sheet.merged, width), bool(row["h"]))
        for row in below
    )
    return Listing(sheet.title, tuple(titles), tuple(map(header_text, titles)), rows)


def _titles(sheet: RawSheet, index: int) -> list[str]:
    """The texts of a row; blanks that are merged with the row above have its text."""
    row = sheet.rows[index]
    titles = [text for text, _kind in row["c"]]
    above = sheet.rows[index - 1]["c"] if index else []
    titles += [""] * (len(above) - len(titles))
    for column, (text, _kind) in enumerate(above):
        if not titles[column] and (row["r"], column + 1) in sheet.merged:
            titles[column] = text
    return titles


def _names(titles: Sequence[str], known: Collection[str]) -> int:
    return len({header_text(title) for title in titles} & set(known))


def _cells(
    values: Sequence[tuple[str, str]], number: int, merged: set[tuple[int, int]], width: int
) -> tuple[Cell, ...]:
    cells = [Cell(text, Kind(kind)) if kind else BLANK for text, kind in values]
    cells += [BLANK] * (width - len(cells))
    return tuple(
        Cell(kind=Kind.MERGED) if not cell.kind and (number, column) in merged else cell
        for column, cell in enumerate(cells, 1)
    )
