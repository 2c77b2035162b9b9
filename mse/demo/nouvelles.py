"""Notifications of the people whom the demonstration presents. The latest ones stay unread."""

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.use_cases import use_case
from mse.demo.personnes import VEDETTES
from mse.extensions import db
from mse.fiches.models import Etape, Fiche, Saisine
from mse.fiches.workflow import NatureEtape, Publication
from mse.notifications.models import Notification
from mse.notifications.reception import FAMILLE_DE, rythme_par_defaut
from mse.representation.policies import roles_de
from mse.suivis.models import Suivi

PAR_PERSONNE, NON_LUES = 5, 2
_EVENEMENTS = {
    NatureEtape.PRISE_EN_CHARGE: "saisine_prise_en_charge",
    NatureEtape.REPONSE: "saisine_repondue",
    NatureEtape.REGLEMENT: "saisine_reglee",
}


@use_case
def noter_nouvelles() -> None:
    adresses = [vedette.courriel for vedette in VEDETTES]
    for compte in db.session.scalars(select(Compte).where(Compte.courriel.in_(adresses))).all():
        for rang, nouvelle in enumerate(_nouvelles(compte)):
            nouvelle.lue_le = nouvelle.creee_le if rang >= NON_LUES else None
            db.session.add(nouvelle)


def _nouvelles(compte: Compte) -> list[Notification]:
    siennes = [*_reponses(compte), *_nouvelles_fiches(compte)]
    dites = {une.etape_id for une in siennes}
    return [*siennes, *(une for une in _suivies(compte) if une.etape_id not in dites)]


def _suivies(compte: Compte) -> list[Notification]:
    """The answers of the thèmes that the person follows."""
    themes = select(Suivi.theme_code).where(Suivi.compte_id == compte.id, Suivi.theme_code.is_not(None))
    query = select(Etape).join(Fiche, Fiche.id == Etape.fiche_id).order_by(Etape.id.desc())
    query = query.where(
        Fiche.theme_code.in_(themes),
        Fiche.publication == Publication.PUBLIEE,
        Etape.nature.in_((NatureEtape.REPONSE, NatureEtape.REGLEMENT)),
    )
    return [
        _notification(compte, "nouvelle_suivie", etape.fiche_id, etape=etape)
        for etape in db.session.scalars(query.limit(PAR_PERSONNE))
    ]


def _reponses(compte: Compte) -> list[Notification]:
    promotions = roles_de(compte).delegue_de
    query = select(Etape).join(Fiche, Fiche.id == Etape.fiche_id).order_by(Etape.id.desc())
    query = query.where(Fiche.promotion_id.in_(promotions), Etape.nature.in_(_EVENEMENTS))
    return [
        _notification(compte, _EVENEMENTS[etape.nature], etape.fiche_id, etape=etape)
        for etape in db.session.scalars(query.limit(PAR_PERSONNE))
    ]


def _nouvelles_fiches(compte: Compte) -> list[Notification]:
    acteurs = roles_de(compte).agent_de
    query = select(Saisine).where(Saisine.acteur_id.in_(acteurs), Saisine.est_publique)
    query = query.order_by(Saisine.deposee_le.desc(), Saisine.id.desc())
    return [
        _notification(compte, "saisine_ouverte", saisine.fiche_id, saisine=saisine)
        for saisine in db.session.scalars(query.limit(PAR_PERSONNE))
    ]


def _notification(
    compte: Compte,
    evenement: str,
    fiche_id: int,
    *,
    etape: Etape | None = None,
    saisine: Saisine | None = None,
) -> Notification:
    famille = FAMILLE_DE[evenement]
    ancre = saisine.id if saisine is not None else etape.saisine_id if etape is not None else None
    return Notification(
        compte_id=compte.id,
        evenement=evenement,
        famille=famille,
        rythme=rythme_par_defaut(famille),
        fiche_id=fiche_id,
        etape_id=etape.id if etape is not None else None,
        chemin=f"/fiches/{fiche_id}#saisine-{ancre}",
        creee_le=etape.le if etape is not None else saisine.deposee_le if saisine is not None else None,
        a_resumer=False,
    )
