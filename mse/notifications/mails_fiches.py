"""Whom what happens to fiches is told by mail."""

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from sqlalchemy import select

from mse.comptes.api import emettre_avis
from mse.comptes.models import DUREES, Compte, NatureJeton
from mse.core.clock import now
from mse.core.events import Event
from mse.core.textes import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches.events import (
    AvisDonne,
    EtapeAjoutee,
    EvenementDeSaisine,
    FichePubliee,
    FicheRendue,
    FicheRetenue,
    FicheRetiree,
    ReouvertureContestee,
    ReouvertureDemandee,
    ReouvertureRefusee,
    ReouvertureRejetee,
    SaisineAbandonnee,
    SaisineOuverte,
    SaisinePriseEnCharge,
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
    list_deposants,
)
from mse.notifications.responsables import mail_responsables


@mails(SaisineOuverte)
def mail_new_saisine(event: SaisineOuverte) -> None:
    """Whoever it was handed to meanwhile is told of that instead. Where it reaches nobody, the animateurs."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    if saisine.transferts or not saisine.fiche.est_publique:
        return
    acteur = saisine.acteur
    sans_personne = not acteur.courriel and not list_agents(acteur)
    said = {"sans_agent": not acteur.a_un_agent, "sans_personne": sans_personne}
    _tell_owner(event, saisine, auteur=saisine.fiche.auteur, a_defaut=list_animateurs(), **said)


@mails(
    SaisinePriseEnCharge,
    EtapeAjoutee,
    ReouvertureRefusee,
    ReouvertureRejetee,
)
def mail_delegates(event: EvenementDeSaisine) -> None:
    saisine = db.session.get_one(Saisine, event.saisine_id)
    addresses = list_delegates(saisine.fiche.promotion_id)
    _tell(event, addresses, saisine.fiche, **_about(saisine), **_said(event))


@mails(SaisineAbandonnee)
def mail_abandon(event: SaisineAbandonnee) -> None:
    """Those who filed the fiche and are delegates no more read why; asking to reopen is not theirs."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    said = {**_about(saisine), **_said(event)}
    _tell(event, list_delegates(saisine.fiche.promotion_id), saisine.fiche, ancien=False, **said)
    _tell(event, list_deposants(saisine.fiche), saisine.fiche, ancien=True, **said)


@mails(SaisineRepondue, SaisineReglee)
def mail_answer(event: EvenementDeSaisine) -> None:
    """Each delegate has a link of his own: he says whether it helped without signing in. Those who filed
    the fiche and are delegates no more read the answer; the verdict is not theirs."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    said = _said(event)
    for compte in list_comptes_delegues(saisine.fiche.promotion_id):
        if compte.courriel:
            avis = lien("fiches.avis_recu", secret=emettre_avis(compte, saisine.id))
            fin = now() + DUREES[NatureJeton.AVIS]
            about = {**_about(saisine), **said, "lien_avis": avis, "expire_le": fin}
            _tell(event, [compte.courriel], saisine.fiche, **about)
    anciens = {**_about(saisine), **said, "lien_avis": None}
    _tell(event, list_deposants(saisine.fiche), saisine.fiche, **anciens)


@mails(SaisineRouverte)
def mail_reopened(event: SaisineRouverte) -> None:
    """The delegates; the owner too when it was not its own decision: it has a new due date."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    addresses, said = list_delegates(saisine.fiche.promotion_id), _said(event)
    if said["par_l_animation"]:
        _tell_owner(event, saisine, auteur=None, aussi=addresses, **said)
    else:
        _tell(event, addresses, saisine.fiche, **_about(saisine), **said)


@mails(AvisDonne, ReouvertureDemandee, ReouvertureContestee)
def mail_owner(event: EvenementDeSaisine) -> None:
    """What the animateurs decide goes to them too; to them alone where the owner would not read it. What
    was decided meanwhile is asked of nobody."""
    saisine = db.session.get_one(Saisine, event.saisine_id)
    demande = saisine.demande_courante()
    if not isinstance(event, AvisDonne) and (demande is None or not demande.est_ouverte):
        return
    auteur, said = db.session.get_one(Compte, event.par_id), {**_said(event), "demande": demande}
    if isinstance(event, ReouvertureDemandee) and saisine.est_sans_voix:
        qui = _("%(prenom)s, délégué·e,", prenom=auteur.prenom)
        _tell(event, list_animateurs(), saisine.fiche, auteur=qui, sans_voix=True, **_about(saisine), **said)
        return
    aussi = list_animateurs() if isinstance(event, ReouvertureContestee) else ()
    _tell_owner(event, saisine, auteur=auteur, aussi=aussi, **said)


@mails(FicheRetenue)
def mail_moderators(event: FicheRetenue) -> None:
    """Without a word of the fiche: nobody has read it yet."""
    fiche = db.session.get(Fiche, event.fiche_id)
    if fiche is not None:  # else given back, then deleted
        _tell(event, list_animateurs(), fiche)


@mails(FicheRendue, FicheRetiree)
def mail_moderated(event: FicheRendue | FicheRetiree) -> None:
    fiche = db.session.get(Fiche, event.fiche_id)
    if fiche is not None:  # what was given back may be deleted
        motif = fiche.motif_moderation or ""
        said = {"texte": motif, "texte_html": Markup("<br>").join(motif.splitlines())}
        _tell(event, list_delegates(fiche.promotion_id), fiche, **said)


@mails(FichePubliee)
def mail_published(event: FichePubliee) -> None:
    """After moderation: who files a fiche that becomes public at once sees it."""
    fiche = db.session.get_one(Fiche, event.fiche_id)
    if event.par_id != fiche.auteur_id:
        _tell(event, list_delegates(fiche.promotion_id), fiche)


def _about(saisine: Saisine) -> dict[str, Any]:
    return {
        "saisine": saisine,
        "acteur": saisine.acteur,
        "lien": f"{_page(saisine.fiche)}#saisine-{saisine.id}",
    }


def _page(fiche: Fiche) -> str:
    return lien("fiches.detail", fiche_id=fiche.id)


def _said(event: EvenementDeSaisine) -> dict[str, Any]:
    """The words of the étape, sanitised when they were stored."""
    query = select(Etape.texte, Etape.texte_html, Etape.acteur_id, Etape.valeur)
    texte, html, acteur_id, valeur = db.session.execute(query.where(Etape.id == event.etape_id)).one()
    par_l_animation = acteur_id is None
    html = Markup(html or "")
    return {"texte": texte, "texte_html": html, "par_l_animation": par_l_animation, "valeur": valeur}


def _tell_owner(event: Event, saisine: Saisine, **context: Any) -> None:
    about = {"fiche": saisine.fiche, "lien_texte": _("Voir la fiche"), **_about(saisine)}
    mail_responsables(event, [saisine], **about, **context)


def _tell(event: Event, addresses: Iterable[str], fiche: Fiche, **context: Any) -> None:
    rendue = isinstance(event, FicheRendue)
    context = {
        "fiche": fiche,
        "lien": lien("depot.brouillon", fiche_id=fiche.id, etape="relecture") if rendue else _page(fiche),
        "lien_texte": _("Reprendre la fiche") if rendue else _("Voir la fiche"),
        **context,
    }
    mail(event, addresses, **context)
