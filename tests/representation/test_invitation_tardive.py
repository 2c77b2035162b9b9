"""A late worker writes an e-mail with a secret link only if the link is still useful."""

from typing import Any

from sqlalchemy import func, select

from devtools.factories import Monde
from mse.comptes.models import Compte, Jeton, NatureJeton
from mse.extensions import db
from mse.notifications.models import Courriel
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.inviter import imprimer_code, renvoyer_invitation
from tests.comptes.gens import MDP
from tests.courriels import write_mails
from tests.representation.invites import NORA


def ecrits_a(courriel: str) -> list[str]:
    db.session.rollback()
    write_mails()
    query = select(Courriel.evenement).where(Courriel.destinataire == courriel)
    return list(db.session.scalars(query.order_by(Courriel.id)))


def count_jetons(nature: NatureJeton) -> int | None:
    query = select(func.count()).where(Jeton.nature == nature, Jeton.utilise_le.is_(None))
    return db.session.scalar(query)


def test_qui_est_venu_par_sa_feuille_n_est_plus_invite(client: Any, nora: Compte, nadege: Compte) -> None:
    """No invitation is written for an account that has been activated since."""
    renvoyer_invitation(nora, par=nadege)
    client.poster("/invitation", code=imprimer_code(nora, par=nadege))
    client.poster("/premiere-visite", nouveau=MDP, confirmation=MDP)
    assert ecrits_a(NORA) == []  # the printed code does not verify the address
    assert count_jetons(NatureJeton.INVITATION) == 0


def test_un_compte_ferme_ne_recoit_plus_de_quoi_entrer(monde: Monde, client: Any, nora: Compte) -> None:
    """A closed account gets no e-mail and no token, so that none is valid if it is reopened."""
    renvoyer_invitation(nora, par=monde.animatrice)
    client.poster("/connexion/lien", courriel=NORA)
    client.poster("/mot-de-passe-oublie", courriel=NORA)
    fermer_compte(nora, par=monde.admin)
    assert ecrits_a(NORA) == []
    assert [count_jetons(nature) for nature in NatureJeton] == [0] * len(NatureJeton)
