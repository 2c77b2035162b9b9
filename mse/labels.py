"""Words that templates write for the values of enumerations (assembly)"""

from mse.annuaire.libelles import NATURES
from mse.fiches.libelles import PARTIES, PUBLICATIONS, STATUTS, URGENCES, VERDICTS
from mse.initiatives.libelles import STATUTS as STATUTS_D_INITIATIVE
from mse.meteo.libelles import NIVEAUX
from mse.soutiens.api import dire_aussi
from mse.suivis.libelles import MOTS_ARRETER, MOTS_SUIVRE

LIBELLES = {
    "natures": NATURES,
    "statuts": STATUTS,
    "urgences": URGENCES,
    "verdicts": VERDICTS,
    "publications": PUBLICATIONS,
    "parties": PARTIES,
    "statuts_d_initiative": STATUTS_D_INITIATIVE,
    "niveaux": NIVEAUX,
    "aussi": dire_aussi,
    "suivre": MOTS_SUIVRE,
    "arreter": MOTS_ARRETER,
}
