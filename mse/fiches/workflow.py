"""State machines: publication of a fiche, status of a saisine, request to reopen."""

from collections.abc import Collection, Sequence
from enum import StrEnum


class Publication(StrEnum):
    BROUILLON = "brouillon"
    RETENUE = "retenue"
    PUBLIEE = "publiee"
    RETIREE = "retiree"


class Moderation(StrEnum):
    DEPOSER = "deposer"
    RETENIR = "retenir"
    PUBLIER = "publier"
    RENDRE = "rendre"
    RETIRER = "retirer"
    RETABLIR = "retablir"


P, M = Publication, Moderation
PUBLICATIONS = {
    (P.BROUILLON, M.DEPOSER): P.PUBLIEE,
    (P.BROUILLON, M.RETENIR): P.RETENUE,
    (P.RETENUE, M.PUBLIER): P.PUBLIEE,
    (P.RETENUE, M.RENDRE): P.BROUILLON,
    (P.RETENUE, M.RETIRER): P.RETIREE,
    (P.PUBLIEE, M.RETIRER): P.RETIREE,
    (P.RETIREE, M.RETABLIR): P.PUBLIEE,
}


class Statut(StrEnum):
    EN_COURS = "en_cours"
    REPONSE = "reponse"
    REGLEE = "reglee"
    ABANDONNEE = "abandonnee"


class Action(StrEnum):
    REPONDRE = "repondre"
    REGLER = "regler"
    ABANDONNER = "abandonner"
    TRANSFERER = "transferer"
    PROLONGER = "prolonger"
    ROUVRIR = "rouvrir"


S, A = Statut, Action
TRANSITIONS = {
    (S.EN_COURS, A.REPONDRE): S.REPONSE,
    (S.EN_COURS, A.REGLER): S.REGLEE,
    (S.EN_COURS, A.ABANDONNER): S.ABANDONNEE,
    (S.EN_COURS, A.TRANSFERER): S.EN_COURS,
    (S.EN_COURS, A.PROLONGER): S.EN_COURS,
    (S.REPONSE, A.REGLER): S.REGLEE,
    (S.REPONSE, A.ABANDONNER): S.ABANDONNEE,
    (S.REPONSE, A.ROUVRIR): S.EN_COURS,
    (S.REGLEE, A.ROUVRIR): S.EN_COURS,
    (S.ABANDONNEE, A.ROUVRIR): S.EN_COURS,
}


class EtatDemande(StrEnum):
    """State of a delegate's request to reopen a saisine."""

    DEMANDEE = "demandee"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    CONTESTEE = "contestee"
    REJETEE = "rejetee"


class Decision(StrEnum):
    ACCEPTER = "accepter"
    REFUSER = "refuser"
    CONTESTER = "contester"
    REJETER = "rejeter"


D, E = Decision, EtatDemande
DEMANDES = {
    (E.DEMANDEE, D.ACCEPTER): E.ACCEPTEE,
    (E.DEMANDEE, D.REFUSER): E.REFUSEE,
    (E.DEMANDEE, D.REJETER): E.REJETEE,
    (E.REFUSEE, D.ACCEPTER): E.ACCEPTEE,  # the owner reconsidered
    (E.REFUSEE, D.CONTESTER): E.CONTESTEE,
    (E.CONTESTEE, D.ACCEPTER): E.ACCEPTEE,
    (E.CONTESTEE, D.REJETER): E.REJETEE,
}


class NatureEtape(StrEnum):
    """Kind of a dated line of a fiche's history."""

    DEPOT = "depot"
    PUBLICATION = "publication"
    RETRAIT = "retrait"
    RETABLISSEMENT = "retablissement"
    ORIENTATION = "orientation"
    ELARGISSEMENT = "elargissement"
    TRANSFERT = "transfert"
    PRECISION = "precision"
    PLUS_ACTUELLE = "plus_actuelle"
    PRISE_EN_CHARGE = "prise_en_charge"
    ETAPE = "etape"
    PROLONGATION = "prolongation"
    REPONSE = "reponse"
    REGLEMENT = "reglement"
    ABANDON = "abandon"
    REOUVERTURE = "reouverture"
    AVIS = "avis"
    DEMANDE_REOUVERTURE = "demande_reouverture"
    REFUS_REOUVERTURE = "refus_reouverture"
    CONTESTATION = "contestation"
    REJET_REOUVERTURE = "rejet_reouverture"
    DURABLE = "durable"
    REVENU = "revenu"
    REUNION = "reunion"  # merged with another fiche
    SEPARATION = "separation"


class CauseReport(StrEnum):
    """Why the due date of an answer was replaced."""

    TRANSFERT = "transfert"
    RETOUR = "retour"  # a transfer taken back
    REOUVERTURE = "reouverture"
    PROLONGATION = "prolongation"
    SUSPENSION = "suspension"  # the owner waits for a precision of the delegates
    REPRISE = "reprise"  # the end of a suspension before its last day


class Valeur(StrEnum):
    """The delegates' verdict on one answer round: did it help?"""

    OUI = "oui"
    EN_PARTIE = "en_partie"
    NON = "non"


def derive_statut(statuts: Collection[Statut]) -> Statut:
    """Return the fiche's own status from those of its saisines (docs/regles/fiches.md)."""
    for statut in (S.EN_COURS, S.REPONSE, S.REGLEE):
        if statut in statuts:
            return statut
    return S.ABANDONNEE if statuts else S.EN_COURS


N = NatureEtape
EN_DETAIL = {N.REPONSE, N.REGLEMENT}  # the étapes that hold a detailed answer
DES_DELEGUES = {
    N.PRECISION,
    N.PLUS_ACTUELLE,
    N.AVIS,
    N.DEMANDE_REOUVERTURE,
    N.CONTESTATION,
    N.DURABLE,
    N.REVENU,
}


def est_signalable(statut: Statut, natures: Sequence[NatureEtape]) -> bool:
    """True if delegates may report «Ce n’est plus d’actualité»: the fiche is not closed, and somebody else
    has added an étape since their last report.

    `natures`: kinds of the étapes of the fiche, oldest first.
    """
    if statut not in (S.EN_COURS, S.REPONSE):
        return False
    for nature in reversed(natures):
        if nature == N.PLUS_ACTUELLE:
            return False
        if nature not in DES_DELEGUES:
            return True
    return True
