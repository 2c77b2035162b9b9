"""Public interface of `mse.annuaire` for higher capabilities, with its models, events, queries, policies."""

from mse.annuaire.appartenances import add_appartenance, end_appartenance, set_referent
from mse.annuaire.forms.communes import CommuneField
from mse.annuaire.geocoding import Lieu, Lieux
from mse.annuaire.historique import noter
from mse.annuaire.libelles import INTERDIT, LIBELLES, TENU_PAR_L_EQUIPE
from mse.annuaire.siret import check_siret
from mse.annuaire.validation import (
    choose_commune,
    exige_acteur,
    exige_autre,
    exige_commune,
    exige_compte,
    exige_ouvert,
    exige_texte,
    lire_commune,
)

__all__ = [
    "INTERDIT",
    "LIBELLES",
    "TENU_PAR_L_EQUIPE",
    "CommuneField",
    "Lieu",
    "Lieux",
    "add_appartenance",
    "check_siret",
    "choose_commune",
    "end_appartenance",
    "exige_acteur",
    "exige_autre",
    "exige_commune",
    "exige_compte",
    "exige_ouvert",
    "exige_texte",
    "lire_commune",
    "noter",
    "set_referent",
]
