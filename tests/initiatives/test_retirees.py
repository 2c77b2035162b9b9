"""An initiative withdrawn because its title names a person: only its porteurs and animateurs read it."""

from typing import Any

import pytest

from devtools.factories import Monde, hidden_fields, make_agent, make_initiative
from mse.core.errors import Interdit
from mse.extensions import db
from mse.initiatives.models import Initiative
from mse.initiatives.use_cases import donner_nouvelle, participer, retirer_initiative
from tests.notifications.conftest import addresses, take_mails

TITRE = "Le bus de Jeanne Fictive"
MOTIF = "Elle nomme une personne."


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira, titre=TITRE)


def test_retiree_elle_ne_se_lit_plus(monde: Monde, initiative: Initiative, client: Any, as_: Any) -> None:
    with pytest.raises(Interdit):
        retirer_initiative(initiative, MOTIF, par=monde.samira)
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    adresse = f"/initiatives/{initiative.id}"
    assert client.get(adresse).status_code == 410
    assert "Elle nomme" not in client.get(adresse).text
    assert initiative.titre not in client.get("/initiatives").text
    assert MOTIF in as_(monde.samira).get(adresse).text


def test_retiree_par_deux_personnes_elle_reste_retiree(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    """A second withdrawal from a page opened before the first one gets a 409 and restores nothing."""
    anouk, adresse = as_(monde.animatrice), f"/initiatives/{initiative.id}/moderation"
    formulaire = hidden_fields(anouk.get(adresse).text)
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    page = anouk.post(adresse, data={**formulaire, "texte": "Un nom, dans le titre."})
    assert (page.status_code, "est déjà retirée" in page.text) == (409, True)
    assert initiative.retrait_motif == MOTIF
    assert anouk.poster(adresse, retablir="1").status_code == 303
    db.session.expire_all()
    assert initiative.est_publique


def test_qui_participait_s_en_va_sans_en_lire_le_titre(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    adresse = f"/initiatives/{initiative.id}/participation"
    participer(initiative, par=monde.lea)
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    inconnue = as_(monde.agent).get(adresse)
    assert (inconnue.status_code, TITRE in inconnue.text) == (410, False)
    assert TITRE in as_(monde.samira).get(adresse).text  # a porteur
    lea = as_(monde.lea)
    page = lea.get(adresse)
    assert (page.status_code, TITRE in page.text) == (200, False)
    assert "a été retirée" in page.text
    assert lea.poster(adresse, quitter="1").status_code == 303
    assert lea.get(adresse).status_code == 410


def test_l_organisme_retire_sa_promotion_sans_en_lire_le_titre(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    """Agents of the organisme may add and remove the promotion, but not read a withdrawn title."""
    nadege = as_(make_agent(monde.lavande, "Nadege"))
    adresse = f"/initiatives/{initiative.id}/porteurs/{initiative.porteurs[0].id}/fin"
    assert TITRE in nadege.get(adresse).text
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    page = nadege.get(adresse)
    assert (page.status_code, TITRE in page.text) == (200, False)


def test_ses_nouvelles_ne_vont_plus_qu_a_qui_la_porte(monde: Monde, initiative: Initiative) -> None:
    participer(initiative, par=monde.lea)
    retirer_initiative(initiative, MOTIF, par=monde.animatrice)
    take_mails()
    donner_nouvelle(initiative, "Nous changeons le titre.", par=monde.samira)
    assert addresses(take_mails()) == {monde.karim.courriel}
