"""Labels of the objects that can be followed."""

from mse.core.text import lazy
from mse.fiches.api import NatureEtape
from mse.suivis.workflow import Objet

# What a follower reads above a piece of news. None: the fiche itself is new.
NOUVELLES = {
    None: lazy("Nouvelle fiche"),
    NatureEtape.REPONSE: lazy("Nouvelle réponse"),
    NatureEtape.REGLEMENT: lazy("Problème déclaré réglé"),
    NatureEtape.ABANDON: lazy("Fiche abandonnée"),
    NatureEtape.REOUVERTURE: lazy("Fiche rouverte"),
    NatureEtape.AVIS: lazy("Avis des délégué·es sur une réponse"),
    NatureEtape.TRANSFERT: lazy("Fiche transférée"),
    NatureEtape.ELARGISSEMENT: lazy("Un responsable de plus"),
    NatureEtape.ORIENTATION: lazy("Fiche confiée à un responsable"),
}
OBJETS = {
    Objet.FICHE: lazy("Fiche"),
    Objet.THEME: lazy("Thème"),
    Objet.TERRITOIRE: lazy("Territoire"),
    Objet.ACTEUR: lazy("Responsable"),
    Objet.BULLETINS: lazy("Bulletins"),
}
# The button on the page of an object.
MOTS_SUIVRE = {
    Objet.FICHE: lazy("Suivre cette fiche"),
    Objet.THEME: lazy("Suivre ce thème"),
    Objet.TERRITOIRE: lazy("Suivre ce territoire"),
    Objet.ACTEUR: lazy("Suivre ce responsable"),
    Objet.BULLETINS: lazy("Recevoir les bulletins par courriel"),
}
MOTS_ARRETER = {
    Objet.FICHE: lazy("Ne plus suivre cette fiche"),
    Objet.THEME: lazy("Ne plus suivre ce thème"),
    Objet.TERRITOIRE: lazy("Ne plus suivre ce territoire"),
    Objet.ACTEUR: lazy("Ne plus suivre ce responsable"),
}
