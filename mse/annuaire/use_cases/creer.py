"""Filling the directory one by one. Every refusal says what is wrong."""

from datetime import date
from typing import Any

from mse.annuaire.events import (
    ActeurCree,
    AppartenanceOuverte,
    CompetenceCreee,
    PromotionContinuee,
    PromotionCreee,
)
from mse.annuaire.models import (
    Acteur,
    Appartenance,
    Competence,
    Mandat,
    Nature,
    NatureChangement,
    Promotion,
    RoleMandat,
)
from mse.annuaire.queries import find_competence, get_acteur_identique, get_appartenance, list_mandats_de
from mse.annuaire.queries.promotions import get_promotion_identique
from mse.annuaire.use_cases.droits import lock
from mse.annuaire.use_cases.exigences import (
    exige_autre,
    exige_commune,
    exige_delai,
    exige_ouvert,
    exige_siret_libre,
    exige_tenue,
    exige_territoire,
    exige_texte,
    exige_theme,
)
from mse.annuaire.use_cases.historique import dire_competence, noter, vient_de
from mse.annuaire.use_cases.mandats import add_mandat
from mse.annuaire.use_cases.promotions import ecrire_promotion
from mse.annuaire.use_cases.siret import check_siret
from mse.comptes.jetons import INVITATIONS, annuler
from mse.comptes.models import Compte
from mse.core.adresses import exige_adresse
from mse.core.clock import is_recent, now, today
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide
from mse.core.textes import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


@use_case
def creer_acteur(
    *,
    nature: Nature,
    nom: str,
    courriel: str | None = None,
    siret: str | None = None,
    declaration: str | None = None,
    adresse: str | None = None,
    commune_code: str | None = None,
    territoire_code: str | None = None,
    delai_prise_en_charge: int | None = None,
    delai_reponse: int | None = None,
    par: Compte | None = None,
) -> Acteur:
    """Its territoire is that of its commune unless said. Delays in working days; None: the démarche's.

    All the same (a double click) gives the same acteur.
    """
    exige_tenue(par)
    one_at_a_time("creer_acteur")
    commune = exige_commune(commune_code) if commune_code else None
    territoire = (
        exige_territoire(territoire_code) if territoire_code else commune.territoire if commune else None
    )
    valeurs: dict[str, Any] = {
        "nature": nature,
        "nom": exige_texte(nom, _("Le nom"), 200),
        "courriel": exige_adresse(courriel) if courriel else None,
        "siret": check_siret(siret) if siret else None,
        "declaration": exige_texte(declaration, _("Le numéro de déclaration"), 20) if declaration else None,
        "adresse": exige_texte(adresse, _("L’adresse"), 300) if adresse else None,
        "commune_code": commune.code if commune else None,
        "territoire_code": territoire.code if territoire else None,
        "delai_prise_en_charge": exige_delai(delai_prise_en_charge),
        "delai_reponse": exige_delai(delai_reponse),
    }
    deja = get_acteur_identique(valeurs)
    if deja is not None:
        return deja
    if siret:
        exige_siret_libre(siret)
    acteur = Acteur(**valeurs)
    db.session.add(acteur)
    db.session.flush()
    noter(acteur, NatureChangement.CREATION, par=par)
    record(ActeurCree(acteur_id=acteur.id, par_id=_id(par)))
    return acteur


@use_case
def creer_competence(
    acteur: Acteur,
    *,
    theme_code: str | None = None,
    territoire_code: str | None = None,
    par: Compte | None = None,
) -> Competence:
    """Without thème or without territoire: all of them."""
    exige_tenue(par)
    lock(acteur)
    theme = exige_theme(theme_code) if theme_code else None
    territoire = exige_territoire(territoire_code) if territoire_code else None
    deja = find_competence(acteur, theme_code or None, territoire_code or None)
    if deja is not None:
        if vient_de(acteur, NatureChangement.COMPETENCE_AJOUTEE, par=par, apres=dire_competence(deja)):
            return deja
        raise DonneeInvalide(_("%(acteur)s a déjà cette compétence.", acteur=acteur.nom))
    competence = Competence(acteur=acteur, theme=theme, territoire=territoire)
    db.session.add(competence)
    db.session.flush()
    dite = dire_competence(competence)
    noter(acteur, NatureChangement.COMPETENCE_AJOUTEE, apres=dite, par=par)
    record(CompetenceCreee(competence_id=competence.id, par_id=_id(par)))
    return competence


