"""Follow an object with an account: the button, the list, who may stop."""

from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde, make_acteur, make_brouillon, make_compte
from mse.core.clock import today
from mse.extensions import db
from mse.moderation.use_cases import retirer_fiche
from mse.suivis.models import Suivi
from mse.suivis.queries.cibles import get_cible
from mse.suivis.use_cases import avec_compte, suivre
from tests.comptes.gens import ouvrir
from tests.fiches.test_lire import counted

pytestmark = pytest.mark.usefixtures("jour")


def suivis() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Suivi)) or 0


def suit(compte: Any, objet: str, reference: int | str) -> None:
    cible = get_cible(None, objet, str(reference))
    assert cible is not None
    suivre(cible, par=compte)


@pytest.mark.parametrize("objet", ["fiche", "theme", "territoire", "acteur"])
def test_un_bouton_suit_et_le_meme_endroit_arrete(monde: Monde, as_: Any, objet: str) -> None:
    lea = as_(monde.lea)
    page, reference = {
        "fiche": (f"/fiches/{monde.fiche.id}", monde.fiche.id),
        "theme": ("/fiches?theme=transport", "transport"),
        "territoire": ("/fiches?territoire=13-9312", "13-9312"),
        "acteur": (f"/acteurs/{monde.transports.id}", monde.transports.id),
    }[objet]
    avant = lea.get(page).text
    assert f'action="/suivre/{objet}/{reference}"' in avant
    assert "Ne plus suivre" not in avant
    reponse = lea.poster(f"/suivre/{objet}/{reference}", retour=page)
    assert (reponse.status_code, reponse.location) == (303, page)
    apres = lea.get(page).text
    assert "C’est fait" in apres
    assert "Ne plus suivre" in apres
    assert lea.poster("/mon-compte/suivis", page=page, retour=page).location == page
    assert "Ne plus suivre" not in lea.get(page).text
    assert suivis() == 0


def test_deux_clics_ne_suivent_qu_une_fois(monde: Monde, as_: Any) -> None:
    lea, adresse = as_(monde.lea), f"/suivre/fiche/{monde.fiche.id}"
    assert {lea.poster(adresse).status_code for _fois in range(2)} == {303}
    assert suivis() == 1


def test_la_liste_nomme_tout_et_arrete_d_un_bouton(monde: Monde, as_: Any) -> None:
    suit(monde.lea, "theme", "transport")
    suit(monde.lea, "fiche", monde.fiche.id)
    lea = as_(monde.lea)
    page = lea.get("/mon-compte/suivis").text
    assert monde.fiche.titre in page
    assert "/fiches?theme=transport" in page
    [premier, _autre] = db.session.scalars(select(Suivi.id).order_by(Suivi.id))
    for _clic in range(2):
        assert lea.poster("/mon-compte/suivis", suivi=premier).location == "/mon-compte/suivis"
    assert suivis() == 1
    assert lea.poster("/mon-compte/suivis", suivi="beaucoup").status_code == 422


def test_personne_n_arrete_le_suivi_d_un_autre(monde: Monde, as_: Any) -> None:
    suit(monde.lea, "theme", "transport")
    [ident] = db.session.scalars(select(Suivi.id))
    karim = as_(monde.karim)
    suit(monde.karim, "fiche", monde.fiche.id)
    assert karim.poster("/mon-compte/suivis", suivi=ident).status_code == 303
    assert suivis() == 2


def test_seul_ce_qui_est_public_se_suit(monde: Monde, as_: Any) -> None:
    brouillon = make_brouillon(monde.promotion, monde.samira)
    samira = as_(monde.samira)
    faux = ("fiche/999", "theme/invente", "ville/nice", "acteur/x", "fiche/0")
    for adresse in (f"fiche/{brouillon.id}", *faux):
        assert samira.get(f"/suivre/{adresse}").status_code == 404, adresse


def test_une_fiche_retiree_garde_sa_place_sans_son_titre(monde: Monde, as_: Any) -> None:
    suit(monde.lea, "fiche", monde.fiche.id)
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    page = as_(monde.lea).get("/mon-compte/suivis").text
    assert monde.fiche.titre not in page
    assert "Cette page n’est plus publique" in page
    assert as_(monde.lea).get(f"/suivre/fiche/{monde.fiche.id}").status_code == 404


def test_un_responsable_ferme_ne_se_suit_plus(monde: Monde, as_: Any) -> None:
    monde.transports.ferme_le = today()
    db.session.commit()
    lea = as_(monde.lea)
    assert "Suivre ce responsable" not in lea.get(f"/acteurs/{monde.transports.id}").text
    refus = lea.poster(f"/suivre/acteur/{monde.transports.id}")
    assert refus.status_code == 422
    assert "Ce responsable est fermé" in refus.text


def test_on_ne_suit_pas_tout(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avec_compte, "PLAFOND", 1)
    suit(monde.lea, "theme", "transport")
    refus = as_(monde.lea).poster("/suivre/theme/sante")
    assert refus.status_code == 422
    assert "c’est le plus possible" in refus.text
    assert suivis() == 1


def test_un_visiteur_voit_un_lien(monde: Monde, client: Any) -> None:
    assert f'href="/suivre/fiche/{monde.fiche.id}"' in client.get(f"/fiches/{monde.fiche.id}").text


def test_le_lien_d_un_courriel_arrete_ce_suivi_seul(monde: Monde, client: Any) -> None:
    suit(monde.lea, "theme", "transport")
    suit(monde.lea, "fiche", monde.fiche.id)
    cle = db.session.scalars(select(Suivi.cle).where(Suivi.fiche_id.is_not(None))).one()
    assert client.get(f"/suivis/{cle}/fin").location == "/suivis/fin"
    assert monde.fiche.titre in client.get("/suivis/fin").text
    assert suivis() == 2  # GET stops nothing
    robot = client.application.test_client()  # a mail program has neither cookie nor CSRF token
    assert robot.post(f"/suivis/{cle}/fin", data={"List-Unsubscribe": "One-Click"}).status_code == 303
    assert suivis() == 1
    assert client.get("/suivis/fin").status_code == 410
    assert ouvrir(client, "/suivis/inventee/fin").status_code == 410


def test_la_liste_coute_autant_pour_un_que_pour_cinquante(monde: Monde, as_: Any) -> None:
    suit(monde.lea, "theme", "transport")
    lea = as_(monde.lea)
    with counted() as pour_un:
        lea.get("/mon-compte/suivis")
    for numero in range(50):
        suit(monde.lea, "acteur", make_acteur(f"Service {numero}").id)
    suit(monde.lea, "fiche", monde.fiche.id)
    suit(monde.lea, "territoire", "13")
    with counted() as pour_tous:
        assert "Service 49" in lea.get("/mon-compte/suivis").text
    assert len(pour_tous) == len(pour_un)


def test_un_compte_efface_emporte_ses_suivis(monde: Monde) -> None:
    compte = make_compte("Zoé")
    suit(compte, "theme", "transport")
    db.session.delete(compte)
    db.session.commit()
    assert suivis() == 0
