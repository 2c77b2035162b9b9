"""CSV as people and their programs make it: encodings, separators, line ends, quotes left open."""

import codecs
import csv
import io
import unicodedata
from collections import deque
from collections.abc import Iterator

from mse.core.csv_writing import restore
from mse.core.errors import DonneeInvalide
from mse.core.textes import _, clean

SEPARATORS = ";,\t|"
BLANK = "\ufeff \n"  # what an empty first line may hold
_LINES_MAX = 20  # physical lines that one quoted cell may span
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods, xls


def decode(octets: bytes) -> str:
    """UTF-8, else Windows-1252, what it does not know shown as such."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def decode_file(octets: bytes) -> str:
    """A whole file as text, UTF-16 of spreadsheets included. Raises `DonneeInvalide` when it is no text."""
    if octets.startswith(_WORKBOOKS):
        raise DonneeInvalide(
            _(
                "Ce fichier est un classeur, même si son nom finit par « .csv ». Dans votre tableur, "
                "choisissez « Enregistrer sous », puis le format CSV ; ou copiez les cellules et "
                "collez-les dans le cadre."
            )
        )
    if octets.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return octets.decode("utf-16", errors="replace")
    if b"\x00" in octets:
        raise DonneeInvalide(_("Ce fichier n’est pas un fichier de texte : on ne peut pas y lire de lignes."))
    return decode(octets.removeprefix(codecs.BOM_UTF8))


def read_header(line: str, separator: str) -> list[str]:
    """The titles of the columns; none when the line cannot be read."""
    try:
        return next(csv.reader([line.lstrip("\ufeff")], delimiter=separator), [])
    except csv.Error:
        return []


def read_records(
    lines: Iterator[tuple[int, str]], separator: str, width: int
) -> Iterator[tuple[int, list[str] | None]]:
    """Cells and the number of their first line; None when a quote never closes: the next is read anew.

    `lines`: numbered, each with its line end; `width`: how many columns there are.
    """
    waiting: deque[tuple[int, str]] = deque()
    while first := waiting.popleft() if waiting else next(lines, None):
        block = [first]
        cells = _split(block, separator)
        while cells is None and len(block) < _LINES_MAX:
            following = waiting.popleft() if waiting else next(lines, None)
            if following is None:
                break
            block.append(following)
            cells = _split(block, separator)
        if len(block) > 1 and (cells is None or abs(len(cells) - width) > 1):
            waiting.extendleft(reversed(block[1:]))
            cells = None
        yield first[0], cells


def _split(block: list[tuple[int, str]], separator: str) -> list[str] | None:
    """None while a quote is open."""
    lines = [line for _number, line in block]
    try:
        return next(csv.reader(lines, delimiter=separator, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
    try:
        return next(csv.reader(lines, delimiter=separator), [])
    except csv.Error:
        return None


def read_cell(cell: str) -> str:
    """On one line, without control characters; as it was before one of our exports disarmed it."""
    visible = "".join(c if unicodedata.category(c) != "Cc" else " " for c in clean(restore(cell)))
    return " ".join(visible.split())


def read_rows(text: str) -> list[list[str]]:
    """What `write_csv` wrote, as text, cells as they were before it. Raises `DonneeInvalide`."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error as error:
        raise DonneeInvalide(_("Ce texte n’est pas un tableau.")) from error
    return [[restore(cell) for cell in row] for row in rows]