def add_promotion(
    organisme: Acteur,
    *,
    titre: str,
    commune_code: str,
    debut: date,
    fin: date,
    effectif: int,
    succede_a: Promotion | None = None,
    par: Compte | None = None,
) -> Promotion:
    """A group in training, from `debut` to `fin`, both included; a short course has its delegates too.

    Within a use case; alone it is `creer_promotion`. Sent twice, it is created once.
    """
    exige_tenue(par, organisme)
    lock(organisme)
    exige_ouvert(organisme)
    if not organisme.est_organisme:
        raise DonneeInvalide(_("%(acteur)s n’est pas un organisme de formation.", acteur=organisme.nom))
    deja = get_promotion_identique(
        organisme, exige_texte(titre, _("Le titre"), 160), exige_commune(commune_code), debut
    )
    dit = (fin, effectif, succede_a)
    if deja and is_recent(deja.creee_le) and (deja.fin, deja.effectif, deja.succede_a) == dit:
        return deja
    promotion = Promotion(organisme=organisme, creee_le=now())
    ecrire_promotion(
        promotion,
        titre=titre,
        commune_code=commune_code,
        debut=debut,
        fin=fin,
        effectif=effectif,
        succede_a=succede_a,
    )
    db.session.add(promotion)
    db.session.flush()
    record(PromotionCreee(promotion_id=promotion.id, par_id=_id(par)))
    if succede_a is not None:
        record(PromotionContinuee(promotion_id=promotion.id, par_id=_id(par)))
    return promotion


creer_promotion = use_case(add_promotion)


@use_case
def ouvrir_appartenance(
    compte: Compte,
    acteur: Acteur,
    *,
    referent: bool = False,
    debut: date | None = None,
    par: Compte | None = None,
) -> Appartenance:
    """`compte` works for `acteur` from `debut` on, today unless said; a référent also manages its agents."""
    exige_tenue(par)
    return add_appartenance(compte, acteur, referent=referent, debut=debut or today(), par=par)


def add_appartenance(
    compte: Compte, acteur: Acteur, *, referent: bool, debut: date, par: Compte | None
) -> Appartenance:
    """Within a use case that checked the right of `par`."""
    lock(acteur)
    if not compte.est_ouvert:
        raise DonneeInvalide(_("Ce compte est fermé."))
    exige_ouvert(acteur)
    exige_autre(compte, par)
    if par is not None:
        exige_pas_delegue(compte, acteur)
    deja = get_appartenance(compte, acteur, le=debut)
    if deja is not None:
        if deja.est_referent == referent and vient_de(
            acteur, NatureChangement.ARRIVEE, par=par, compte=compte
        ):
            return deja
        raise DonneeInvalide(_("Cette personne travaille déjà pour %(acteur)s.", acteur=acteur.nom))
    annuler(compte, *INVITATIONS)  # printed or sent by whom may not have given this role
    appartenance = Appartenance(compte=compte, acteur=acteur, est_referent=referent, debut=debut)
    db.session.add(appartenance)
    db.session.flush()
    noter(acteur, NatureChangement.ARRIVEE, compte=compte, par=par)
    if referent:
        noter(acteur, NatureChangement.REFERENT, compte=compte, par=par)
    record(AppartenanceOuverte(appartenance_id=appartenance.id, par_id=_id(par)))
    return appartenance


def exige_pas_delegue(compte: Compte, acteur: Acteur) -> None:
    for mandat in list_mandats_de(compte, le=date.min):
        if mandat.promotion.organisme_id == acteur.id and not mandat.reste_fini(today()):
            raise DonneeInvalide(
                _(
                    "Cette personne parle au nom de stagiaires de cet organisme : "
                    "elle ne peut pas y travailler."
                )
            )


@use_case
def ouvrir_mandat(
    compte: Compte,
    promotion: Promotion,
    role: RoleMandat,
    *,
    debut: date | None = None,
    par: Compte | None = None,
) -> Mandat:
    """Without an election's record: by a command, or to put right what was recorded."""
    exige_tenue(par, promotion.organisme)
    return add_mandat(compte, promotion, role, debut=debut or today(), par=par)


def _id(compte: Compte | None) -> int | None:
    return compte.id if compte is not None else None
