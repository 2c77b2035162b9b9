"""Uploaded files: recognised, sanitised, stored under generated names (ADR 13)."""

from mse.core.files.formats import Format
from mse.core.files.prepare import Prepared, prepare, readable_size
from mse.core.files.rows import Envoi, Stored, attach_all_files, attach_files, sweep
from mse.core.files.store import PlusDePlace, Store

__all__ = [
    "Envoi",
    "Format",
    "PlusDePlace",
    "Prepared",
    "Store",
    "Stored",
    "attach_all_files",
    "attach_files",
    "prepare",
    "readable_size",
    "sweep",
]
