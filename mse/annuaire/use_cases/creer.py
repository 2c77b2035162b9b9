"""Create acteurs, compétences and appartenances. Each error says what is wrong."""

from datetime import date
from typing import Any

from mse.annuaire.appartenances import add_appartenance
from mse.annuaire.events import ActeurCree, CompetenceCreee
from mse.annuaire.historique import dire_competence, est_renvoi, noter
from mse.annuaire.models import Acteur, Appartenance, Competence, Nature, NatureChangement
from mse.annuaire.queries import find_competence, get_acteur_identique, lock_acteur
from mse.annuaire.siret import check_siret
from mse.annuaire.validation import (
    exige_commune,
    exige_delai,
    exige_siret_libre,
    exige_tenue,
    exige_territoire,
    exige_texte,
    exige_theme,
)
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.database import one_at_a_time
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.text import _
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
    """Create a service or an organisme. The territoire defaults to that of the commune. Time limits are in
    working days; None: those of the démarche.

    If an open acteur has the same values (a double click), return it.
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
        "courriel": require_email(courriel) if courriel else None,
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
    record(ActeurCree(acteur_id=acteur.id, par_id=_get_id(par)))
    return acteur


@use_case
def creer_competence(
    acteur: Acteur,
    *,
    theme_code: str | None = None,
    territoire_code: str | None = None,
    par: Compte | None = None,
) -> Competence:
    """Add a compétence to an acteur. Without thème or territoire it covers all of them."""
    exige_tenue(par)
    lock_acteur(acteur)
    theme = exige_theme(theme_code) if theme_code else None
    territoire = exige_territoire(territoire_code) if territoire_code else None
    deja = find_competence(acteur, theme_code or None, territoire_code or None)
    if deja is not None:
        if est_renvoi(acteur, NatureChangement.COMPETENCE_AJOUTEE, par=par, apres=dire_competence(deja)):
            return deja
        raise DonneeInvalide(_("%(acteur)s a déjà cette compétence.", acteur=acteur.nom))
    competence = Competence(acteur=acteur, theme=theme, territoire=territoire)
    db.session.add(competence)
    db.session.flush()
    dite = dire_competence(competence)
    noter(acteur, NatureChangement.COMPETENCE_AJOUTEE, apres=dite, par=par)
    record(CompetenceCreee(competence_id=competence.id, par_id=_get_id(par)))
    return competence


@use_case
def ouvrir_appartenance(
    compte: Compte,
    acteur: Acteur,
    *,
    referent: bool = False,
    debut: date | None = None,
    par: Compte | None = None,
) -> Appartenance:
    """Make `compte` an agent from `debut`, by default today. A référent also manages the agents."""
    exige_tenue(par)
    return add_appartenance(compte, acteur, referent=referent, debut=debut or today(), par=par)


def _get_id(compte: Compte | None) -> int | None:
    return compte.id if compte is not None else None
