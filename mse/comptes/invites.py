"""People whom others bring in: a compte without password, opened by what is sent or handed to them.

For the use cases of other capabilities: they know why somebody comes (an appartenance, a mandat), and
record that; `notifications` then writes the invitation.
"""

from mse.comptes.events import CompteCree
from mse.comptes.identite import exige_courriel, exige_nom
from mse.comptes.models import Compte, mots_du_nom
from mse.comptes.queries import get_compte_par_courriel, lock_compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.textes import _
from mse.core.use_cases import record
from mse.extensions import db


def inviter(*, prenom: str, nom: str, courriel: str | None, par: Compte | None) -> Compte:
    """Within a use case: the compte at that address, or a new one. Its own name is kept.

    Without `courriel` always a new one: a printed code opens it. An address that belongs to somebody of
    quite another name is a slip of the pen. Raises `DonneeInvalide`.
    """
    deja = get_compte_par_courriel(courriel) if courriel else None
    if deja is not None:
        lock_compte(deja)
        if not deja.est_ouvert:
            raise DonneeInvalide(_("Le compte à cette adresse est fermé."))
        if not deja.mots & mots_du_nom(prenom, nom):
            raise DonneeInvalide(
                _(
                    "L’adresse %(courriel)s est celle d’un compte à un autre nom : vérifiez-la.",
                    courriel=courriel,
                )
            )
        if not deja.est_de_bonne_foi:
            raise DonneeInvalide(
                _(
                    "Le compte à l’adresse %(courriel)s ne l’a pas encore confirmée : que cette personne "
                    "entre une fois par un lien reçu par courriel, puis recommencez.",
                    courriel=courriel,
                )
            )
        return deja
    compte = Compte(
        prenom=exige_nom(prenom, _("Il manque le prénom.")),
        nom=exige_nom(nom, _("Il manque le nom.")),
        courriel=exige_courriel(courriel) if courriel else None,
        cree_le=now(),
    )
    db.session.add(compte)
    db.session.flush()
    record(CompteCree(compte_id=compte.id, par_id=par.id if par else None))
    return compte
