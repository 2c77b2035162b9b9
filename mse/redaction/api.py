"""Public interface of `mse.redaction` for higher capabilities, with its models, queries, policies."""

from mse.redaction.placeholders import check_placeholders, list_a_completer, remplir
from mse.redaction.workflow import Geste

__all__ = ["Geste", "check_placeholders", "list_a_completer", "remplir"]
