"""What a team shares (filters of its queue, who has a fiche, an absence), a reminder by hand, and an address
that refuses mail."""

from datetime import timedelta

from sqlalchemy import select

from mse.annuaire.models import Appartenance
from mse.annuaire.use_cases.absences import declarer_absence
from mse.comptes.models import Compte, MotifRefus
from mse.core.use_cases import use_case
from mse.demo.scene import Scene
from mse.extensions import db
from mse.notifications.refus import noter_refus
from mse.relances.use_cases.relancer import relancer_saisine
from mse.travail.filtres import FiltresFile
from mse.travail.use_cases import attribuer_saisine, garder_filtre

SERVICE, ORGANISME = "S08", "OF31"  # of service@demo.example and organisme@demo.example
CONFIEE, A_SALOME, A_YASMINA = "F103 S08", "X02 S08", "X02 OF31"
RELANCEE = "F103 S08"  # late
ABSENTE, YASMINA = "agent.s08@demo.example", "yasmina.belkacem@demo.example"
REFUSEE = "agent.of35@demo.example"


def partager_le_travail(scene: Scene) -> None:
    """Call after the accounts are open: a substitute needs a confirmed address."""
    mathieu, absente = scene.agents[SERVICE], _get_compte(ABSENTE)
    garder_filtre(scene.acteurs[SERVICE], "Les repas", FiltresFile(theme="restauration"), par=mathieu)
    attribuer_saisine(scene.saisine(CONFIEE), mathieu.id, par=mathieu)
    attribuer_saisine(scene.saisine(A_SALOME), absente.id, par=mathieu)
    nadege = scene.agents[ORGANISME]
    garder_filtre(scene.acteurs[ORGANISME], "Les repas", FiltresFile(theme="restauration"), par=nadege)
    attribuer_saisine(scene.saisine(A_YASMINA), _get_compte(YASMINA).id, par=nadege)
    declarer_absence(
        db.session.scalars(select(Appartenance).where(Appartenance.compte_id == absente.id)).one(),
        remplacant_id=mathieu.id,
        debut=scene.aujourd_hui - timedelta(days=1),
        fin=scene.aujourd_hui + timedelta(days=9),
        garde_courriels=False,
        par=absente,
    )
    relancer_saisine(scene.saisine(RELANCEE), par=scene.animatrice)
    _refuser_une_adresse()


@use_case
def _refuser_une_adresse() -> None:
    noter_refus(REFUSEE, MotifRefus.ADRESSE, par_retour=True)  # kept if the worker sends a mail to it


def _get_compte(courriel: str) -> Compte:
    return db.session.scalars(select(Compte).where(Compte.courriel == courriel)).one()
