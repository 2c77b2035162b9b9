"""Write workbooks of one sheet. Text stays text: no cell becomes a formula or a link. Dates are dates."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}


def write_xlsx(
    rows: Iterable[Sequence[str | float | date | None]], *, title: str, widths: Sequence[int]
) -> bytes:
    """Return a workbook. The first row is the header, in bold and frozen. `widths`: in characters."""
    import xlsxwriter  # imported here: 2 MB that few processes need

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            cells = [
                cell if isinstance(cell, int | float | date) or cell is None else str(cell) for cell in row
            ]
            sheet.write_row(number, 0, cells, bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
    return content.getvalue()
