"""Mails about accounts. The secrets of their links are issued in the transaction that writes the mail."""

from typing import Any

from flask import current_app

from mse.annuaire.events import AppartenanceOuverte
from mse.annuaire.models import Appartenance
from mse.comptes.api import DUREE, emettre, signer
from mse.comptes.events import (
    CourrielChange,
    CourrielPropose,
    EquipeRejointe,
    InvitationRenvoyee,
    LienDemande,
    MotDePasseChange,
    ReinitialisationDemandee,
)
from mse.comptes.models import DUREES, Compte, NatureJeton
from mse.comptes.queries import get_compte_par_courriel
from mse.core.clock import now
from mse.core.events import Event
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.representation.events import MandatOuvert, PromotionContinuee
from mse.representation.models import Mandat, Promotion
from mse.representation.policies import roles_en_mots


@mails(LienDemande, urgent=True)
def mail_link(event: LienDemande) -> None:
    compte = db.session.get_one(Compte, event.compte_id)
    _mail_secret_link(
        event, compte, "comptes.lien_recu", NatureJeton.CONNEXION, lien_texte=_("Ouvrir la page")
    )


@mails(ReinitialisationDemandee, urgent=True)
def mail_reset(event: ReinitialisationDemandee) -> None:
    compte, texte = db.session.get_one(Compte, event.compte_id), _("Choisir un nouveau mot de passe")
    nature = NatureJeton.REINITIALISATION
    _mail_secret_link(event, compte, "comptes.reinitialisation_recue", nature, lien_texte=texte)


@mails(CourrielPropose, urgent=True)
def mail_to_new_address(event: CourrielPropose) -> None:
    """Mail a confirmation link. If the address belongs to another account, inform its owner instead; the
    person who typed the address does not learn it."""
    compte = db.session.get_one(Compte, event.compte_id)
    autre = get_compte_par_courriel(event.courriel)
    if autre is not None and autre.id != compte.id:
        texte = _("Se connecter")
        mail(event, [event.courriel], lien=lien("comptes.connexion"), lien_texte=texte, pris=True)
    elif compte.est_ouvert:
        secret = signer(compte, event.courriel, secret_key=current_app.config["SECRET_KEY"], le=now())
        mail(
            event,
            [event.courriel],
            lien=lien("comptes.courriel_recu", secret=secret),
            lien_texte=_("Confirmer cette adresse"),
            expire_le=now() + DUREE,
            a_soi=True,
            pris=False,
            minutes=int(DUREE.total_seconds() // 60),
        )


@mails(CourrielChange)
def warn_old_address(event: CourrielChange) -> None:
    _warn(event, event.ancien, event.compte_id, lien("accueil.mentions_legales"), _("Nous écrire"))


@mails(MotDePasseChange)
def warn_of_password(event: MotDePasseChange) -> None:
    compte = db.session.get_one(Compte, event.compte_id)
    courriel = compte.courriel if compte.est_joignable else None
    _warn(event, courriel, compte.id, lien("comptes.oublie"), _("Choisir un nouveau mot de passe"))


def _warn(event: Event, courriel: str | None, compte_id: int, url: str, lien_texte: str) -> None:
    """Inform the owner of the account, in case somebody else made the change."""
    if courriel:
        compte = db.session.get_one(Compte, compte_id)
        mail(event, [courriel], lien=url, lien_texte=lien_texte, a_soi=True, compte=compte)


@mails(EquipeRejointe)
def notify_member(event: EquipeRejointe) -> None:
    """Name all the roles of the compte, because the new invitation voids the previous ones."""
    compte = db.session.get_one(Compte, event.compte_id)
    _notify(event, compte, roles_en_mots(compte))


@mails(InvitationRenvoyee)
def invite_again(event: InvitationRenvoyee) -> None:
    compte = db.session.get_one(Compte, event.compte_id)
    if compte.est_attendu:  # not if a printed code has opened the account in the meantime
        _invite(event, compte, roles_en_mots(compte))


@mails(AppartenanceOuverte)
def tell_agent(event: AppartenanceOuverte) -> None:
    appartenance = db.session.get_one(Appartenance, event.appartenance_id)
    _notify(event, appartenance.compte, [appartenance.designation])


@mails(MandatOuvert)
def tell_delegate(event: MandatOuvert) -> None:
    mandat = db.session.get_one(Mandat, event.mandat_id)
    _notify(event, mandat.compte, [mandat.designation])


@mails(PromotionContinuee)
def notify_delegates_of_continued_promotion(event: PromotionContinuee) -> None:
    """Inform the delegates of the previous promotion: others now read its drafts and act on its fiches."""
    promotion = db.session.get_one(Promotion, event.promotion_id)
    if promotion.succede_a is not None:
        comptes = [mandat.compte for mandat in promotion.succede_a.mandats]
        mail(
            event,
            [compte.courriel for compte in comptes if compte.est_joignable and compte.courriel],
            lien=lien("accueil.mentions_legales"),
            lien_texte=_("Nous écrire"),
            promotion=promotion,
        )


def _notify(event: Event, compte: Compte, postes: list[str]) -> None:
    """Invite a person whose account was never opened; send a short notice to the others."""
    if compte.est_attendu:
        _invite(event, compte, postes)
    elif compte.est_joignable and compte.courriel:
        mail(
            event,
            [compte.courriel],
            lien=lien("comptes.connexion"),
            lien_texte=_("Se connecter"),
            compte=compte,
            postes=postes,
            invitation=False,
        )


def _invite(event: Event, compte: Compte, postes: list[str]) -> None:
    _mail_secret_link(
        event,
        compte,
        "comptes.invitation_recue",
        NatureJeton.INVITATION,
        lien_texte=_("Ouvrir mon compte"),
        postes=postes,
        invitation=True,
        jours=DUREES[NatureJeton.INVITATION].days,
    )


def _mail_secret_link(
    event: Event, compte: Compte, endpoint: str, nature: NatureJeton, **context: Any
) -> None:
    """Issue a secret and mail its link. Do nothing if the compte is closed or has no address (printed
    code)."""
    if not compte.adresse or not compte.est_ouvert:
        return
    secret = emettre(compte, nature)
    duree = DUREES[nature]
    mail(
        event,
        [compte.adresse],
        lien=lien(endpoint, secret=secret),
        expire_le=now() + duree,
        compte=compte,
        minutes=int(duree.total_seconds() // 60),
        **context,
    )
