"""A list of providers, loaded in one call; people who were invited."""

from tests.imports.liste_organismes import charger
from tests.representation.invites import nadege, nora

__all__ = ["charger", "nadege", "nora"]
