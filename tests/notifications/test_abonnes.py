"""A bulletin carries the button that stops it, in a header that mail programs show."""

import re
from uuid import uuid4

from sqlalchemy import select

from mse.core.clock import now, today
from mse.extensions import db
from mse.fiches.use_cases import traiter
from mse.meteo.models import Abonne
from mse.meteo.use_cases import actualiser, composer_bulletin, demander_abonnement, publier_bulletin
from mse.notifications.worker import drain
from tests.courriels import write_mails
from tests.fabrique import LONGUE, Monde
from tests.notifications.conftest import Serveur

LECTRICE = "lectrice@exemple.fr"


def test_l_entete_d_un_bouton_part_avec_le_courriel(monde: Monde, serveur: Serveur) -> None:
    demander_abonnement(LECTRICE)
    abonne = db.session.scalars(select(Abonne)).one()
    abonne.confirme_le = now()
    db.session.commit()
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    actualiser()
    texte = "Un mois de **soleil**."
    bulletin = composer_bulletin(
        cle=str(uuid4()), titre="Mars", texte=texte, jour=today(), par=monde.animatrice
    )
    publier_bulletin(bulletin, par=monde.animatrice)
    write_mails()
    drain()
    [demande, message] = [m for m in serveur.recus if m["To"] == LECTRICE]
    assert demande["List-Unsubscribe"] is None
    assert re.fullmatch(r"<http://\S+/meteo/bulletins/abonnement/\S+/fin>", message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
