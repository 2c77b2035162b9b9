"""The word that a leaving delegate leaves for the next ones."""

from datetime import timedelta

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.guards import exige_droit
from mse.core.text import lazy
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.passation.events import MotLaisse, MotRepris
from mse.passation.limites import MOT_MAX
from mse.passation.models import MotDePassation
from mse.passation.policies import peut_laisser_un_mot
from mse.passation.queries.mots import get_mon_mot, list_mots_a_oublier
from mse.representation.models import Promotion
from mse.representation.queries.promotions import lock_promotion

GARDE = timedelta(days=365)
PAR_LOT = 500
_INTERDIT = lazy("Seuls les délégués de la promotion, et ceux qui viennent de la quitter, laissent un mot.")


@prepared(texte=lambda texte: require_length(texte, 1, MOT_MAX))
@use_case
def laisser_un_mot(promotion: Promotion, texte: str, *, par: Compte) -> None:
    """Leave a word, or change it: one per delegate and promotion. Raise `DonneeInvalide`."""
    lock_promotion(promotion)
    exige_droit(peut_laisser_un_mot(par, promotion), _INTERDIT)
    mot = get_mon_mot(par, promotion)
    if mot is not None and mot.texte == texte:
        return
    if mot is None:
        mot = MotDePassation(promotion_id=promotion.id, auteur_id=par.id)
        db.session.add(mot)
    mot.texte, mot.ecrit_le = texte, now()
    record(MotLaisse(promotion_id=promotion.id, par_id=par.id))


@use_case
def reprendre_mot(promotion: Promotion, *, par: Compte) -> None:
    """Delete one's own word. A second click changes nothing."""
    lock_promotion(promotion)
    exige_droit(peut_laisser_un_mot(par, promotion), _INTERDIT)
    mot = get_mon_mot(par, promotion)
    if mot is not None:
        db.session.delete(mot)
        record(MotRepris(promotion_id=promotion.id, par_id=par.id))


@use_case
def oublier_mots() -> int:
    """Delete the words older than 12 months, at most 500 a run; return their number."""
    mots = list_mots_a_oublier(now() - GARDE, PAR_LOT)
    for mot in mots:
        db.session.delete(mot)
    return len(mots)
