"""Why a page is reported, and the states of a report."""

from enum import StrEnum


class Raison(StrEnum):
    DANGER = "danger"
    NOM = "nom"
    MOI = "moi"
    INJURE = "injure"
    FAUX = "faux"
    DECISION = "decision"
    AUTRE = "autre"


class Etat(StrEnum):
    RECU = "recu"
    SUIVI = "suivi"
    CLASSE = "classe"
    CONTESTE = "conteste"


class Decision(StrEnum):
    SUIVRE = "suivre"
    CLASSER = "classer"
    CONTESTER = "contester"


OUVERTS = (Etat.RECU, Etat.CONTESTE)  # an animateur has to decide
# A report that was set aside can be contested once: `Signalement.contestation` stays.
TRANSITIONS = {
    (Etat.RECU, Decision.SUIVRE): Etat.SUIVI,
    (Etat.RECU, Decision.CLASSER): Etat.CLASSE,
    (Etat.CLASSE, Decision.CONTESTER): Etat.CONTESTE,
    (Etat.CONTESTE, Decision.SUIVRE): Etat.SUIVI,
    (Etat.CONTESTE, Decision.CLASSER): Etat.CLASSE,
}
