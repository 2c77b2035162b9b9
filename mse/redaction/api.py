"""Public interface of `mse.redaction` for higher capabilities, with its models, queries, policies."""

from mse.redaction.reperes import exige_reperes, list_a_completer, remplir
from mse.redaction.workflow import Geste

__all__ = ["Geste", "exige_reperes", "list_a_completer", "remplir"]
