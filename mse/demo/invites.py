"""Invited people whose account is not open yet: one by mail, one without an address, one colleague."""

from datetime import timedelta

from mse.annuaire.use_cases.creer import ouvrir_appartenance
from mse.comptes.invites import inviter
from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.demo.agenda import Agenda, weekday_before
from mse.demo.canaris import NOM_DE_L_INVITEE
from mse.demo.scene import Scene
from mse.representation.models import RoleMandat
from mse.representation.use_cases.mandats import ouvrir_mandat
from mse.representation.use_cases.promotions import creer_promotion

MATIN = 9 * 60 + 30
ABSENTS = "S12"
ORGANISME, SERVICE = "OF31", "S08"  # of organisme@demo.example and service@demo.example


def inviter_du_monde(scene: Scene, agenda: Agenda) -> None:
    agenda.noter(weekday_before(scene.aujourd_hui, 2), MATIN, _elire, scene)
    agenda.noter(weekday_before(scene.aujourd_hui, 1), MATIN, _embaucher, scene)
    agenda.noter(weekday_before(scene.aujourd_hui, 40), MATIN, _attendre, scene)


def _elire(scene: Scene) -> None:
    """Open a promotion that has just elected; neither of its delegates has opened an account."""
    promotion = creer_promotion(
        scene.acteurs[ORGANISME],
        titre="Maçon du bâti ancien",
        commune_code="84003",
        debut=scene.aujourd_hui - timedelta(days=12),
        fin=scene.aujourd_hui + timedelta(days=140),
        effectif=11,
    )
    ines = _inviter("Inès", NOM_DE_L_INVITEE, "ines.invitee@demo.example")
    ouvrir_mandat(ines, promotion, RoleMandat.TITULAIRE)
    ouvrir_mandat(_inviter("Tom", "Sansadresse", None), promotion, RoleMandat.SUPPLEANT)


def _embaucher(scene: Scene) -> None:
    jade = _inviter("Jade", "Nouvelle", "jade.invitee@demo.example")
    ouvrir_appartenance(jade, scene.acteurs[SERVICE])


def _attendre(scene: Scene) -> None:
    """Two agents of a service have not come for weeks."""
    for prenom, nom in (("Maud", "Pasvenue"), ("Rayan", "Pasvenu")):
        compte = _inviter(prenom, nom, f"{prenom.lower()}.invitation@demo.example")
        ouvrir_appartenance(compte, scene.acteurs[ABSENTS])


@use_case
def _inviter(prenom: str, nom: str, courriel: str | None) -> Compte:
    return inviter(prenom=prenom, nom=nom, courriel=courriel, par=None)
