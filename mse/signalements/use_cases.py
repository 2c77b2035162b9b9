"""Report a page, decide on its reports, contest the decision, delete old reports."""

from functools import partial
from hashlib import sha256

from sqlalchemy import delete, select

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.codes import hash_code, write_code
from mse.core.database import execute_bulk
from mse.core.email_addresses import require_email
from mse.core.guards import exige_droit
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.fiches.api import MOTIF_MAX, MOTIF_MIN
from mse.signalements.events import PageSignalee, SignalementDecide
from mse.signalements.limites import GARDE, PAR_DEMANDEUR, PAR_HEURE, TEXTE_MAX, TEXTE_MIN
from mse.signalements.models import Signalement
from mse.signalements.policies import peut_decider
from mse.signalements.queries import Cible, get_par_cle, is_open
from mse.signalements.workflow import OUVERTS, Decision, Raison

_exige_texte = partial(require_length, minimum=TEXTE_MIN, maximum=TEXTE_MAX)
_S = Signalement.__table__.c


@prepared(texte=_exige_texte)
@use_case
def signaler_page(
    cible: Cible,
    raison: Raison,
    texte: str,
    *,
    cle: str,
    courriel: str | None,
    par: Compte | None,
    adresse: str | None,
    secret: str,
) -> str:
    """Report a page. Return the code that opens the report, made from `cle`; a double click returns the same.

    `courriel`: where a person without an account wants the decision. `adresse`: IP address of the client;
    `secret`: key of the rate-limit hashes. Raise `TooManyAttempts`.
    """
    code = write_code(int.from_bytes(sha256(cle.encode()).digest()[:16]))
    if get_par_cle(cle) is not None:
        return code
    count_or_refuse(
        [
            Limit(hash_key(secret, "signalement-demandeur", requester_key(adresse)), PAR_DEMANDEUR, HOUR),
            Limit(hash_key(secret, "signalement", ""), PAR_HEURE, HOUR),
        ]
    )
    signalement = Signalement(
        cle=cle,
        code_hash=hash_code(code),
        sujet=cible.sujet,
        page_id=cible.page.id,
        raison=raison,
        texte=texte,
        compte_id=par.id if par is not None else None,
        courriel=require_email(courriel) if courriel and par is None else None,
        recu_le=now(),
    )
    db.session.add(signalement)
    db.session.flush()
    record(PageSignalee(signalement_id=signalement.id, par_id=par.id if par is not None else None))
    return code


@prepared(motif=partial(require_length, minimum=MOTIF_MIN, maximum=MOTIF_MAX))
@use_case
def decider_signalements(
    cible: Cible, decision: Decision, motif: str, *, dernier: int | None, par: Compte
) -> None:
    """Decide on the open reports of a page, and explain to those who reported.

    `dernier`: id of the last report that the animateur has read; later ones stay open. A repeated request
    does nothing.
    """
    exige_droit(peut_decider(par, cible), _("Seule l’équipe d’animation décide."))
    query = select(Signalement).where(_S.sujet == cible.sujet, _S.page_id == cible.page.id, is_open())
    if dernier is not None:
        query = query.where(_S.id <= dernier)
    for signalement in db.session.scalars(query.with_for_update()):
        signalement.avancer(decision)
        signalement.motif, signalement.decide_le = motif, now()
        record(SignalementDecide(signalement_id=signalement.id, par_id=par.id))


@prepared(texte=_exige_texte)
@use_case
def contester_decision(signalement: Signalement, texte: str) -> None:
    """Ask the animateurs to read a report again that they set aside. Possible once; whoever has the code."""
    if signalement.contestation == texte:
        return
    signalement.exige_contestable()
    signalement.avancer(Decision.CONTESTER)
    signalement.contestation = texte
    record(PageSignalee(signalement_id=signalement.id, par_id=None))


@use_case
def oublier_signalements() -> int:
    """Delete the reports that were decided more than 12 months ago; return their number."""
    finis = _S.decide_le < now() - GARDE, Signalement.etat.not_in(OUVERTS)
    return execute_bulk(delete(Signalement).where(*finis))
