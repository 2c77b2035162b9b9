"""Mails about fiches and their saisines."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from mse.annuaire.events import ActeurFerme
from mse.annuaire.models import Acteur
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
from mse.comptes.api import emettre_avis
from mse.comptes.models import DUREES, Compte, NatureJeton
from mse.core.clock import now
from mse.core.events import Event
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.events import (
    EtapeAjoutee,
    EvenementDeSaisine,
    FicheDeposee,
    FichePubliee,
    FicheRendue,
    FicheRetenue,
    FicheRetiree,
    SaisineAbandonnee,
    SaisineOuverte,
    SaisinePriseEnCharge,
    SaisineProlongee,
    SaisineReglee,
    SaisineRepondue,
    SaisineRouverte,
)
from mse.fiches.models import Etape, Fiche, Saisine
from mse.notifications.annonces import mails
from mse.notifications.mails import mail
from mse.notifications.queries import (
    list_agents,
    list_animateurs,
    list_comptes_delegues,
    list_delegates,
    list_demandes_en_attente,
    list_deposants,
)
from mse.notifications.responsables import mail_responsables
from mse.redaction.queries.fichiers import count_pieces_lisibles


@mails(SaisineOuverte)
def mail_new_saisine(event: SaisineOuverte) -> None:
    """Mail the owner the problem, or the animateurs if nobody can be reached. Skip a transferred saisine: the
    transfer has its own mail."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    if saisine.transferts or not saisine.fiche.est_publique:
        return
    acteur = saisine.acteur
    sans_personne = not acteur.courriel and not list_agents(acteur)
    said = {"sans_agent": not acteur.a_un_agent, "sans_personne": sans_personne, **_problem(saisine.fiche)}
    _tell_owner(event, saisine, auteur=saisine.fiche.auteur, **said)


@mails(
    SaisinePriseEnCharge,
    EtapeAjoutee,
    SaisineProlongee,
    ReouvertureRefusee,
    ReouvertureRejetee,
)
def mail_delegates(event: EvenementDeSaisine) -> None:
    saisine = db.session.get_one(Saisine, event.saisine_id)
    addresses = list_delegates(saisine.fiche.promotion_id)
    _notify(event, addresses, saisine.fiche, **_about(saisine), **_text_of(event))


@mails(SaisineAbandonnee)
def mail_abandon(event: SaisineAbandonnee) -> None:
    """Mail the delegates. Former delegates who filed the fiche read the reason too; they cannot reopen it."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    said = {**_about(saisine), **_text_of(event)}
    _notify(event, list_delegates(saisine.fiche.promotion_id), saisine.fiche, ancien=False, **said)
    _notify(event, list_deposants(saisine.fiche), saisine.fiche, ancien=True, **said)


@mails(SaisineRepondue, SaisineReglee)
def mail_answer(event: EvenementDeSaisine) -> None:
    """Mail each delegate a personal link to give the verdict without signing in. Former delegates who filed
    the fiche get the answer without that link."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    said = _text_of(event)
    for compte in list_comptes_delegues(saisine.fiche.promotion_id):
        if compte.courriel:
            avis = lien("avis.recu", secret=emettre_avis(compte, saisine.id))
            fin = now() + DUREES[NatureJeton.AVIS]
            about = {**_about(saisine), **said, "lien_avis": avis, "expire_le": fin}
            _notify(event, [compte.courriel], saisine.fiche, **about)
    anciens = {**_about(saisine), **said, "lien_avis": None}
    _notify(event, list_deposants(saisine.fiche), saisine.fiche, **anciens)


@mails(DurabiliteDemandee)
def ask_durability(event: DurabiliteDemandee) -> None:
    """Ask each delegate whether the problem has come back, with a personal link that needs no sign-in."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    if not saisine.attend_durabilite or not saisine.fiche.est_publique:
        return
    for compte in list_comptes_delegues(saisine.fiche.promotion_id):
        if compte.courriel:
            about = {
                **_about(saisine),
                "lien": lien("avis.durabilite_recue", secret=emettre_avis(compte, saisine.id)),
                "lien_texte": _("Répondre, sans vous connecter"),
                "expire_le": now() + DUREES[NatureJeton.AVIS],
            }
            _notify(event, [compte.courriel], saisine.fiche, **about)


@mails(SolutionDurable, ProblemeRevenu)
def mail_durability(event: EvenementDeSaisine) -> None:
    """Tell the owner what the delegates say."""
    saisine, auteur = db.session.get_one(Saisine, event.saisine_id), db.session.get_one(Compte, event.par_id)
    _tell_owner(event, saisine, auteur=auteur, **_text_of(event))


@mails(SaisineRouverte)
def mail_reopened(event: SaisineRouverte) -> None:
    """Mail the delegates; also the owner if the animateurs decided, because its due date changed."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    addresses, said = list_delegates(saisine.fiche.promotion_id), _text_of(event)
    if said["par_l_animation"]:
        _tell_owner(event, saisine, auteur=None, aussi=addresses, **said)
    else:
        _notify(event, addresses, saisine.fiche, **_about(saisine), **said)


