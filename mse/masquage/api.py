"""Public interface of `mse.masquage`, with its models, events, queries and policies."""

from mse.masquage.adresses import locate
from mse.masquage.passages import MARQUE
from mse.masquage.textes import render_texts
from mse.masquage.workflow import Sujet

__all__ = ["MARQUE", "Sujet", "locate", "render_texts"]
