"""States of a confidential report, and what its readers can do."""

from enum import StrEnum


class Sujet(StrEnum):
    """What the report is about."""

    VIOLENCE = "violence"
    HARCELEMENT = "harcelement"
    DISCRIMINATION = "discrimination"
    SANTE = "sante"
    AUTRE = "autre"


class Etat(StrEnum):
    RECU = "recu"
    PRIS_EN_CHARGE = "pris_en_charge"
    ORIENTE = "oriente"
    CLOS = "clos"


class Acte(StrEnum):
    """What a reader does; each is shown to the author with its text."""

    PRENDRE = "prendre"
    REPONDRE = "repondre"
    ORIENTER = "orienter"
    CLORE = "clore"


TRANSITIONS: dict[tuple[Etat, Acte], Etat] = {
    (Etat.RECU, Acte.PRENDRE): Etat.PRIS_EN_CHARGE,
    (Etat.RECU, Acte.REPONDRE): Etat.PRIS_EN_CHARGE,
    (Etat.RECU, Acte.CLORE): Etat.CLOS,
    (Etat.PRIS_EN_CHARGE, Acte.REPONDRE): Etat.PRIS_EN_CHARGE,
    (Etat.PRIS_EN_CHARGE, Acte.ORIENTER): Etat.ORIENTE,
    (Etat.PRIS_EN_CHARGE, Acte.CLORE): Etat.CLOS,
    (Etat.ORIENTE, Acte.REPONDRE): Etat.ORIENTE,
    (Etat.ORIENTE, Acte.ORIENTER): Etat.ORIENTE,
    (Etat.ORIENTE, Acte.CLORE): Etat.CLOS,
}
