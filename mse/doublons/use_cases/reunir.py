"""Merge a fiche into another one, and separate them.

Nothing moves: saisines, due dates, histories, soutiens and follows stay with their fiche. A merge says which
page shows all of them, so that a separation loses nothing.
"""

from sqlalchemy import or_, update

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.doublons.limites import GROUPE_MAX
from mse.doublons.locking import lock_fiches
from mse.doublons.models import Fusion
from mse.doublons.policies import peut_reunir
from mse.doublons.queries.fusions import count_groupes
from mse.doublons.separation import detach, tell
from mse.extensions import db
from mse.fiches.api import INTERDIT, NatureEtape
from mse.fiches.models import Fiche
from mse.soutiens.api import count_again


@use_case
def reunir(doublon_id: int, principale_id: int, *, par: Compte) -> None:
    """Merge `doublon` into `principale`. If they are merged already (another click, another animateur), do
    nothing. Raise `DonneeInvalide` or `TransitionInterdite` if they cannot be."""
    if doublon_id == principale_id:
        raise DonneeInvalide(_("C’est la même fiche\u202f: choisissez-en une autre."))
    fiches = lock_fiches({doublon_id, principale_id})
    if len(fiches) < 2:
        raise DonneeInvalide(_("Cette fiche n’existe pas."))
    doublon, principale = fiches[doublon_id], fiches[principale_id]
    exige_droit(peut_reunir(par, principale) and peut_reunir(par, doublon), INTERDIT)
    if doublon.reunie_a_id == principale.id:
        return
    _exige_reunissables(doublon, principale)
    db.session.add(Fusion(doublon_id=doublon.id, principale_id=principale.id, le=now(), par_id=par.id))
    groupe = or_(Fiche.id == doublon.id, Fiche.reunie_a_id == doublon.id)
    db.session.execute(update(Fiche).where(groupe).values(reunie_a_id=principale.id))
    tell(doublon, principale, NatureEtape.REUNION, par=par)
    count_again([doublon.id, principale.id])


@use_case
def separer(doublon_id: int, *, par: Compte) -> None:
    """Undo the merge of a fiche: it is on its own again, with the fiches that were merged into it. A second
    click does nothing."""
    racine_id = _read_racine(doublon_id)
    fiches = lock_fiches({doublon_id} | ({racine_id} if racine_id else set()))
    doublon = fiches.get(doublon_id)
    exige_droit(doublon is not None and peut_reunir(par, doublon), INTERDIT)
    assert doublon is not None
    if doublon.reunie_a_id is None:
        return
    if doublon.reunie_a_id != racine_id:
        raise Conflit(_("Quelqu’un d’autre vient de réunir ou de séparer cette fiche\u202f: relisez-la."))
    detach(doublon, fiches[racine_id], par=par)


def _read_racine(fiche_id: int) -> int | None:
    fiche = db.session.get(Fiche, fiche_id)
    return fiche.reunie_a_id if fiche is not None else None


def _exige_reunissables(doublon: Fiche, principale: Fiche) -> None:
    if not (doublon.est_publique and principale.est_publique):
        raise TransitionInterdite(
            _("Une de ces fiches n’est pas publique. On ne réunit que des fiches que chacun peut lire.")
        )
    if principale.est_reunie:
        raise TransitionInterdite(
            _(
                "La fiche %(id)s est déjà réunie à la fiche %(autre)s\u202f: choisissez la fiche %(autre)s.",
                id=principale.id,
                autre=principale.reunie_a_id,
            )
        )
    if doublon.est_reunie:
        raise TransitionInterdite(
            _(
                "La fiche %(id)s est déjà réunie à la fiche %(autre)s\u202f: séparez-les d’abord.",
                id=doublon.id,
                autre=doublon.reunie_a_id,
            )
        )
    if count_groupes(doublon.id, principale.id) > GROUPE_MAX:
        raise TransitionInterdite(
            _("Cette fiche en réunit déjà beaucoup\u202f: %(nombre)s au plus.", nombre=GROUPE_MAX)
        )
