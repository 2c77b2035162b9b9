"""Verdicts of delegates, requests to reopen, and whether a solved problem has come back. A form sent twice by
the same person acts once."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm.attributes import flag_modified

from mse.avis.etats import exige_contestable, exige_demande, exige_jugeable, exige_rien_de_demande
from mse.avis.events import (
    AvisDonne,
    DurabiliteDemandee,
    ProblemeRevenu,
    ReouvertureContestee,
    ReouvertureDemandee,
    ReouvertureRefusee,
    ReouvertureRejetee,
    SolutionDurable,
)
from mse.comptes.models import Compte
from mse.core.clock import local_date, now, today
from mse.core.database import is_state
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.html import Sanitized, sanitize, sanitized
from mse.core.text import _
from mse.core.text_length import limite
from mse.core.use_cases import prepared, record, use_case
from mse.core.working_days import add_working_days
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import (
    INTERDIT,
    MOTIF_MAX,
    Decision,
    NatureEtape,
    Statut,
    Valeur,
    add_etape,
    autorise,
    dire_avis,
    dire_depassee,
    est_renvoi,
    exige_motif,
    exige_parole,
    exige_reponse,
    exige_responsable_ouvert,
    verrouille,
)
from mse.fiches.events import EvenementDeSaisine, SaisineRouverte
from mse.fiches.models import Avis, DemandeReouverture, Saisine
from mse.fiches.policies import peut_decider, peut_donner_avis, peut_traiter, peut_trancher
from mse.verification.api import exige_publiable

PAR_LOT = 100  # saisines whose delegates are asked in one transaction


def _exige_commentaire(texte: str) -> str:
    """Check the optional comment of a verdict. It is not sanitised here, because the étape that quotes it
    is."""
    return exige_publiable(limite(texte, MOTIF_MAX))


@prepared(commentaire=_exige_commentaire)
def donner_avis(
    saisine: Saisine, valeur: Valeur, commentaire: str, *, par: Compte, version: int | None = None
) -> None:
    """Record the verdict on the present answer. It may change until the next round. «Non» needs a comment."""
    texte = sanitized(dire_avis(valeur, commentaire))
    _donner_avis(saisine, valeur, sanitized(commentaire), texte, par=par, version=version)


@use_case
@verrouille
def _donner_avis(
    saisine: Saisine, valeur: Valeur, commentaire: str, texte: str, *, par: Compte, version: int | None
) -> None:
    exige_droit(peut_donner_avis(par, saisine), INTERDIT)
    exige_jugeable(saisine)
    if valeur == Valeur.NON and not commentaire:
        phrase = _("Dites ce qui ne va pas : sans cela, personne ne peut faire mieux.")
        raise DonneeInvalide(phrase, champ="commentaire")
    avis = saisine.avis_du_tour()
    if avis is not None and (avis.valeur, avis.commentaire or "") == (valeur, commentaire):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    if avis is None:
        avis = Avis(saisine_id=saisine.id, tour=saisine.tour)
        db.session.add(avis)
    avis.valeur, avis.commentaire = valeur, commentaire or None
    avis.commentaire_html = sanitize(commentaire) if commentaire else None
    avis.auteur_id, avis.le = par.id, now()
    flag_modified(saisine, "tour")  # bumps its version, so that the other delegate gets a conflict
    _noter(saisine, NatureEtape.AVIS, AvisDonne, texte, par=par, valeur=valeur)


@prepared(texte=exige_parole)
@use_case
@verrouille
@autorise(peut_donner_avis, NatureEtape.DEMANDE_REOUVERTURE)
def demander_reouverture(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Ask to reopen; the request is public at once. The owner decides within 5 working days.

    Animateurs decide if the owner has no active agent. A declined request can be contested once. After a
    decision of an animateur, it cannot be repeated.
    """
    exige_rien_de_demande(saisine)
    due = add_working_days(local_date(now()), get_demarche().delais.decision_reouverture)
    saisine.demandes.append(DemandeReouverture(tour=saisine.tour, demandee_le=now(), decision_due=due))
    _noter(saisine, NatureEtape.DEMANDE_REOUVERTURE, ReouvertureDemandee, texte, par=par)


