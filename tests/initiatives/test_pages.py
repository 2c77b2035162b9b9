"""Pages of an initiative: forms, actions and the number of queries."""

import re
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from devtools.factories import NICE, Monde, keep, make_delegue, make_fiche, make_initiative, make_promotion
from mse.core.clock import now
from mse.extensions import db
from mse.initiatives.models import Initiative, LigneInitiative
from mse.initiatives.queries import LIGNES
from mse.initiatives.use_cases import ajouter_porteur, donner_nouvelle, lier_fiche
from mse.initiatives.workflow import Nature
from tests.notifications.conftest import addresses, take_mails

MOT = "Nous avons trouvé une salle et des livres."


@pytest.fixture
def initiative(monde: Monde) -> Initiative:
    return make_initiative(monde.promotion, monde.samira)


@pytest.mark.parametrize(
    ("page", "verbe"),
    [
        ("lignes/{ligne}/masquage", "Effacer ce texte"),
        ("avancement/abandonner", "Abandonner l’initiative"),
        ("nouvelles", "Publier"),
    ],
)
def test_le_bouton_dit_ce_qu_il_fait(
    monde: Monde, initiative: Initiative, as_: Any, page: str, verbe: str
) -> None:
    donner_nouvelle(initiative, MOT, par=monde.samira)
    adresse = f"/initiatives/{initiative.id}/{page.format(ligne=initiative.lignes[-1].id)}"
    boutons = re.findall(
        r'<button type="submit" class="bouton"[^>]*>(.*?)</button>', as_(monde.animatrice).get(adresse).text
    )
    assert boutons == [verbe]


def test_le_formulaire_garde_ce_qui_est_tape(monde: Monde, as_: Any) -> None:
    browser = as_(monde.samira)
    refus = browser.poster("/initiatives/nouvelle", titre="x" * 121, description=MOT, theme_code="transport")
    assert refus.status_code == 422
    assert MOT in refus.text
    assert "121 caractères" in refus.text
    assert re.findall(r'<li><a href="#(\w+)">', refus.text) == ["porteur", "titre"]  # order of the fields
    proposer = partial(
        browser.poster, "/initiatives/nouvelle", titre="Un guide", description=MOT, theme_code="transport"
    )
    assert proposer(porteur=f"promotion:{monde.autre_promotion.id}").status_code == 422
    assert proposer(porteur=f"promotion:{monde.promotion.id}").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Initiative)) == 1


def test_les_fiches_de_qui_la_porte_sont_proposees(monde: Monde, initiative: Initiative, as_: Any) -> None:
    """The page offers the fiches of the porteurs, except those already linked."""
    samira, adresse = as_(monde.samira), f"/initiatives/{initiative.id}/fiches"
    autre = make_promotion(monde.lavande, "Serveur")
    d_ailleurs = make_fiche(autre, make_delegue(autre, "Rosa"), monde.transports)
    page = samira.get(adresse).text
    assert f'name="fiche_id" value="{monde.fiche.id}"' in page
    assert f'value="{d_ailleurs.id}"' not in page
    assert samira.poster(adresse, fiche_id=monde.fiche.id).status_code == 303
    assert f'name="fiche_id" value="{monde.fiche.id}"' not in samira.get(adresse).text


def test_les_gestes_d_une_page_a_l_autre(monde: Monde, initiative: Initiative, as_: Any) -> None:
    adresse, samira, lea = f"/initiatives/{initiative.id}", as_(monde.samira), as_(monde.lea)
    assert samira.poster(f"{adresse}/avancement/realiser", mot="fait").status_code == 422
    assert samira.poster(f"{adresse}/avancement/lancer", mot="").status_code == 303
    assert samira.poster(f"{adresse}/nouvelles", texte=MOT).status_code == 303
    assert samira.poster(f"{adresse}/fiches", fiche_id=monde.fiche.id).status_code == 303
    assert samira.poster(f"{adresse}/fiches", fiche_id="abc").status_code == 422
    assert samira.poster(f"{adresse}/fiches", delier=str(monde.fiche.id)).status_code == 303
    assert samira.poster(f"{adresse}/fiches", delier="x").status_code == 404
    assert lea.poster(f"{adresse}/participation").status_code == 303
    assert "Ne plus participer" in lea.get(adresse).text
    assert "Lea" in samira.get(adresse).text
    assert "Lea" not in as_(None).get(adresse).text
    assert lea.poster(f"{adresse}/participation", quitter="1").status_code == 303
    assert (
        as_(monde.animatrice).poster(f"{adresse}/moderation", texte="Elle nomme quelqu’un.").status_code
        == 303
    )
    assert as_(monde.animatrice).poster(f"{adresse}/moderation", retablir="1").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(LigneInitiative)) == 3


