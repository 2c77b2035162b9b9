"""Digests of the addresses that follow without an account: one mail a day, if there is something new.

The news of the day are read once for all addresses; an address costs no query of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup
from sqlalchemy import select, update

from mse.comptes.models import AdresseRefusee, Compte, MotifRefus
from mse.core.clock import now
from mse.core.html import without_stars
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.core.web import lien
from mse.extensions import db
from mse.notifications.mails import write_mail
from mse.notifications.models import Notification
from mse.notifications.reception import HEURE_PAR_DEFAUT
from mse.notifications.resumes import last_hour
from mse.suivis.api import dire_nouvelle
from mse.suivis.models import COLONNES, Abonne, Suivi
from mse.suivis.queries.abonnes import get_premier_resume, list_dus, list_suivis_de
from mse.suivis.queries.nouvelles import Nouvelle, Textes, list_nouvelles, read_textes

PAR_LOT = 50  # addresses in one transaction of the worker
PAR_RESUME = 50  # news; the mail says how many others are on the site
RETARD = timedelta(days=7)  # older news are not told, if the worker was down for longer
PAUSE = timedelta(days=30)  # no mail to an address whose server said that it does not exist
EVENEMENT = "resume_suivis"


@dataclass(frozen=True, kw_only=True)
class Entree:
    mot: str
    acteur: str | None
    creee_le: datetime
    texte: str
    texte_html: Markup
    lien_avis: None = None  # read by the template of digests, which accounts get too


def envoyer_resumes_suivis() -> None:
    """Worker task: write the digests that are due, in batches."""
    echeance = last_hour(now(), HEURE_PAR_DEFAUT)
    premier = get_premier_resume(echeance)
    if premier is None:
        return
    nouvelles = list_nouvelles(max(premier, echeance - RETARD), echeance)
    while _write_batch(nouvelles, echeance):
        pass


@use_case
def _write_batch(nouvelles: Sequence[Nouvelle], echeance: datetime) -> bool:
    """Write the digests of the next addresses. The mails and the instant up to which the news are told are
    committed together: a crash loses or doubles nothing. Another worker skips the locked rows."""
    abonnes = list_dus(echeance, PAR_LOT)
    suivis = list_suivis_de([abonne.id for abonne in abonnes])
    comptes = _read_comptes([abonne.courriel for abonne in abonnes])
    dites = _read_told(comptes.values(), nouvelles)
    refusees = _list_refusees([abonne.courriel for abonne in abonnes])
    choisies = {
        abonne: _choose(abonne, suivis[abonne.id], nouvelles, comptes.get(abonne.courriel), dites)
        for abonne in abonnes
        if abonne.courriel not in refusees
    }
    textes = read_textes({une.cle for paires in choisies.values() for une, _suivi in paires})
    for abonne, paires in choisies.items():
        _mail(abonne, [(une, suivi) for une, suivi in paires if une.cle[0] in textes.fiches], textes)
    ids = [abonne.id for abonne in abonnes]
    db.session.execute(update(Abonne).where(Abonne.id.in_(ids)).values(resume_le=echeance))
    return bool(abonnes)


def _choose(
    abonne: Abonne,
    suivis: Sequence[Suivi],
    nouvelles: Sequence[Nouvelle],
    compte_id: int | None,
    dites: set[tuple[int, int, int | None]],
) -> list[tuple[Nouvelle, Suivi]]:
    """Return the news of an address, newest first, each with the follow that brings it. Leave out what its
    owner did, or is told of with an account."""
    par_objet = {(suivi.objet, getattr(suivi, COLONNES[suivi.objet])): suivi for suivi in suivis}
    avant, choisies = abonne.resume_le, []
    for une in nouvelles:
        if compte_id is not None and (une.auteur_id == compte_id or (compte_id, *une.cle) in dites):
            continue
        siens = [par_objet[objet] for objet in une.objets & par_objet.keys()]
        siens = [suivi for suivi in siens if suivi.confirme_le is not None and une.le > suivi.confirme_le]
        if siens and avant is not None and une.le > avant:
            choisies.append((une, min(siens, key=lambda suivi: suivi.id)))
    return choisies


def _read_comptes(courriels: Collection[str]) -> dict[str, int]:
    query = select(Compte.courriel, Compte.id).where(Compte.courriel.in_(courriels))
    return {row.courriel: row.id for row in db.session.execute(query) if row.courriel}


def _read_told(ids: Collection[int], nouvelles: Sequence[Nouvelle]) -> set[tuple[int, int, int | None]]:
    """Return (compte_id, fiche_id, etape_id) of what the accounts of these addresses are told."""
    if not ids or not nouvelles:
        return set()
    query = select(Notification.compte_id, Notification.fiche_id, Notification.etape_id)
    query = query.where(Notification.compte_id.in_(ids), Notification.creee_le >= nouvelles[-1].le)
    return {(row.compte_id, row.fiche_id, row.etape_id) for row in db.session.execute(query) if row.fiche_id}


def _list_refusees(courriels: Collection[str]) -> set[str]:
    query = select(AdresseRefusee.courriel).where(AdresseRefusee.courriel.in_(courriels))
    query = query.where(AdresseRefusee.motif == MotifRefus.ADRESSE, AdresseRefusee.le > now() - PAUSE)
    return set(db.session.scalars(query))


def _mail(abonne: Abonne, paires: Sequence[tuple[Nouvelle, Suivi]], textes: Textes) -> None:
    if not paires:
        return
    groupes: defaultdict[int, list[Entree]] = defaultdict(list)
    for une, _suivi in paires[:PAR_RESUME]:
        groupes[une.cle[0]].append(_describe(une, textes))
    suivis = {suivi.id: suivi for _une, suivi in paires}
    write_mail(
        EVENEMENT,
        [abonne.courriel],
        lien=lien("fiches.liste"),
        lien_texte=_("Lire les fiches"),
        desabonnements={abonne.courriel: lien("suivis.fin_de_tout_recue", cle=abonne.cle)},
        groupes=[
            {
                "titre": textes.fiches[fiche_id].titre,
                "lien": lien("fiches.detail", fiche_id=fiche_id),
                "entrees": entrees,
            }
            for fiche_id, entrees in groupes.items()
        ],
        nombre=len(paires),
        autres=max(0, len(paires) - PAR_RESUME),
        suivis=[(suivi.nom_public, lien("suivis.fin_recue", cle=suivi.cle)) for suivi in suivis.values()],
    )


def _describe(nouvelle: Nouvelle, textes: Textes) -> Entree:
    fiche_id, etape_id = nouvelle.cle
    if etape_id is None:
        fiche = textes.fiches[fiche_id]
        mot, acteur, texte, html = dire_nouvelle(None), None, fiche.probleme, fiche.probleme_html
    else:
        etape = textes.etapes[etape_id]
        mot, acteur = dire_nouvelle(etape), etape.acteur
        texte, html = etape.texte or "", etape.texte_html or ""
        if etape.masquee_motif:
            texte = _("Texte masqué par l’équipe d’animation\u202f: %(motif)s", motif=etape.masquee_motif)
            html = Markup("<p>{}</p>").format(texte)
    return Entree(
        mot=mot,
        acteur=acteur,
        creee_le=nouvelle.le,
        texte=without_stars(texte),
        texte_html=Markup(html),
    )
