"""Write CSV that spreadsheets open directly: accents are kept and no cell is executed as a formula."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO

# Start of a cell that some spreadsheet executes as a formula. Leading apostrophes are included so that
# `restore` is the exact inverse of `neutralize`.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def neutralize(cell: str) -> str:
    """Prefix an apostrophe to a cell that a spreadsheet would execute as a formula; `restore` removes it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return CSV with the byte order mark and the separator (;) that French spreadsheets expect."""
    content = io.BytesIO()
    write = open_csv(content)
    for row in rows:
        write(row)
    return content.getvalue()


def open_csv(file: IO[bytes]) -> Callable[[Sequence[object]], None]:
    """Return a function that writes one row to `file`, in the format of `write_csv`. Writes are not buffered:
    rows written before an error stay in the file."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    return lambda row: writer.writerow([neutralize(_text(cell)) for cell in row])


def _text(cell: object) -> str:
    """Format a cell for a French spreadsheet: decimal comma; empty for None."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)