def test_un_seul_porteur_possible_est_deja_choisi(monde: Monde, as_: Any) -> None:
    seule = f'<option selected value="promotion:{monde.promotion.id}">'
    assert seule in as_(monde.samira).get("/initiatives/nouvelle").text
    page = as_(monde.animatrice).get("/initiatives/nouvelle").text  # she may choose any organisme
    assert '<option selected value="">' in page


def test_qui_la_porte_sait_que_ses_nouvelles_viendront_encore(
    monde: Monde, initiative: Initiative, as_: Any
) -> None:
    """A porteur who stops participating still gets the news by e-mail, and the page says so."""
    adresse = f"/initiatives/{initiative.id}/participation"
    for compte, encore in ((monde.samira, True), (monde.lea, False), (monde.animatrice, False)):
        assert as_(compte).poster(adresse).status_code == 303
        page = as_(compte).get(adresse).text
        assert ("vous recevrez encore ses nouvelles" in page) == encore
        assert ("Vous ne recevrez plus ses nouvelles" in page) != encore
        assert as_(compte).poster(adresse, quitter="1").status_code == 303
    take_mails()
    donner_nouvelle(initiative, MOT, par=monde.animatrice)
    nouvelles = take_mails()
    assert addresses(nouvelles) == {monde.samira.courriel, monde.karim.courriel}
    assert all("Si vous y participez sans la porter" in (mail.texte or "") for mail in nouvelles)


@pytest.mark.parametrize("page", ["/initiatives", "/initiatives/{id}"])
def test_le_nombre_de_requetes_est_borne(app: Flask, monde: Monde, client: Any, page: str) -> None:
    comptes = []
    for nombre in (1, 20):
        for _ in range(nombre):
            une = make_initiative(monde.promotion, monde.samira)
            lier_fiche(une, make_fiche(monde.promotion, monde.samira, monde.transports), par=monde.samira)
            ajouter_porteur(une, make_promotion(monde.lavande, commune_code=NICE), par=monde.animatrice)
            donner_nouvelle(une, MOT, par=monde.samira)
        vues: list[str] = []
        event.listen(db.engine, "before_cursor_execute", listener := lambda *a: vues.append(a[2]))  # noqa: B023
        client.get(page.format(id=une.id))
        event.remove(db.engine, "before_cursor_execute", listener)
        comptes.append(len(vues))
    assert comptes[0] == comptes[1] <= 11


def test_les_nouvelles_se_lisent_page_par_page(monde: Monde, client: Any) -> None:
    initiative = make_initiative(monde.promotion, monde.samira)
    for numero in range(45):
        ligne = LigneInitiative(initiative_id=initiative.id, nature=Nature.NOUVELLE, le=now())
        ligne.texte, ligne.texte_html = f"Nouvelle {numero}", f"<p>Nouvelle numéro {numero} fin</p>"
        keep(ligne)
    adresse, vues = f"/initiatives/{initiative.id}", []
    while adresse:
        page = client.get(adresse).text
        ici = [int(numero) for numero in re.findall(r"Nouvelle numéro (\d+) fin", page)]
        assert len(ici) <= LIGNES
        vues += ici
        suite = re.search(r'href="([^"]+)" rel="next"', page)
        adresse = suite[1].replace("&amp;", "&") if suite else ""
    assert vues == list(range(44, -1, -1))
    assert client.get(f"/initiatives/{initiative.id}?avant=x").status_code == 422
