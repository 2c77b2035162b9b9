"""Uploaded files: recognised, sanitised, stored under generated names (ADR 13)."""

from mse.core.files.formats import Format
from mse.core.files.prepare import Prepared, prepare, readable_size
from mse.core.files.rows import Envoi, Stored, join, join_together, sweep
from mse.core.files.store import PlusDePlace, Store

__all__ = [
    "Envoi",
    "Format",
    "PlusDePlace",
    "Prepared",
    "Store",
    "Stored",
    "join",
    "join_together",
    "prepare",
    "readable_size",
    "sweep",
]