@mails(AvisDonne, ReouvertureDemandee, ReouvertureContestee)
def mail_owner(event: EvenementDeSaisine) -> None:
    """Mail the owner about a verdict or a request to reopen. Skip a request decided in the meantime.

    A contested refusal also goes to the animateurs, who decide. A request goes to them alone if the owner is
    closed or has no active agent.
    """
    saisine = db.session.get_one(Saisine, event.saisine_id)
    demande = saisine.demande_courante()
    if not isinstance(event, AvisDonne) and (demande is None or not demande.est_ouverte):
        return
    auteur, said = db.session.get_one(Compte, event.par_id), {**_text_of(event), "demande": demande}
    if isinstance(event, ReouvertureDemandee) and saisine.est_sans_voix:
        qui = _("%(prenom)s, délégué·e,", prenom=auteur.prenom)
        _notify(
            event, list_animateurs(), saisine.fiche, auteur=qui, sans_voix=True, **_about(saisine), **said
        )
        return
    aussi = list_animateurs() if isinstance(event, ReouvertureContestee) else ()
    _tell_owner(event, saisine, auteur=auteur, aussi=aussi, **said)


@mails(ActeurFerme)
def mail_pending_requests(event: ActeurFerme) -> None:
    """When an acteur closes, forward its pending requests to reopen to the animateurs, who decide them
    now."""
    if db.session.get_one(Acteur, event.acteur_id).est_ferme:
        for etape in list_demandes_en_attente(event.acteur_id):
            if etape.saisine_id is not None and etape.auteur_id is not None:
                ids = {"saisine_id": etape.saisine_id, "etape_id": etape.id, "par_id": etape.auteur_id}
                mail_owner(ReouvertureDemandee(**ids))


@mails(FicheDeposee)
def acknowledge(event: FicheDeposee) -> None:
    """Mail the delegate who filed the fiche what was received and what happens next. Skip a fiche that has
    been returned or withdrawn in the meantime: this has its own mail."""
    fiche = db.session.get(Fiche, event.fiche_id)
    auteur = db.session.get(Compte, event.par_id)
    if fiche is None or auteur is None or not (fiche.est_publique or fiche.est_retenue):
        return
    if auteur.est_joignable and auteur.courriel:
        noms = ", ".join(saisine.acteur.nom for saisine in fiche.saisines)
        _notify(event, [auteur.courriel], fiche, a_soi=True, responsables=noms, **_problem(fiche))


@mails(FicheRetenue)
def mail_moderators(event: FicheRetenue) -> None:
    """Mail the animateurs a retained fiche to moderate. The mail does not quote it."""
    fiche = db.session.get(Fiche, event.fiche_id)
    if fiche is not None:  # else returned to its author, then deleted
        _notify(event, list_animateurs(), fiche)


@mails(FicheRendue, FicheRetiree)
def mail_moderated(event: FicheRendue | FicheRetiree) -> None:
    fiche = db.session.get(Fiche, event.fiche_id)
    if fiche is not None:  # a returned fiche may be deleted
        motif = fiche.motif_moderation or ""
        said = {"texte": motif, "texte_html": Markup("<br>").join(motif.splitlines())}
        _notify(event, list_delegates(fiche.promotion_id), fiche, **said)


@mails(FichePubliee)
def mail_published(event: FichePubliee) -> None:
    """Mail the delegates after moderation. An author who publishes directly sees it on the page."""
    fiche = db.session.get_one(Fiche, event.fiche_id)
    if event.par_id != fiche.auteur_id:
        _notify(event, list_delegates(fiche.promotion_id), fiche)


def _about(saisine: Saisine) -> dict[str, Any]:
    return {
        "saisine": saisine,
        "acteur": saisine.acteur,
        "lien": f"{_page(saisine.fiche)}#saisine-{saisine.id}",
    }


def _problem(fiche: Fiche) -> dict[str, Any]:
    """Return the problem, quoted by the mail. Its HTML was sanitised when it was stored."""
    return {"texte": fiche.probleme, "texte_html": Markup(fiche.probleme_html)}


def _page(fiche: Fiche) -> str:
    return lien("fiches.detail", fiche_id=fiche.id)


def _text_of(event: EvenementDeSaisine) -> dict[str, Any]:
    """Return the text of the étape and the number of its files. Its HTML was sanitised when it was stored."""
    query = select(Etape.texte, Etape.texte_html, Etape.acteur_id, Etape.valeur, Etape.nombre_pieces)
    texte, html, acteur_id, valeur, n = db.session.execute(query.where(Etape.id == event.etape_id)).one()
    return {
        "texte": texte,
        "texte_html": Markup(html or ""),
        "par_l_animation": acteur_id is None,
        "valeur": valeur,
        "fichiers": count_pieces_lisibles(event.etape_id) if n else 0,
    }


def _tell_owner(event: Event, saisine: Saisine, **context: Any) -> None:
    about = {"fiche": saisine.fiche, "lien_texte": _("Voir la fiche"), **_about(saisine)}
    mail_responsables(event, [saisine], **about, **context)


def _notify(event: Event, addresses: Iterable[str], fiche: Fiche, **context: Any) -> None:
    rendue = isinstance(event, FicheRendue)
    context = {
        "fiche": fiche,
        "lien": lien("depot.brouillon", fiche_id=fiche.id, etape="relecture") if rendue else _page(fiche),
        "lien_texte": _("Reprendre la fiche") if rendue else _("Voir la fiche"),
        **context,
    }
    mail(event, addresses, **context)
