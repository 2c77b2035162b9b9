"""CSV that a spreadsheet opens as it is: accents kept, and no cell that it would execute."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO

# A cell that begins so is a formula for some spreadsheet; quotation marks before it already disarm it.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def neutralize(cell: str) -> str:
    """Text that no spreadsheet takes for a formula. `restore` gives back the cell as it was."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """With the byte order mark and the separator that French spreadsheets expect."""
    content = io.BytesIO()
    write = open_csv(content)
    for row in rows:
        write(row)
    return content.getvalue()


def open_csv(file: IO[bytes]) -> Callable[[Sequence[object]], None]:
    """The same row by row, into a file: what was written stays whatever happens next."""
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    return lambda row: writer.writerow([neutralize(_text(cell)) for cell in row])


def _text(cell: object) -> str:
    """As a French spreadsheet reads it: a decimal comma, nothing for what is not known."""
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)
