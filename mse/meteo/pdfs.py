"""The PDF files of the bulletins."""

from mse.core.database import reading
from mse.meteo.models import Bulletin
from mse.meteo.queries.bulletins import list_pdfs_connus


def balayer_pdfs() -> int:
    """Worker task: delete the files that no bulletin references. Return their number."""
    with reading():
        return Bulletin.store.sweep(list_pdfs_connus)
