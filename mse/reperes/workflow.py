"""Statuses of a repère and transitions between them (docs/regles/reperes.md)."""

from enum import StrEnum


class StatutRepere(StrEnum):
    BROUILLON = "brouillon"
    PUBLIE = "publie"
    REMPLACE = "remplace"  # by another repère
    RETIRE = "retire"


class ActionRepere(StrEnum):
    PUBLIER = "publier"
    MODIFIER = "modifier"  # write a new version
    CONFIRMER = "confirmer"  # still valid: a new date of review
    REMPLACER = "remplacer"
    RETIRER = "retirer"


S, A = StatutRepere, ActionRepere
TRANSITIONS = {
    (S.BROUILLON, A.PUBLIER): S.PUBLIE,
    (S.PUBLIE, A.MODIFIER): S.PUBLIE,
    (S.PUBLIE, A.CONFIRMER): S.PUBLIE,
    (S.PUBLIE, A.REMPLACER): S.REMPLACE,
    (S.PUBLIE, A.RETIRER): S.RETIRE,
}
