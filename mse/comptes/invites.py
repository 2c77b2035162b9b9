"""Invited people: an account without password, opened by a mailed link or a printed code.

Other capabilities call these functions inside their use cases and record the reason of the invitation (an
appartenance, a mandat) as an event; `notifications` then writes the mail.
"""

from collections.abc import Callable, Sequence

from mse.comptes.events import CompteCree
from mse.comptes.identite import exige_nom
from mse.comptes.models import Compte, mots_du_nom
from mse.comptes.queries import get_compte_par_courriel, list_comptes_par_adresse, lock_compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.email_addresses import require_email
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.use_cases import record
from mse.extensions import db


def inviter(
    *,
    prenom: str,
    nom: str,
    courriel: str | None,
    par: Compte | None,
    reconnait: Callable[[Sequence[Compte]], Sequence[Compte]] | None = None,
) -> Compte:
    """Return the account at that address, which keeps its name, or a new one. Call it inside a use case.

    Without `courriel` the account is always new: a printed code opens it. `reconnait` returns the accounts
    that `par` may see; None: all. Any other account is treated as an unknown address, so that the
    result does not reveal whether it exists: the new account has the typed name, and the mail lets the owner
    join it to his own. Raises `DonneeInvalide`, for example if the address belongs to an account of a
    different name (a typing error).
    """
    adresse = require_email(courriel) if courriel else None
    if adresse is not None:
        reserver_adresses()
        comptes = list_comptes_par_adresse(adresse)
        for deja in comptes if reconnait is None else reconnait(comptes):
            lock_compte(deja)
            _exige_meme(deja, prenom, nom, adresse)
            return deja
    compte = Compte(
        prenom=exige_nom(prenom, _("Il manque le prénom.")),
        nom=exige_nom(nom, _("Il manque le nom.")),
        cree_le=now(),
    )
    if adresse is not None:
        placer_adresse(compte, adresse)
    db.session.add(compte)
    db.session.flush()
    record(CompteCree(compte_id=compte.id, par_id=par.id if par else None))
    return compte


def placer_adresse(compte: Compte, adresse: str) -> None:
    """Set the address of the invitation: `courriel` if no other account owns it, else `courriel_invite`."""
    titulaire = get_compte_par_courriel(adresse)
    est_libre = titulaire is None or titulaire is compte
    compte.courriel, compte.courriel_invite = (adresse, None) if est_libre else (None, adresse)


def reserver_adresses() -> None:
    """Serialise invitations until the end of the transaction, so that two of them cannot give one address to
    two accounts."""
    one_at_a_time("inviter")


def _exige_meme(deja: Compte, prenom: str, nom: str, adresse: str) -> None:
    """Raise `DonneeInvalide` unless `deja` is open, belongs to the person of that name, and is not in use
    with an unverified address."""
    if not deja.est_ouvert:
        raise DonneeInvalide(_("Le compte à cette adresse est fermé."))
    if not deja.mots & mots_du_nom(prenom, nom):
        raise DonneeInvalide(
            _(
                "L’adresse %(courriel)s est celle d’un compte à un autre nom : vérifiez-la.",
                courriel=adresse,
            )
        )
    if not deja.est_de_bonne_foi:
        raise DonneeInvalide(
            _(
                "Le compte à l’adresse %(courriel)s ne l’a pas encore confirmée : que cette personne "
                "entre une fois par un lien reçu par courriel, puis recommencez.",
                courriel=adresse,
            )
        )


def describe_welcome(compte: Compte) -> str:
    """Return the confirmation after `inviter`. A new person gets an invitation by mail; a person who has
    already signed in gets a notice."""
    prenom = compte.prenom
    if compte.est_attendu:
        return _("%(prenom)s fait partie de l’équipe. Une invitation part par courriel.", prenom=prenom)
    return _("%(prenom)s fait partie de l’équipe. Un courriel le lui dit.", prenom=prenom)
