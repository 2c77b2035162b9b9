"""Labels of the objects that can be followed, and of what followers are told."""

from typing import Any

from mse.core.text import lazy
from mse.fiches.api import NatureEtape
from mse.suivis.workflow import Objet

NOUVELLES = {
    NatureEtape.REPONSE: lazy("Nouvelle réponse"),
    NatureEtape.REGLEMENT: lazy("Problème déclaré réglé"),
    NatureEtape.ABANDON: lazy("Fiche abandonnée"),
    NatureEtape.REOUVERTURE: lazy("Fiche rouverte"),
    NatureEtape.DEMANDE_REOUVERTURE: lazy("Réouverture demandée par les délégué·es"),
    NatureEtape.REFUS_REOUVERTURE: lazy("Refus de rouvrir une fiche"),
    NatureEtape.CONTESTATION: lazy("Refus contesté par les délégué·es"),
    NatureEtape.REJET_REOUVERTURE: lazy("Réponse maintenue par l’équipe d’animation"),
    NatureEtape.AVIS: lazy("Avis des délégué·es sur une réponse"),
    NatureEtape.DURABLE: lazy("Problème réglé durablement"),
    NatureEtape.REVENU: lazy("Problème revenu"),
    NatureEtape.PLUS_ACTUELLE: lazy("Ce n’est plus d’actualité, disent les délégué·es"),
    NatureEtape.TRANSFERT: lazy("Fiche transférée"),
    NatureEtape.ELARGISSEMENT: lazy("Un responsable de plus"),
    NatureEtape.ORIENTATION: lazy("Fiche confiée à un responsable"),
    NatureEtape.RETABLISSEMENT: lazy("Fiche de nouveau publique"),
}
_PARUTION, _ANNULATION = lazy("Nouvelle fiche"), lazy("Transfert annulé")
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


def dire_nouvelle(etape: Any) -> str:
    """Return what a follower reads above a piece of news. None: the fiche itself is new.

    A transfer has a reason, shown or masked; the étape that takes it back has none.
    """
    if etape is None:
        return str(_PARUTION)
    if etape.nature == NatureEtape.TRANSFERT and not etape.texte and not etape.masquee_motif:
        return str(_ANNULATION)
    return str(NOUVELLES[etape.nature])
