"""Create an account."""

from mse.comptes.events import CompteCree, EquipeRejointe
from mse.comptes.identite import exige_courriel, exige_nom
from mse.comptes.models import Compte
from mse.comptes.mots_de_passe import mots_du_contexte, reproche
from mse.comptes.password_hashing import release_and_hash
from mse.comptes.policies import peut_creer_compte, peut_gerer_comptes
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


def creer_compte(
    *,
    prenom: str,
    nom: str,
    courriel: str,
    mot_de_passe: str | None = None,
    est_animateur: bool = False,
    est_administrateur: bool = False,
    est_demonstration: bool = False,
    par: Compte | None = None,
) -> Compte:
    """Create an account. Without password it cannot sign in yet. Only a demonstration account skips the
    password rule.

    The password is hashed first: uncommitted changes of the caller are rolled back (except inside `batch`).
    """
    password_hash = None
    if mot_de_passe is not None:
        phrase = reproche(mot_de_passe, mots_du_contexte(prenom, nom, courriel))
        if phrase and not est_demonstration:
            raise DonneeInvalide(phrase)
        password_hash = release_and_hash(mot_de_passe)
    return _creer(
        Compte(
            prenom=prenom,
            nom=nom,
            courriel=courriel,
            mot_de_passe=password_hash,
            est_animateur=est_animateur,
            est_administrateur=est_administrateur,
            est_demonstration=est_demonstration,
        ),
        par=par,
    )


@use_case
def _creer(compte: Compte, *, par: Compte | None) -> Compte:
    peut = par is None or (peut_gerer_comptes(par) if compte.est_equipe else peut_creer_compte(par))
    exige_droit(peut, _("Vous ne pouvez pas créer ce compte."))
    compte.prenom = exige_nom(compte.prenom, _("Il manque le prénom."))
    compte.nom = exige_nom(compte.nom, _("Il manque le nom."))
    compte.courriel = exige_courriel(compte.courriel or "")
    compte.cree_le = now()
    if par is None:  # a command: the operator vouches for the address
        compte.courriel_prouve_le = now()
    db.session.add(compte)
    db.session.flush()
    par_id = par.id if par else None
    record(CompteCree(compte_id=compte.id, par_id=par_id))
    if compte.est_equipe:
        record(EquipeRejointe(compte_id=compte.id, par_id=par_id))
    return compte
