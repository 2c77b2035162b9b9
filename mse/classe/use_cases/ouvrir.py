"""Open a draft to the class, replace its link, close it."""

from collections.abc import Sequence
from datetime import datetime

from mse.classe.events import ClasseFermee, ClasseOuverte
from mse.classe.jetons import derive_token, draw_seed, find_token, hash_token
from mse.classe.models import ClasseDeFiche
from mse.classe.policies import peut_ouvrir
from mse.classe.queries.classes import lock_classe_de
from mse.classe.workflow import DUREE_DU_LIEN
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import INTERDIT, verrouille
from mse.fiches.models import Fiche


@use_case
@verrouille
def ouvrir_classe(
    fiche: Fiche, *, par: Compte, cles: Sequence[str], remplacer: datetime | None = None
) -> None:
    """Open the draft to the class for 14 days. If it is open already, do nothing, unless `remplacer` is the
    instant at which the present link was made: then a new link replaces it.

    `cles`: secret key of the instance, then the former ones; a link that none of them gives is replaced.
    Raise `DonneeInvalide` if the class could not tell what the draft is about.
    """
    _exige_brouillon(fiche, par)
    if not (fiche.titre.strip() and fiche.probleme.strip()):
        raise DonneeInvalide(_("Écrivez d’abord le problème et le titre : la classe les lira."))
    classe, le = lock_classe_de(fiche.id), now()
    est_ouverte = classe is not None and classe.est_ouverte(le) and classe.ouverte_le != remplacer
    if est_ouverte and classe is not None and find_token(classe.graine, classe.jeton_hash, cles):
        return
    if classe is None:
        classe = ClasseDeFiche(fiche_id=fiche.id)
        db.session.add(classe)
    classe.graine = draw_seed()
    classe.jeton_hash = hash_token(derive_token(classe.graine, cles[0]))
    classe.ouverte_le, classe.expire_le, classe.fermee_le = le, le + DUREE_DU_LIEN, None
    record(ClasseOuverte(fiche_id=fiche.id, par_id=par.id))


@use_case
@verrouille
def fermer_classe(fiche: Fiche, *, par: Compte) -> None:
    """Close the link. What was received stays."""
    _exige_brouillon(fiche, par)
    classe, le = lock_classe_de(fiche.id), now()
    if classe is not None and classe.est_ouverte(le):
        classe.fermee_le = le
        record(ClasseFermee(fiche_id=fiche.id, par_id=par.id))


def _exige_brouillon(fiche: Fiche, par: Compte) -> None:
    exige_droit(peut_ouvrir(par, fiche), INTERDIT)
    if not fiche.est_brouillon:
        raise TransitionInterdite(_("Cette fiche est déjà déposée : la classe n’y contribue plus."))
