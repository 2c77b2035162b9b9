"""What a trainee does with the link, without an account."""

from dataclasses import dataclass

from mse.classe.jetons import mark_device
from mse.classe.models import ClasseDeFiche, Contribution, JourDeParole, Participant
from mse.classe.queries.classes import (
    count_contributions,
    get_contribution_par_cle,
    get_derniere_contribution,
    get_participant,
    lock_classe,
)
from mse.classe.workflow import EN_TOUT, PAR_ADRESSE, PAR_APPAREIL, PAR_LIEN, PRENOM_MAX, TEXTE_MAX, Nature
from mse.core.clock import local_date, now
from mse.core.database import upsert
from mse.core.errors import DonneeInvalide, LienPerdu, TropDeDemandes
from mse.core.rate_limit import HOUR, Limit, count_or_refuse, hash_key, requester_key
from mse.core.text import _, visible_length
from mse.core.text_length import limite, require_length
from mse.core.use_cases import use_case
from mse.extensions import db
from mse.fiches.models import Fiche


@dataclass(frozen=True, kw_only=True)
class Envoi:
    """Who sends. `reference`: hash of the token of a link, or code of a poster; `appareil`: random value of
    the cookie of the device; `adresse`: IP address of the client; `secret`: secret key of the instance."""

    reference: str
    appareil: str
    adresse: str | None
    secret: str


@use_case
def contribuer(nature: Nature, texte: str, *, cle: str, de: Envoi) -> None:
    """Add a text. The same `cle` (a double click) adds it once. Raise `LienPerdu`, `DonneeInvalide` or
    `TooManyAttempts`."""
    texte = _exige_texte(texte)
    classe = _exige_classe(de)
    if get_contribution_par_cle(cle) is not None:
        return
    _exige_mesure(classe, de)
    participant = _participate(classe, de)
    db.session.add(
        Contribution(
            cle=cle,
            fiche_id=classe.fiche_id,
            participant_id=participant.id,
            nature=nature,
            texte=texte,
            le=now(),
        )
    )


@use_case
def dire_concerne(*, de: Envoi) -> None:
    """Say «je suis concerné·e», once per device."""
    classe = _exige_classe(de)
    participant = get_participant(classe.fiche_id, mark_device(classe.fiche_id, de.appareil, de.secret))
    if participant is not None and participant.est_concerne:
        return
    _exige_mesure(classe, de)
    _participate(classe, de).est_concerne = True


@use_case
def signer(prenom: str, *, de: Envoi) -> None:
    """Sign the last text of the device. An empty first name removes the signature."""
    prenom = " ".join(limite(prenom, PRENOM_MAX).split())
    classe = _exige_classe(de)
    participant = get_participant(classe.fiche_id, mark_device(classe.fiche_id, de.appareil, de.secret))
    contribution = get_derniere_contribution(participant) if participant is not None else None
    if contribution is None:
        raise DonneeInvalide(_("Écrivez d’abord une idée : vous la signerez ensuite."))
    contribution.prenom = prenom if visible_length(prenom) else None


def _exige_texte(texte: str) -> str:
    try:
        return require_length(texte, 1, TEXTE_MAX)
    except DonneeInvalide as error:
        error.champ = "texte"
        raise


def _exige_classe(de: Envoi) -> ClasseDeFiche:
    """Lock the class of the link. Raise `LienPerdu` if the link was closed or replaced, or has expired."""
    classe = lock_classe(de.reference)
    if classe is None or not classe.est_ouverte(now()):
        raise LienPerdu(_("Ce lien ne sert plus. Demandez le nouveau à la personne déléguée."))
    return classe


def _exige_mesure(classe: ClasseDeFiche, de: Envoi) -> None:
    """Raise `TooManyAttempts` beyond the limit of the device, of the link or of the network address."""
    if count_contributions(classe.fiche_id) >= EN_TOUT:
        raise TropDeDemandes(_("Cette fiche a déjà reçu beaucoup d’idées : elle n’en prend plus."))
    lien, appareil = str(classe.fiche_id), f"{classe.fiche_id}:{de.appareil}"
    count_or_refuse(
        [
            Limit(hash_key(de.secret, "classe-appareil", appareil), PAR_APPAREIL, HOUR),
            Limit(hash_key(de.secret, "classe-lien", lien), PAR_LIEN, HOUR),
            Limit(hash_key(de.secret, "classe-adresse", requester_key(de.adresse)), PAR_ADRESSE, HOUR),
        ]
    )


def _participate(classe: ClasseDeFiche, de: Envoi) -> Participant:
    """Return the participant of this device, created at its first act, and write the day for the météo."""
    marque = mark_device(classe.fiche_id, de.appareil, de.secret)
    participant = get_participant(classe.fiche_id, marque)
    if participant is None:
        participant = Participant(fiche_id=classe.fiche_id, marque=marque, le=now())
        db.session.add(participant)
        db.session.flush()
    promotion_id = db.session.get_one(Fiche, classe.fiche_id).promotion_id
    jour = upsert(JourDeParole).values(promotion_id=promotion_id, le=local_date(now()))
    db.session.execute(jour.on_conflict_do_nothing())
    return participant
