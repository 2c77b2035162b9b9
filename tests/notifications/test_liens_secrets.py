"""An e-mail with a secret link is erased once sent, and dropped if the link has expired."""

from collections.abc import Callable
from datetime import timedelta
from itertools import repeat

import pytest
from flask import Flask

from devtools.factories import JOUR
from devtools.smtp import Serveur
from mse.comptes.use_cases import creer_compte, oublier_jetons
from mse.core.clock import at
from mse.core.conservation import list_termes
from mse.notifications import use_cases
from mse.notifications.annonces import muted
from mse.notifications.messages import LIEN_EXPIRE
from mse.notifications.worker import drain
from tests.courriels import write_mails
from tests.notifications.conftest import rows

MINUTE = timedelta(minutes=1)


def test_le_texte_s_efface_des_que_le_courriel_est_parti(
    serveur: Serveur, demander: Callable[[], None], ecrire: Callable[..., None]
) -> None:
    demander()
    write_mails()
    ecrire()
    assert drain().envoyes == 2
    secret, ordinaire = rows()
    assert (secret.texte, secret.html) == (None, None)
    assert secret.envoye_le is not None
    assert ordinaire.texte is not None  # kept for 7 days
    assert "/connexion/lien/" in str(serveur.recus[0].get_body(("plain",)))


def test_un_courriel_refuse_n_en_garde_rien_non_plus(serveur: Serveur, demander: Callable[[], None]) -> None:
    serveur.behaviours = repeat("rcpt 550 5.1.1 No")
    demander()
    assert drain().refuses == 1
    assert (rows()[0].texte, rows()[0].html) == (None, None)


@pytest.mark.usefixtures("jour")
def test_un_courriel_au_lien_expire_ne_part_pas(serveur: Serveur, demander: Callable[[], None]) -> None:
    serveur.behaviours = iter(["451 Later", "ok"])
    with at(JOUR):
        demander()
        assert drain().reportes == 1
    with at(JOUR + 10 * MINUTE):
        bilan = drain()
    assert (bilan.perimes, bilan.envoyes) == (1, 0)
    (courriel,) = rows()
    assert (courriel.envoye_le, courriel.erreur) == (None, LIEN_EXPIRE)
    assert courriel.abandonne_le is not None
    assert courriel.texte is None
    assert serveur.recus == []


def test_la_demonstration_se_charge_sans_rien_ouvrir(app: Flask) -> None:
    with muted():
        creer_compte(prenom="Claire", nom="V", courriel="claire@exemple.fr", est_animateur=True)
    assert rows() == []


def test_le_worker_oublie_les_jetons(app: Flask) -> None:
    nightly = {terme.oublier for terme in list_termes()}
    assert {oublier_jetons, use_cases.purge} <= nightly
