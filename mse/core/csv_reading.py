"""Read CSV files in any common encoding, separator and line ending, with unclosed quotes.

The time grows linearly with the length of the input, whatever its content.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from os import PathLike

from mse.core.csv_writing import restore
from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean

SEPARATORS = ";,\t|"
_BLANK = "\ufeff \n"  # characters of an empty line
_SEPARATOR_HINT = re.compile(r'\ufeff?"?sep=.?"?\s*', re.IGNORECASE)  # Excel’s own first line
_LINES_MAX = 20  # physical lines that one quoted cell may span
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # first bytes of xlsx and ods, of xls
_NUMBER = re.compile(r"(\d+)(?:[.,]0+)?", re.ASCII)
_LINE_MAX = 1_000_000  # characters of a physical line


def find_encoding(head: bytes) -> str:
    """Return the encoding of a file that is not in UTF-8, from its first bytes.
    Raises `DonneeInvalide` if it is a workbook or not text."""
    if head.startswith(_WORKBOOKS):
        raise DonneeInvalide(
            _(
                "Ce fichier est un classeur, même si son nom finit par « .csv ». Dans votre tableur, "
                "choisissez « Enregistrer sous », puis le format CSV ; ou copiez les cellules et "
                "collez-les dans le cadre."
            )
        )
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) / 100:
        for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
            if zeros.count(0) > len(zeros) * 0.8:
                return encoding
        raise DonneeInvalide(_("Ce fichier n’est pas un fichier de texte : on ne peut pas y lire de lignes."))
    old_macintosh = b"\r" in head and b"\n" not in head
    return "mac_roman" if old_macintosh else "cp1252"


def _decode(octets: bytes, encoding: str) -> str:
    """Decode as UTF-8 if possible, else as `encoding`; undecodable bytes become U+FFFD."""
    if not encoding.startswith("utf-16"):
        try:
            return octets.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return octets.decode(encoding, errors="replace")


def decode_file(octets: bytes) -> str:
    """Return the text of a whole file. Raises `DonneeInvalide` if it is not text."""
    encoding = find_encoding(octets)
    return _decode(octets.removeprefix(codecs.BOM_UTF8), encoding)


def open_lines(path: str | PathLike[str]) -> Iterator[str]:
    """Yield the physical lines of a file of any size, with LF as line end, each cut at a million characters.

    Each line is decoded as UTF-8, else in the encoding of the file, so that an invalid byte affects one line
    only. Raises `DonneeInvalide` if the file is not text; `OSError`.
    """
    with open(path, "rb") as file:
        encoding = find_encoding(file.read(1 << 16))
    whole = encoding.startswith("utf-16")
    # latin-1 maps each byte to one character, so Python splits lines at every kind of line end before they
    # are decoded.
    with open(path, encoding=encoding if whole else "latin-1", errors="replace", newline=None) as file:
        while line := file.readline(_LINE_MAX):
            rest = line
            while len(rest) == _LINE_MAX and not rest.endswith("\n"):
                rest = file.readline(_LINE_MAX)
            yield line if whole else _decode(line.encode("latin-1"), encoding)


def read_first(lines: Iterator[tuple[int, str]]) -> str:
    """Return the header line: the first that is neither empty nor Excel's `sep=;`. Empty if there is none."""
    return next((t for _n, t in lines if t.strip(_BLANK) and not _SEPARATOR_HINT.fullmatch(t)), "")


def read_number(cell: str) -> str:
    """Return the digits of a whole number as spreadsheets write it («13 013», «13013.0», «13013,0»);
    any other cell unchanged."""
    number = _NUMBER.fullmatch("".join(cell.split()))
    return number[1] if number else cell


def read_header(line: str, separator: str) -> list[str]:
    """Return the titles of the columns; an empty list if the line cannot be parsed."""
    try:
        return next(csv.reader([line.lstrip("\ufeff")], delimiter=separator), [])
    except csv.Error:
        return []


def read_records(
    lines: Iterator[tuple[int, str]], separator: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each record: the number of its first line, and its cells.

    The cells are None if a quote is not closed, or if a record of several lines differs from `width` by more
    than one cell. The next line then begins a new record. `lines`: numbered, each with its line end; `width`:
    the expected number of columns.
    """
    waiting: deque[tuple[int, str]] = deque()
    while first := waiting.popleft() if waiting else next(lines, None):
        block = [first]
        cells = _split(block, waiting, lines, separator)
        if len(block) > 1 and (cells is None or abs(len(cells) - width) > 1):
            waiting.extendleft(reversed(block[1:]))
            cells = None
        yield first[0], cells


def _split(
    block: list[tuple[int, str]],
    waiting: deque[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    separator: str,
) -> list[str] | None:
    """Return the cells of the record that begins in `block`; None if a quote is still open. The lines of the
    record are appended to `block`. Each is parsed once, or twice if a quote stands inside a cell."""

    def take() -> Iterator[str]:
        yield block[0][1]
        while len(block) < _LINES_MAX and (line := waiting.popleft() if waiting else next(lines, None)):
            block.append(line)
            yield line[1]

    try:
        return next(csv.reader(take(), delimiter=separator, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
    try:
        return next(csv.reader([line for _number, line in block], delimiter=separator), [])
    except csv.Error:
        return None


def read_cell(cell: str) -> str:
    """Return the cell on one line, without control characters and the apostrophe that `neutralize` adds."""
    visible = "".join(c if unicodedata.category(c) != "Cc" else " " for c in clean(restore(cell)))
    return " ".join(visible.split())


def read_rows(text: str) -> list[list[str]]:
    """Parse the text of a file made by `write_csv` and return the original cells. Raises `DonneeInvalide`."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error as error:
        raise DonneeInvalide(_("Ce texte n’est pas un tableau.")) from error
    return [[restore(cell) for cell in row] for row in rows]
