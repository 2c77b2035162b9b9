"""The kinds of page whose texts can be masked."""

from enum import StrEnum


class Sujet(StrEnum):
    FICHE = "fiche"
    INITIATIVE = "initiative"
    REPERE = "repere"
