"""The poster of a classroom, and the words left through its code."""

from mse.classe.jetons import draw_code
from mse.classe.models import CodeDePromotion, Mot
from mse.classe.policies import est_delegue_de, peut_afficher, peut_lire_mot
from mse.classe.queries.mots import get_code, get_mot_par_cle, has_delegue, lock_code
from mse.classe.use_cases.contribuer import Envoi
from mse.classe.workflow import (
    CODES_PAR_ADRESSE,
    MOTS_PAR_APPAREIL,
    MOTS_PAR_PROMOTION,
    PAR_ADRESSE,
    PRENOM_MAX,
    TEXTE_MAX,
)
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide, LienPerdu
from mse.core.guards import exige_droit
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.text import _, visible_length
from mse.core.text_length import limite, require_length
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.representation.models import Promotion

_INTERDIT = "Cette action est réservée aux délégué·es de la promotion."


@use_case
def donner_code(promotion: Promotion, *, par: Compte) -> str:
    """Return the permanent code of the promotion, drawn at the first poster."""
    exige_droit(peut_afficher(par, promotion), _(_INTERDIT))
    one_at_a_time(f"code-de-promotion:{promotion.id}")
    code = get_code(promotion.id)
    if code is None:
        code = CodeDePromotion(promotion_id=promotion.id, code=draw_code(), cree_le=now())
        db.session.add(code)
    return code.code


@use_case
def compter_code(*, adresse: str | None, secret: str) -> None:
    """Count a code that somebody typed, valid or not. Raise `TooManyAttempts`."""
    cle = hash_key(secret, "code-de-promotion", requester_key(adresse))
    count_or_refuse([Limit(cle, CODES_PAR_ADRESSE, HOUR)])


@use_case
def laisser_mot(texte: str, prenom: str, *, cle: str, de: Envoi) -> None:
    """Leave a word for the delegates of a promotion. The same `cle` (a double click) leaves it once."""
    texte = _exige("texte", texte)
    prenom = " ".join(limite(prenom, PRENOM_MAX).split())
    code = lock_code(de.reference)
    if code is None or not has_delegue(code.promotion_id, le=today()):
        raise LienPerdu(
            _("Cette promotion n’a pas de délégué·e en ce moment : personne ne lirait votre mot.")
        )
    if get_mot_par_cle(cle) is not None:
        return
    appareil = f"{code.promotion_id}:{de.appareil}"
    count_or_refuse(
        [
            Limit(hash_key(de.secret, "mot-appareil", appareil), MOTS_PAR_APPAREIL, HOUR),
            Limit(hash_key(de.secret, "mot-promotion", str(code.promotion_id)), MOTS_PAR_PROMOTION, HOUR),
            Limit(hash_key(de.secret, "classe-adresse", requester_key(de.adresse)), PAR_ADRESSE, HOUR),
        ]
    )
    signature = prenom if visible_length(prenom) else None
    db.session.add(Mot(cle=cle, promotion_id=code.promotion_id, texte=texte, prenom=signature, le=now()))


@use_case
def lire_mot(mot: Mot, *, par: Compte) -> None:
    """Mark a word as read, for both delegates."""
    exige_droit(peut_lire_mot(par, mot), _(_INTERDIT))
    mot.lu_le = mot.lu_le or now()


@use_case
def effacer_mot(mot: Mot, *, par: Compte) -> None:
    """Delete a word."""
    exige_droit(est_delegue_de(par, mot.promotion), _(_INTERDIT))
    db.session.delete(mot)


def _exige(champ: str, texte: str) -> str:
    try:
        return require_length(texte, 1, TEXTE_MAX)
    except DonneeInvalide as error:
        error.champ = champ
        raise
