"""Ask an address to confirm what it wants to follow; tell the accounts that follow a fiche, its thème, its
territoires or its owners, in batches.

The recipients of the other mails of the same event are told first, so that nobody is told twice.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from markupsafe import Markup
from sqlalchemy import select

from mse.avis import events as avis
from mse.comptes.models import Compte
from mse.core.text import _
from mse.core.web import lien
from mse.extensions import db
from mse.fiches import events as fiches
from mse.fiches.events import EvenementDeFiche, EvenementDeSaisine, FichePubliee
from mse.fiches.models import Etape, Fiche
from mse.notifications.annonces import defer, mails
from mse.notifications.centre import notify_comptes, read_rythmes
from mse.notifications.mails import mail, write_mail
from mse.notifications.models import Notification
from mse.notifications.reception import Famille, Rythme
from mse.suivis.api import dire_nouvelle
from mse.suivis.events import AbonneARelancer, NouvelleSuivie, SuiviDemande
from mse.suivis.models import Abonne, Suivi
from mse.suivis.queries.abonnes import list_confirmes
from mse.suivis.queries.cibles import BULLETINS
from mse.suivis.queries.suiveurs import list_objets, list_suiveurs

CONFIRMER = timedelta(days=2)  # then the request is deleted
PAR_LOT = 500  # followers in one transaction of the worker
EVENEMENT = "nouvelle_suivie"
_N = Notification


@mails(SuiviDemande)
def ask_to_confirm(event: SuiviDemande) -> None:
    """Mail the address. Skip a fiche that was withdrawn in the meantime."""
    suivi = db.session.get(Suivi, event.suivi_id)
    if suivi is None or suivi.abonne is None or (suivi.fiche is not None and suivi.nom_public is None):
        return
    mail(
        event,
        [suivi.abonne.courriel],
        lien=lien("suivis.confirmation_recue", cle=suivi.cle),
        lien_texte=_("Suivre cette page") if suivi.nom_public else _("Recevoir les bulletins"),
        expire_le=suivi.depuis + CONFIRMER,
        nom=suivi.nom_public,
    )


@mails(AbonneARelancer)
def ask_to_stay(event: AbonneARelancer) -> None:
    abonne = db.session.get(Abonne, event.abonne_id)
    if abonne is not None:
        mail(
            event,
            [abonne.courriel],
            lien=lien("suivis.rester_recu", cle=abonne.cle),
            lien_texte=_("Continuer à suivre"),
            desabonnements={abonne.courriel: lien("suivis.fin_de_tout_recue", cle=abonne.cle)},
            noms=[suivi.nom_public or str(BULLETINS) for suivi in list_confirmes(abonne)],
        )


@mails(
    *(avis.AvisDonne, avis.ProblemeRevenu, avis.SolutionDurable, fiches.FicheSignaleePlusActuelle),
    *(avis.ReouvertureDemandee, avis.ReouvertureRefusee, avis.ReouvertureContestee, avis.ReouvertureRejetee),
    *(fiches.SaisineRepondue, fiches.SaisineReglee, fiches.SaisineAbandonnee, fiches.SaisineRouverte),
    *(fiches.SaisineTransferee, fiches.TransfertAnnule, fiches.FicheElargie, fiches.FicheOrientee),
    fiches.FicheRetablie,
)
def start_with_step(event: EvenementDeSaisine | EvenementDeFiche) -> None:
    etape = db.session.get_one(Etape, event.etape_id)
    _start(NouvelleSuivie(fiche_id=etape.fiche_id, etape_id=etape.id, par_id=event.par_id))


@mails(FichePubliee)
def start_with_fiche(event: FichePubliee) -> None:
    _start(NouvelleSuivie(fiche_id=event.fiche_id, etape_id=None, par_id=event.par_id))


def _start(nouvelle: NouvelleSuivie) -> None:
    """Begin the distribution, unless nobody follows."""
    fiche, etape = _load(nouvelle)
    if list_suiveurs(list_objets(fiche, etape), apres=0, count=1):
        defer(nouvelle)


@mails(NouvelleSuivie)
def tell_followers(event: NouvelleSuivie) -> None:
    """Tell the next batch: a notification for each account, and a mail for those that want one at once. Skip
    a fiche that was withdrawn in the meantime."""
    fiche, etape = _load(event)
    if not fiche.est_publique:
        return
    suiveurs = list_suiveurs(list_objets(fiche, etape), apres=event.apres, count=PAR_LOT)
    if len(suiveurs) == PAR_LOT:
        defer(replace(event, apres=suiveurs[-1].compte_id))
    suivis = {row.compte_id: row.suivi_id for row in suiveurs}
    comptes = _list_comptes(suivis.keys() - {event.par_id} - _list_told(suivis, fiche, etape))
    rythmes = read_rythmes([compte.id for compte in comptes], Famille.SUIVIS)
    page = _page(fiche, etape)
    sujet = {"fiche_id": fiche.id, "etape_id": event.etape_id, "initiative_id": None, "ligne_id": None}
    notify_comptes(rythmes, EVENEMENT, Famille.SUIVIS, lien=page, **sujet)
    presses = [c for c in comptes if c.est_joignable and rythmes[c.id] == Rythme.TOUT_DE_SUITE]
    _mail(fiche, etape, page, {c.courriel: suivis[c.id] for c in presses if c.courriel})


def _load(event: NouvelleSuivie) -> tuple[Fiche, Etape | None]:
    etape = db.session.get_one(Etape, event.etape_id) if event.etape_id is not None else None
    return db.session.get_one(Fiche, event.fiche_id), etape


def _list_comptes(ids: Iterable[int]) -> list[Compte]:
    """Return the open accounts, also those without a verified address: they read the notification centre."""
    query = select(Compte).where(Compte.id.in_(ids), Compte.ferme_le.is_(None)).order_by(Compte.id)
    return list(db.session.scalars(query))


def _list_told(ids: Iterable[int], fiche: Fiche, etape: Etape | None) -> set[int]:
    """Return those who are told already for another reason: delegates, agents of an owner."""
    depuis = etape.le if etape is not None else fiche.deposee_le
    memes = (_N.etape_id == etape.id) if etape is not None else _N.etape_id.is_(None)
    query = select(_N.compte_id).where(_N.compte_id.in_(ids), _N.creee_le >= depuis, _N.fiche_id == fiche.id)
    return set(db.session.scalars(query.where(memes)))


def _mail(fiche: Fiche, etape: Etape | None, page: str, suivis: dict[str, int]) -> None:
    """Write one mail for each address, with the link that stops its follow."""
    if not suivis:
        return
    query = select(Suivi.id, Suivi.cle).where(Suivi.id.in_(suivis.values()))
    cles = {row.id: row.cle for row in db.session.execute(query)}
    texte, html = (fiche.probleme, fiche.probleme_html) if etape is None else (etape.texte, etape.texte_html)
    write_mail(
        EVENEMENT,
        suivis,
        lien=page,
        lien_texte=_("Voir la fiche"),
        desabonnements={
            adresse: lien("suivis.fin_recue", cle=cles[suivi_id]) for adresse, suivi_id in suivis.items()
        },
        reglages=lien("notifications.reception"),
        mot=dire_nouvelle(etape),
        acteur=etape.acteur.nom if etape is not None and etape.acteur is not None else None,
        fiche=fiche,
        texte=texte,
        texte_html=Markup(html or ""),
    )


def _page(fiche: Fiche, etape: Etape | None) -> str:
    page = lien("fiches.detail", fiche_id=fiche.id)
    return f"{page}#saisine-{etape.saisine_id}" if etape is not None and etape.saisine_id else page