@prepared(texte=exige_motif)
@use_case
@verrouille
@autorise(peut_decider, NatureEtape.REOUVERTURE)
def accepter_reouverture(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Accept as the owner, or as an animateur in their turn. An answer is due 10 working days later."""
    demande = exige_demande(saisine)
    if not peut_traiter(par, saisine):
        demande.exige_animateur(attend=saisine.attend_animateur(today()))
    exige_responsable_ouvert(saisine)
    demande.decider(Decision.ACCEPTER)
    saisine.rouvrir(le=now())
    _noter(
        saisine, NatureEtape.REOUVERTURE, SaisineRouverte, texte, par=par, acteur=peut_traiter(par, saisine)
    )


@prepared(texte=exige_reponse)
@use_case
@verrouille
@autorise(peut_traiter, NatureEtape.REFUS_REOUVERTURE)
def refuser_reouverture(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Decline as the owner, with an explanation. After 5 working days only an animateur may."""
    demande = exige_demande(saisine)
    if demande.echappe_au_responsable(today()):
        raise TransitionInterdite(
            _("Vous ne pouvez plus refuser : l’équipe d’animation décide. Vous pouvez encore accepter.")
        )
    demande.decider(Decision.REFUSER)
    _noter(saisine, NatureEtape.REFUS_REOUVERTURE, ReouvertureRefusee, texte, par=par, acteur=True)


@prepared(texte=exige_parole)
@use_case
@verrouille
@autorise(peut_donner_avis, NatureEtape.CONTESTATION)
def contester_refus(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Contest a refusal, once. An animateur then decides."""
    exige_contestable(saisine).decider(Decision.CONTESTER)
    _noter(saisine, NatureEtape.CONTESTATION, ReouvertureContestee, texte, par=par)


@prepared(texte=exige_reponse)
@use_case
@verrouille
@autorise(peut_trancher, NatureEtape.REJET_REOUVERTURE)
def rejeter_reouverture(saisine: Saisine, texte: str, *, par: Compte) -> None:
    """Reject the request as an animateur, with an explanation. The answer stands."""
    demande = exige_demande(saisine)
    demande.exige_animateur(attend=saisine.attend_animateur(today()))
    demande.decider(Decision.REJETER)
    _noter(saisine, NatureEtape.REJET_REOUVERTURE, ReouvertureRejetee, texte, par=par)


def _exige_suite(texte: str) -> Sanitized:
    """An optional public text of delegates."""
    return sanitized(_exige_commentaire(texte))


@prepared(texte=_exige_suite)
@use_case
@verrouille
def dire_durabilite(saisine: Saisine, texte: str, *, est_durable: bool, par: Compte) -> None:
    """Record whether the solved problem has come back, once the delegates were asked.

    The answer may change; the same answer twice acts once. A problem that has come back needs a comment.
    """
    exige_droit(peut_donner_avis(par, saisine), INTERDIT)
    if not saisine.attend_durabilite:
        raise TransitionInterdite(_("Cette question ne se pose plus : la fiche a changé entre-temps."))
    if not est_durable and not texte:
        phrase = _("Dites ce qui se passe de nouveau : sans cela, personne ne peut agir.")
        raise DonneeInvalide(phrase, champ="texte")
    nature, event = (
        (NatureEtape.DURABLE, SolutionDurable) if est_durable else (NatureEtape.REVENU, ProblemeRevenu)
    )
    deja_dit = saisine.est_durable == est_durable and not texte
    if deja_dit or est_renvoi(saisine, nature, texte, par=par):
        return
    saisine.est_durable = est_durable
    _noter(saisine, nature, event, texte or None, par=par)


@use_case
def demander_durabilite() -> bool:
    """Ask the delegates of some solved saisines whether the problem has come back. Return True if others may
    wait.

    Each is asked once, `durabilite` days after it was declared solved. After twice that time nobody is asked,
    so that an instance that has just been upgraded does not ask about its whole past.
    """
    jours = timedelta(days=get_demarche().delais.durabilite)
    query = (
        select(Saisine.id)
        .where(
            is_state(Saisine.statut, Statut.REGLEE),
            Saisine.durabilite_demandee_le.is_(None),
            Saisine.traitee_le <= now() - jours,
            Saisine.traitee_le > now() - 2 * jours,
            Saisine.est_publique,
        )
        .order_by(Saisine.traitee_le, Saisine.id)
        .limit(PAR_LOT)
        .with_for_update(skip_locked=True)
    )
    ids = db.session.scalars(query).all()
    # Without the ORM, so that the version of the saisine stays: nobody's form becomes stale.
    db.session.execute(
        update(Saisine.__table__).where(Saisine.id.in_(ids)).values(durabilite_demandee_le=now())  # type: ignore[arg-type]
    )
    for saisine_id in ids:
        record(DurabiliteDemandee(saisine_id=saisine_id, par_id=None))
    return len(ids) == PAR_LOT


def demander_toutes_les_durabilites() -> None:
    while demander_durabilite():
        pass


def _noter(
    saisine: Saisine,
    nature: NatureEtape,
    event: type[EvenementDeSaisine],
    texte: str | None,
    *,
    par: Compte,
    acteur: bool = False,
    valeur: Valeur | None = None,
) -> None:
    acteur_id = saisine.acteur_id if acteur else None
    etape = add_etape(
        saisine.fiche,
        nature,
        le=now(),
        par=par,
        saisine=saisine,
        acteur_id=acteur_id,
        texte=texte,
        valeur=valeur,
    )
    record(event(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))
