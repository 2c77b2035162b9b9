"""Statuses of an initiative and transitions between them (docs/regles/initiatives.md)."""

from enum import StrEnum


class Statut(StrEnum):
    EN_ETUDE = "en_etude"
    EN_COURS = "en_cours"  # under construction
    REALISEE = "realisee"
    ABANDONNEE = "abandonnee"


class Action(StrEnum):
    LANCER = "lancer"
    REETUDIER = "reetudier"
    REALISER = "realiser"
    ABANDONNER = "abandonner"
    ROUVRIR = "rouvrir"


S, A = Statut, Action
TRANSITIONS = {
    (S.EN_ETUDE, A.LANCER): S.EN_COURS,
    (S.EN_ETUDE, A.REALISER): S.REALISEE,
    (S.EN_ETUDE, A.ABANDONNER): S.ABANDONNEE,
    (S.EN_COURS, A.REETUDIER): S.EN_ETUDE,
    (S.EN_COURS, A.REALISER): S.REALISEE,
    (S.EN_COURS, A.ABANDONNER): S.ABANDONNEE,
    (S.REALISEE, A.ROUVRIR): S.EN_COURS,
    (S.ABANDONNEE, A.ROUVRIR): S.EN_COURS,
}
OUVERTS = (S.EN_ETUDE, S.EN_COURS)
RARES = (A.REETUDIER, A.ABANDONNER)  # folded under «Autres actions»
EXPLIQUEES = (A.REALISER, A.ABANDONNER, A.ROUVRIR)  # closing and reopening require an explanation


def get_cibles(action: Action) -> set[Statut]:
    """Return the statuses to which the action can lead."""
    return {vers for (_depuis, une), vers in TRANSITIONS.items() if une == action}


class EtatPortage(StrEnum):
    """State of a request to become a porteur of an initiative."""

    ATTEND = "attend"
    ACCEPTEE = "acceptee"
    DECLINEE = "declinee"
    RETIREE = "retiree"


class DecisionPortage(StrEnum):
    ACCEPTER = "accepter"
    DECLINER = "decliner"
    RETIRER = "retirer"


PORTAGES = {
    (EtatPortage.ATTEND, DecisionPortage.ACCEPTER): EtatPortage.ACCEPTEE,
    (EtatPortage.ATTEND, DecisionPortage.DECLINER): EtatPortage.DECLINEE,
    (EtatPortage.ATTEND, DecisionPortage.RETIRER): EtatPortage.RETIREE,
}


class Nature(StrEnum):
    """Kind of a history line of an initiative."""

    PROPOSITION = "proposition"
    STATUT = "statut"
    NOUVELLE = "nouvelle"
