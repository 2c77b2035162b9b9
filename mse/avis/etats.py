"""What the state of a saisine allows delegates to say, and what its request to reopen allows. Each function
raises `TransitionInterdite`."""

from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.fiches.api import Decision, EtatDemande, Statut
from mse.fiches.models import DemandeReouverture, Saisine


def exige_jugeable(saisine: Saisine) -> None:
    if saisine.statut not in (Statut.REPONSE, Statut.REGLEE):
        raise TransitionInterdite(_("Votre avis sera demandé quand une réponse aura été donnée."))


def exige_rien_de_demande(saisine: Saisine) -> None:
    """There is something to reopen, and no request that is open, refused or decided by an animateur."""
    if saisine.est_en_cours:
        raise TransitionInterdite(_("Cette fiche est en cours de traitement : il n’y a rien à rouvrir."))
    demande = saisine.demande_courante()
    if demande is not None and demande.est_ouverte:
        raise TransitionInterdite(_("Une réouverture est déjà demandée ; la réponse est attendue."))
    if demande is not None and demande.etat == EtatDemande.REFUSEE:
        raise TransitionInterdite(_("Votre demande a été refusée ; ce refus peut être contesté une fois."))
    if saisine.est_tranchee:
        raise TransitionInterdite(
            _(
                "L’équipe d’animation a décidé de ne pas rouvrir cette fiche. "
                "S’il s’est passé autre chose, ajoutez une précision."
            )
        )


def exige_demande(saisine: Saisine) -> DemandeReouverture:
    demande = saisine.demande_courante()
    if demande is None:
        raise TransitionInterdite(_("Personne n’a demandé de rouvrir cette fiche."))
    return demande


def exige_contestable(saisine: Saisine) -> DemandeReouverture:
    """Return the request that the owner refused."""
    if saisine.est_en_cours:
        raise TransitionInterdite(_("Cette fiche est déjà rouverte."))
    demande = exige_demande(saisine)
    demande.exige(Decision.CONTESTER)
    return demande


def exige_decidable(saisine: Saisine) -> None:
    """The request is open, or the owner may still accept what it has refused."""
    exige_demande(saisine).exige(Decision.ACCEPTER)
