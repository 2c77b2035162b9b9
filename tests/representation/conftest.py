"""People who were invited."""

from tests.representation.invites import nadege, nora

__all__ = ["nadege", "nora"]
