"""What the author does: send a report, come back with the code, add a message."""

from dataclasses import dataclass

from mse.comptes.models import Compte
from mse.confidentiel.codes import derive_code, read_code
from mse.confidentiel.events import SignalementEnAttente
from mse.confidentiel.limites import (
    CODES_EN_TOUT,
    CODES_PAR_ADRESSE,
    MESSAGES_MAX,
    MESSAGES_PAR_HEURE,
    PAR_ADRESSE,
    PAR_ADRESSE_MAX,
    PAR_APPAREIL,
    RECU,
    TEXTE_MAX,
    TEXTE_MIN,
)
from mse.confidentiel.models import Confidence, MessageConfidentiel
from mse.confidentiel.queries import get_envoye, get_par_code, has_referent
from mse.confidentiel.workflow import Sujet
from mse.core.clock import now
from mse.core.errors import TransitionInterdite, TropDeDemandes
from mse.core.rate_limit import (
    HOUR,
    Attempt,
    Limit,
    count_attempt,
    hash_key,
    requester_key,
)
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db


@dataclass(frozen=True, kw_only=True)
class Envoi:
    """Who sends. `appareil`: random mark of the browser; `adresse`: IP address of the client; `secret`:
    secret key of the instance."""

    appareil: str
    adresse: str | None
    secret: str


def _exige_texte(texte: str) -> str:
    return require_length(texte, TEXTE_MIN, TEXTE_MAX)


@prepared(texte=_exige_texte)
@use_case
def signaler(
    sujet: Sujet, texte: str, *, mineur: bool, cle: str, de: Envoi, par: Compte | None
) -> tuple[int, str]:
    """Create a report; return its id and the receipt code. `par`: None if the author does not sign.

    The same `cle` (a double click) creates it once and gives the same code, for a while. Raise
    `TropDeDemandes`, or `TransitionInterdite` if nobody is there to read.
    """
    code = derive_code(cle, de.secret)
    deja = get_envoye(read_code(code))
    if deja is not None:
        if now() - deja.recu_le > RECU:
            raise TransitionInterdite(_("Ce message est déjà envoyé. Votre code permet de le relire."))
        return deja.id, code
    if not has_referent():
        raise TransitionInterdite(
            _("Personne n’est encore chargé de lire ces messages. Appelez un des numéros de la page.")
        )
    en_nombre = _exige_mesure(de, par)
    signalement = Confidence(
        code_hash=read_code(code),
        auteur_id=par.id if par is not None else None,
        sujet=sujet,
        mineur=mineur,
        recu_le=now(),
        attend_depuis=now(),
        en_nombre=en_nombre,
    )
    db.session.add(signalement)
    db.session.flush()
    _ajouter(signalement, texte, cle)
    return signalement.id, code


@prepared(texte=_exige_texte)
@use_case
def completer(signalement: Confidence, texte: str, *, cle: str, secret: str) -> None:
    """Add a message of the author. The caller has checked that the reader of the page is the author."""
    signalement = db.session.get_one(Confidence, signalement.id, with_for_update=True, populate_existing=True)
    if any(message.cle == cle for message in signalement.messages):
        return
    if signalement.est_clos:
        raise TransitionInterdite(_("Ce message confidentiel est clos\u202f: écrivez-en un nouveau."))
    limite = Limit(hash_key(secret, "confidentiel-fil", str(signalement.id)), MESSAGES_PAR_HEURE, HOUR)
    if len(signalement.messages) >= MESSAGES_MAX or count_attempt([limite]).attente:
        raise TropDeDemandes(
            _("Vous avez envoyé beaucoup de messages. Attendez une réponse, ou appelez un des numéros.")
        )
    signalement.attendre(le=now())
    _ajouter(signalement, texte, cle)


def presenter_code(code: str, *, de: Envoi) -> Confidence | None:
    """Return the report that this code opens, or None. Each attempt counts. Raise `TropDeDemandes`."""
    if _compter_code(de).attente:
        raise TropDeDemandes(
            _("Trop de codes ont été essayés. Attendez une heure, ou appelez un des numéros de la page.")
        )
    return get_par_code(read_code(code))


@use_case
def _compter_code(de: Envoi) -> Attempt:
    return count_attempt(
        [
            Limit(_cle(de, "code-adresse", requester_key(de.adresse)), CODES_PAR_ADRESSE, HOUR),
            Limit(_cle(de, "code", ""), CODES_EN_TOUT, HOUR),
        ]
    )


def _exige_mesure(de: Envoi, par: Compte | None) -> bool:
    """Count the report. Return True if many came from this address, which a whole training centre may share:
    they are accepted, and listed apart. Raise `TropDeDemandes` far beyond."""
    qui = f"compte {par.id}" if par is not None else f"appareil {de.appareil}"
    if count_attempt([Limit(_cle(de, "appareil", qui), PAR_APPAREIL, HOUR)]).attente:
        raise TropDeDemandes(
            _(
                "Vous avez déjà envoyé plusieurs messages depuis une heure. Ils sont bien arrivés. "
                "Vous pouvez ajouter quelque chose à l’un d’eux avec son code. En danger, appelez le 17."
            )
        )
    if par is not None:
        return False
    adresse = requester_key(de.adresse)
    if count_attempt([Limit(_cle(de, "adresse-max", adresse), PAR_ADRESSE_MAX, HOUR)]).attente:
        raise TropDeDemandes(
            _(
                "Trop de messages viennent de cette connexion à internet. Essayez avec les données mobiles "
                "de votre téléphone, ou dans une heure. En danger, appelez le 17."
            )
        )
    return bool(count_attempt([Limit(_cle(de, "adresse", adresse), PAR_ADRESSE, HOUR)]).attente)


def _cle(de: Envoi, sorte: str, valeur: str) -> str:
    return hash_key(de.secret, f"confidentiel-{sorte}", valeur)


def _ajouter(signalement: Confidence, texte: str, cle: str) -> None:
    db.session.add(MessageConfidentiel(cle=cle, signalement_id=signalement.id, le=now(), texte=texte))
    if not signalement.en_nombre:
        record(SignalementEnAttente(confidentiel_id=signalement.id, par_id=None))
