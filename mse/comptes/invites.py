"""People whom others bring in: a compte without password, opened by what is sent or handed to them.

For the use cases of other capabilities: they know why somebody comes (an appartenance, a mandat), and
record that; `notifications` then writes the invitation.
"""

from collections.abc import Callable

from mse.comptes.events import CompteCree
from mse.comptes.identite import exige_nom
from mse.comptes.models import Compte, mots_du_nom
from mse.comptes.queries import get_compte_par_courriel, list_comptes_par_adresse, lock_compte
from mse.core.adresses import exige_adresse
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide
from mse.core.textes import _
from mse.core.use_cases import record
from mse.extensions import db


def inviter(
    *,
    prenom: str,
    nom: str,
    courriel: str | None,
    par: Compte | None,
    reconnait: Callable[[Compte], bool] | None = None,
) -> Compte:
    """Within a use case: the compte at that address, or a new one. Its own name is kept.

    Without `courriel` always a new one: a printed code opens it. `reconnait` tells the accounts that `par`
    may see; None: all. Any other account is treated as an unknown address, so that the answer does not tell
    whether it exists: the new compte bears the typed name, and the mail lets the owner join it to his own.
    An address that belongs to somebody of quite another name is a slip of the pen. Raises `DonneeInvalide`.
    """
    adresse = exige_adresse(courriel) if courriel else None
    if adresse is not None:
        reserver_adresses()
        for deja in list_comptes_par_adresse(adresse):
            if reconnait is None or reconnait(deja):
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
    """Where the invitation goes. An address that another account owns stays that account's."""
    titulaire = get_compte_par_courriel(adresse)
    est_libre = titulaire is None or titulaire is compte
    compte.courriel, compte.courriel_invite = (adresse, None) if est_libre else (None, adresse)


def reserver_adresses() -> None:
    """Until the end of the transaction nobody else invites: an address has one owner."""
    one_at_a_time("inviter")


def _exige_meme(deja: Compte, prenom: str, nom: str, adresse: str) -> None:
    """`deja` is open, of that person, and its address is not only claimed."""
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
    """A mail leaves either way: an invitation to who has never come, a notice to who has."""
    prenom = compte.prenom
    if compte.est_attendu:
        return _("%(prenom)s fait partie de l’équipe. Une invitation part par courriel.", prenom=prenom)
    return _("%(prenom)s fait partie de l’équipe. Un courriel le lui dit.", prenom=prenom)
