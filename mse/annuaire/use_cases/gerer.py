"""Change the profile and compétences of an acteur, or close it. Each change adds a line to its history."""

from collections.abc import Callable
from typing import Any

from mse.annuaire.events import ActeurFerme, ActeurModifie, ActeurRouvert, CompetenceRetiree
from mse.annuaire.historique import dire_competence, noter
from mse.annuaire.libelles import INTERDIT, NATURES, dire_depassee
from mse.annuaire.models import Acteur, Competence, Nature, NatureChangement
from mse.annuaire.policies import peut_gerer, tient_annuaire
from mse.annuaire.queries import lock_acteur
from mse.annuaire.validation import (
    exige_commune,
    exige_delai,
    exige_siret_libre,
    exige_territoire,
    exige_texte,
)
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.email_addresses import require_email
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _, ngettext
from mse.core.use_cases import record, use_case
from mse.extensions import db

RESERVES = {"nature", "siret", "declaration", "delai_prise_en_charge", "delai_reponse"}
_SANS_VALEURS = {"courriel"}  # a mailbox may contain a person's name, so the history omits its values


@use_case
def modifier_acteur(acteur: Acteur, *, par: Compte, version: int | None = None, **saisie: Any) -> bool:
    """Change columns of an acteur. `saisie`: column names and new values. Return False if nothing changed.

    Only animateurs and administrateurs change identifiers and time limits (`RESERVES`).
    The next import does not overwrite these changes (see `importer_organismes`).
    """
    exige_droit(peut_gerer(par, acteur), INTERDIT)
    exige_droit(not saisie.keys() & RESERVES or tient_annuaire(par), INTERDIT)
    valeurs = _validate(acteur, saisie)
    if all(getattr(acteur, champ) == valeur for champ, valeur in valeurs.items()):
        return False
    exige_version(acteur, version, dire_depassee)
    avant = _describe(acteur)
    for champ, valeur in valeurs.items():
        setattr(acteur, champ, valeur)
    db.session.flush()
    apres = _describe(acteur)
    changes = [champ for champ in apres if apres[champ] != avant[champ]]
    for champ in changes:
        muet = champ in _SANS_VALEURS
        noter(
            acteur,
            NatureChangement.CHAMP,
            champ=champ,
            avant=None if muet else avant[champ],
            apres=None if muet else apres[champ],
            par=par,
        )
    if changes:
        record(ActeurModifie(acteur_id=acteur.id, par_id=par.id))
    return bool(changes)


_CONTROLES: dict[str, Callable[[Acteur, Any], Any]] = {
    "nom": lambda _acteur, texte: exige_texte(texte or "", _("Le nom"), 200),
    "courriel": lambda _acteur, texte: require_email(texte) if texte else None,
    "adresse": lambda _acteur, texte: exige_texte(texte, _("L’adresse"), 300) if texte else None,
    "commune_code": lambda _acteur, code: exige_commune(code).code if code else None,
    "territoire_code": lambda _acteur, code: exige_territoire(code).code if code else None,
    "nature": lambda _acteur, nature: nature,
    "siret": lambda acteur, texte: exige_siret_libre(texte, de=acteur) if texte else None,
    "declaration": lambda _acteur, texte: (
        exige_texte(texte, _("Le numéro de déclaration"), 20) if texte else None
    ),
    "delai_prise_en_charge": lambda _acteur, jours: exige_delai(jours),
    "delai_reponse": lambda _acteur, jours: exige_delai(jours),
}


def _validate(acteur: Acteur, saisie: dict[str, Any]) -> dict[str, Any]:
    """Validate the values. The territoire defaults to that of the commune."""
    valeurs = {champ: _CONTROLES[champ](acteur, valeur) for champ, valeur in saisie.items()}
    if valeurs.get("commune_code") and not valeurs.get("territoire_code"):
        valeurs["territoire_code"] = exige_commune(valeurs["commune_code"]).territoire_code
    return valeurs


def _describe(acteur: Acteur) -> dict[str, str | None]:
    """Return the fields of the acteur as users read them, to write the history."""
    db.session.expire(acteur, ["commune", "territoire"])

    def days(jours: int | None) -> str:
        if jours is None:
            return _("celui de la démarche")
        return ngettext("%(num)s jour ouvré", "%(num)s jours ouvrés", jours)

    return {
        "nom": acteur.nom,
        "courriel": acteur.courriel,
        "adresse": acteur.adresse,
        "commune": acteur.commune.nom if acteur.commune else None,
        "territoire": acteur.territoire.nom if acteur.territoire else None,
        "nature": str(NATURES[Nature(acteur.nature)]),
        "siret": acteur.siret,
        "declaration": acteur.declaration,
        "delai_prise_en_charge": days(acteur.delai_prise_en_charge),
        "delai_reponse": days(acteur.delai_reponse),
    }


@use_case
def retirer_competence(competence: Competence, *, par: Compte) -> None:
    """Delete a compétence. The acteur keeps its present fiches; new ones are no longer proposed to it.
    Idempotent."""
    exige_droit(tient_annuaire(par), INTERDIT)
    acteur = competence.acteur
    lock_acteur(acteur)
    if db.session.get(Competence, competence.id, populate_existing=True) is None:
        return
    noter(acteur, NatureChangement.COMPETENCE_RETIREE, avant=dire_competence(competence), par=par)
    db.session.delete(competence)
    record(CompetenceRetiree(acteur_id=acteur.id, par_id=par.id))


@use_case
def fermer_acteur(acteur: Acteur, *, par: Compte) -> None:
    """Stop offering the acteur. Its page and its answers stay. A handler of `fiches` refuses while an answer
    is due.

    Do nothing if it is already closed.
    """
    exige_droit(tient_annuaire(par), INTERDIT)
    lock_acteur(acteur)
    if acteur.est_ferme:
        return
    acteur.ferme_le = today()
    noter(acteur, NatureChangement.FERMETURE, par=par)
    record(ActeurFerme(acteur_id=acteur.id, par_id=par.id))


@use_case
def rouvrir_acteur(acteur: Acteur, *, par: Compte) -> None:
    """Reopen a closed acteur. Do nothing if it is open."""
    exige_droit(tient_annuaire(par), INTERDIT)
    lock_acteur(acteur)
    if not acteur.est_ferme:
        return
    acteur.ferme_le = None
    noter(acteur, NatureChangement.REOUVERTURE, par=par)
    record(ActeurRouvert(acteur_id=acteur.id, par_id=par.id))
