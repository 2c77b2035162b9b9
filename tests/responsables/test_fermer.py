"""The page to close an acteur lists what it still has to answer."""

import re
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, hidden_fields, make_fiche
from mse.annuaire.models import Changement
from mse.avis.use_cases import demander_reouverture
from mse.core.clock import today
from mse.extensions import db
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.responsables import queries
from tests.espace import lire
from tests.notifications.conftest import take_mails


def test_un_acteur_qui_doit_des_reponses_les_confie_puis_ferme(monde: Monde, as_: Any) -> None:
    """One page lists the fiches, takes the user back after each transfer, and closes."""
    anouk, url = as_(monde.animatrice), f"/acteurs/{monde.transports.id}/fermeture"
    page = anouk.get(url).text
    assert "1 fiche est encore en cours" in page
    assert monde.fiche.titre in page
    assert f'action="{url}"' not in page
    jeton = hidden_fields(anouk.get(f"/acteurs/{monde.transports.id}/profil").text)["csrf_token"]
    assert anouk.post(url, data={"csrf_token": jeton}).location == url
    assert "transmettez-la d’abord" in anouk.get(url).text
    db.session.expire_all()
    assert monde.transports.ferme_le is None
    assert not db.session.query(Changement).filter_by(acteur_id=monde.transports.id).count()
    [transfert] = re.findall(r'href="([^"]*/transfert[^"]*)"', page)
    motif = "Ce service ferme à la fin du mois."
    assert anouk.poster(transfert, acteur_id=monde.remuneration.id, texte=motif).location == url
    page = anouk.get(url).text
    assert "La fiche a un nouveau responsable" in page
    assert anouk.post(url, data=hidden_fields(page)).location == f"/acteurs/{monde.transports.id}/gestion"
    db.session.expire_all()
    assert monde.transports.ferme_le == today()


def test_les_demandes_de_rouvrir_passent_a_l_equipe(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore trop tard.", par=monde.samira)
    take_mails()
    anouk, url = as_(monde.animatrice), f"/acteurs/{monde.transports.id}/fermeture"
    page = anouk.get(url).text
    assert "de rouvrir 1 fiche" in page
    assert monde.fiche.titre in page
    assert anouk.post(url, data=hidden_fields(page)).status_code == 303
    assert [ligne.id for ligne in lire(monde.animatrice)["trancher"]] == [monde.saisine.id]
    [mail] = take_mails()
    assert mail.destinataire == monde.animatrice.courriel
    assert "Le car arrive encore trop tard." in (mail.texte or "")
    assert "c’est à vous de décider" in (mail.texte or "")


@pytest.mark.parametrize(
    ("reste", "phrase"), [(1, "Et 1 autre, moins pressée"), (2, "Et 2 autres, moins pressées")]
)
def test_la_liste_de_ce_qu_il_doit_dit_combien_elle_en_tait(
    monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch, reste: int, phrase: str
) -> None:
    monkeypatch.setattr(queries, "_A_REMETTRE", 1)
    for _fois in range(reste):
        make_fiche(monde.promotion, monde.samira, monde.transports)
    assert phrase in as_(monde.animatrice).get(f"/acteurs/{monde.transports.id}/fermeture").text
