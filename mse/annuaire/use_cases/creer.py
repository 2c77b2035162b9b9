"""Filling the directory one by one. Every refusal says what is wrong."""

from datetime import date

from email_validator import EmailNotValidError

from mse.annuaire.events import ActeurCree, AppartenanceOuverte, CompetenceCreee, MandatOuvert, PromotionCreee
from mse.annuaire.models import (
    Acteur,
    Appartenance,
    Commune,
    Competence,
    Mandat,
    Nature,
    Promotion,
    RoleMandat,
    Territoire,
    Theme,
)
from mse.annuaire.policies import est_administrateur, est_animateur, peut_nommer_agents, peut_tenir_promotions
from mse.annuaire.queries import get_acteurs_par_siret, get_appartenance, has_competence, list_mandats_ouverts
from mse.annuaire.use_cases.siret import check_siret
from mse.comptes.models import Compte
from mse.comptes.queries import normalize_courriel
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.textes import _, clean, nombre, visible_length
from mse.core.use_cases import record, use_case
from mse.extensions import db

EFFECTIF_MAX = 2000  # people in one promotion; more is a slip of the finger


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
    """Its territoire is that of its commune unless said. Delays in working days; None: the démarche's."""
    _exige_droit(par)
    commune = _commune(commune_code) if commune_code else None
    territoire = _territoire(territoire_code) if territoire_code else commune.territoire if commune else None
    for delai in (delai_prise_en_charge, delai_reponse):
        if delai is not None and delai < 1:
            raise DonneeInvalide(_("Un délai est d’au moins 1 jour ouvré."))
    acteur = Acteur(
        nature=nature,
        nom=_texte(nom, _("Le nom"), 200),
        courriel=_courriel(courriel) if courriel else None,
        siret=_siret_libre(siret) if siret else None,
        declaration=_texte(declaration, _("Le numéro de déclaration"), 20) if declaration else None,
        adresse=_texte(adresse, _("L’adresse"), 300) if adresse else None,
        commune=commune,
        territoire=territoire,
        delai_prise_en_charge=delai_prise_en_charge,
        delai_reponse=delai_reponse,
    )
    db.session.add(acteur)
    db.session.flush()
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
    _exige_droit(par)
    theme = _theme(theme_code) if theme_code else None
    territoire = _territoire(territoire_code) if territoire_code else None
    if has_competence(acteur, theme_code or None, territoire_code or None):
        raise DonneeInvalide(_("%(acteur)s a déjà cette compétence.", acteur=acteur.nom))
    competence = Competence(acteur=acteur, theme=theme, territoire=territoire)
    db.session.add(competence)
    db.session.flush()
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

    Within a use case; alone it is `creer_promotion`.
    """
    _exige_droit(par, organisme)
    _exige_ouvert(organisme)
    if not organisme.est_organisme:
        raise DonneeInvalide(_("%(acteur)s n’est pas un organisme de formation.", acteur=organisme.nom))
    exige_formation(debut, fin, effectif)
    if succede_a is not None and succede_a.organisme_id != organisme.id:
        raise DonneeInvalide(_("Une promotion ne continue qu’une promotion du même organisme."))
    commune = _commune(commune_code)
    promotion = Promotion(
        organisme=organisme,
        titre=_texte(titre, _("Le titre"), 160),
        commune=commune,
        territoire=commune.territoire,
        debut=debut,
        fin=fin,
        effectif=effectif,
        succede_a=succede_a,
        creee_le=now(),
    )
    db.session.add(promotion)
    db.session.flush()
    record(PromotionCreee(promotion_id=promotion.id, par_id=_id(par)))
    return promotion


creer_promotion = use_case(add_promotion)


def add_appartenance(
    compte: Compte,
    acteur: Acteur,
    *,
    referent: bool = False,
    debut: date | None = None,
    par: Compte | None = None,
) -> Appartenance:
    """`compte` works for `acteur` from `debut` on, today unless said; a référent also manages its agents.

    Within a use case; alone it is `ouvrir_appartenance`.
    """
    if par is not None and not peut_nommer_agents(par, acteur):
        raise Interdit(_("Les agents de %(acteur)s sont nommés par ses référent·es.", acteur=acteur.nom))
    _exige_compte_ouvert(compte)
    _exige_ouvert(acteur)
    debut = debut or today()
    if get_appartenance(compte, acteur, le=debut) is not None:
        raise DonneeInvalide(_("Cette personne travaille déjà pour %(acteur)s.", acteur=acteur.nom))
    appartenance = Appartenance(compte=compte, acteur=acteur, est_referent=referent, debut=debut)
    db.session.add(appartenance)
    db.session.flush()
    record(AppartenanceOuverte(appartenance_id=appartenance.id, par_id=_id(par)))
    return appartenance


ouvrir_appartenance = use_case(add_appartenance)


def add_mandat(
    compte: Compte,
    promotion: Promotion,
    role: RoleMandat,
    *,
    debut: date | None = None,
    par: Compte | None = None,
) -> Mandat:
    """One titulaire and one suppléant a promotion, two different people, as long as the course lasts.

    Within a use case; alone it is `ouvrir_mandat`.
    """
    _exige_droit(par, promotion.organisme)
    _exige_compte_ouvert(compte)
    debut = debut or today()
    if debut > promotion.fin:
        raise DonneeInvalide(_("La formation de cette promotion est terminée : elle n’élit plus personne."))
    for mandat in list_mandats_ouverts(promotion, le=debut):
        if mandat.compte_id == compte.id:
            raise DonneeInvalide(_("Cette personne a déjà un mandat dans cette promotion."))
        if mandat.role == role:
            raise DonneeInvalide(
                _("Ce siège est déjà occupé : une promotion a une personne titulaire et une suppléante.")
            )
    mandat = Mandat(compte=compte, promotion=promotion, role=role, debut=debut)
    db.session.add(mandat)
    db.session.flush()
    record(MandatOuvert(mandat_id=mandat.id, par_id=_id(par)))
    return mandat


ouvrir_mandat = use_case(add_mandat)


def _exige_droit(par: Compte | None, organisme: Acteur | None = None) -> None:
    """A command, the team, an administrator; for the promotions of an organisme, its agents."""
    if (
        par is None
        or est_animateur(par)
        or est_administrateur(par)
        or (organisme is not None and peut_tenir_promotions(par, organisme))
    ):
        return
    raise Interdit(_("L’annuaire est tenu par l’équipe d’animation."))


def _exige_ouvert(acteur: Acteur) -> None:
    if acteur.ferme_le is not None:
        raise DonneeInvalide(_("%(acteur)s est fermé.", acteur=acteur.nom))


def exige_formation(debut: date, fin: date, effectif: int) -> None:
    if fin < debut:
        raise DonneeInvalide(_("La fin de la formation est avant son début."))
    if effectif < 1:
        raise DonneeInvalide(_("L’effectif est d’au moins une personne."))
    if effectif > EFFECTIF_MAX:
        raise DonneeInvalide(_("L’effectif est d’au plus %(n)s personnes.", n=nombre(EFFECTIF_MAX)))


def _exige_compte_ouvert(compte: Compte) -> None:
    if not compte.est_ouvert:
        raise DonneeInvalide(_("Ce compte est fermé."))


def _texte(texte: str, quoi: str, maximum: int) -> str:
    texte = " ".join(clean(texte).split())
    if not visible_length(texte):
        raise DonneeInvalide(_("%(quoi)s est vide.", quoi=quoi))
    if len(texte) > maximum:
        raise DonneeInvalide(
            _(
                "%(quoi)s fait %(n)s caractères ; le maximum est %(max)s.",
                quoi=quoi,
                n=len(texte),
                max=maximum,
            )
        )
    return texte


def _courriel(courriel: str) -> str:
    try:
        return normalize_courriel(courriel, strict=True)
    except EmailNotValidError:
        raise DonneeInvalide(
            _("L’adresse de courriel « %(courriel)s » n’est pas valable.", courriel=courriel[:254])
        ) from None


def _siret_libre(siret: str) -> str:
    numero = check_siret(siret)
    for autre in get_acteurs_par_siret([numero]).values():
        raise DonneeInvalide(
            _("Le SIRET %(siret)s est déjà celui de %(acteur)s.", siret=numero, acteur=autre.nom)
        )
    return numero


def _theme(code: str) -> Theme:
    theme = db.session.get(Theme, clean(code))
    if theme is None:
        raise DonneeInvalide(_("Le thème « %(code)s » n’existe pas.", code=code))
    return theme


def _territoire(code: str) -> Territoire:
    territoire = db.session.get(Territoire, clean(code))
    if territoire is None:
        raise DonneeInvalide(_("Le territoire « %(code)s » n’existe pas.", code=code))
    return territoire


def _commune(code: str) -> Commune:
    commune = db.session.get(Commune, clean(code))
    if commune is None:
        raise DonneeInvalide(_("La commune « %(code)s » n’existe pas : donnez son code INSEE.", code=code))
    return commune


def _id(compte: Compte | None) -> int | None:
    return compte.id if compte is not None else None
