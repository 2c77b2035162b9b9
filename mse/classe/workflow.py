"""Kinds and states of contributions, their limits, and how long things are kept. Pure Python."""

from datetime import timedelta
from enum import StrEnum

TEXTE_MAX, PRENOM_MAX = 1_000, 40  # characters, after NFC
DUREE_DU_LIEN = timedelta(days=14)
MONTREES = 200  # contributions on the page of the delegates, and words in «Mon espace»
# Per hour: one device, one link, one network address. A whole centre shares one address.
PAR_APPAREIL, PAR_LIEN, PAR_ADRESSE = 30, 300, 900
EN_TOUT = 1_000  # contributions of one draft
MOTS_PAR_APPAREIL, MOTS_PAR_PROMOTION = 5, 30  # words per hour
CODES_PAR_ADRESSE = 300  # codes of posters looked up per hour
# Erasure (docs/regles/classe.md): texts after filing; without filing, first names and marks of devices after
# the end of the link, and then the texts; words after they were read, and in any case.
OUBLI_APRES_DEPOT = timedelta(days=30)
OUBLI_DES_PRENOMS, OUBLI_SANS_DEPOT = timedelta(days=30), timedelta(days=365)
OUBLI_D_UN_MOT_LU, OUBLI_D_UN_MOT = timedelta(days=30), timedelta(days=90)
# A mail says what waits: once it has waited for an hour, at most once a day for each fiche or promotion.
ATTENTE, REPOS = timedelta(hours=1), timedelta(hours=24)
PETIT_NOMBRE = 5  # participants; the public reads «moins de 5» below


class Nature(StrEnum):
    """What a contribution is. The values are parts of URLs."""

    CAUSE = "cause"
    CONSEQUENCE = "consequence"
    SOLUTION = "solution"

    @property
    def partie(self) -> str:
        """The part of the fiche that takes the text over."""
        return {"cause": "causes", "consequence": "consequences", "solution": "solution"}[self.value]


class Etat(StrEnum):
    """What the delegates did with a contribution."""

    RECUE = "recue"  # waits to be read
    REPRISE = "reprise"  # its text is in the draft
    ECARTEE = "ecartee"
