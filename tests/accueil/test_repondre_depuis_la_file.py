"""Answering from the queue: the row unfolds, its form is there, then the queue again or the next row."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from devtools.factories import LONGUE, Monde, hidden_fields, make_fiche
from mse.accueil.rangs import Groupe, group_rangs
from mse.accueil.views.file import fold_queue
from mse.avis.use_cases import demander_reouverture
from mse.core.clock import at, local_date, now
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.travail import work_queue
from mse.travail.api import QueueTab, list_tab

FILE = "/mon-espace?liste=a-faire"


def _acte(page: str, mot: str) -> str:
    """Return the URL of the act `mot` of the first row that has it."""
    trouve = re.search(rf'<a class="bouton second petit" href="([^"#]+)[^"]*">{mot}<', page)
    assert trouve is not None, mot
    return trouve[1].replace("&amp;", "&")


def _est_montre(page: str) -> bool:
    """True if the problem of the fiche is above the part that is folded on a phone."""
    rappel = page[page.index('class="rappel"') :]
    return rappel.index('class="probleme"') < rappel.index("<details")


def _retours(page: str) -> dict[str, str]:
    """Return where each button of the unfolded row goes on to, by its words."""
    boutons = re.findall(r'<button type="submit"[^>]*name="retour" value="([^"]*)">([^<]*)</button>', page)
    return {mot.strip(): retour.replace("&amp;", "&") for retour, mot in boutons}


def _formulaire(page: str) -> str:
    return page.partition('class="deplie"')[2].partition("</form>")[0]


def test_repondre_deplie_le_rang_et_ramene_a_la_file(monde: Monde, as_: Any) -> None:
    prendre_en_charge(monde.saisine, par=monde.agent)
    agent = as_(monde.agent)
    page = agent.get(_acte(agent.get("/mon-espace").text, "Répondre")).text
    for partie in ("Le car arrive à 8", "Les horaires ont changé", "Six personnes", "Commencer les cours"):
        assert partie in _formulaire(page)
    retours = _retours(page)
    assert retours == {"Publier": "/mon-espace?liste=en-cours"}  # no other fiche waits
    champs = {**hidden_fields(_formulaire(page)), "retour": retours["Publier"], "texte": LONGUE}
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert f'action="{adresse}"' in page
    envoyee = agent.post(adresse, data=champs)
    assert (envoyee.status_code, envoyee.location) == (303, "/mon-espace?liste=en-cours")
    retour = agent.get(envoyee.location).text
    assert "Votre réponse est publiée." in retour
    assert f'href="/fiches/{monde.fiche.id}#saisine-{monde.saisine.id}">Voir la fiche' in retour


def test_publier_et_passer_a_la_suivante_deplie_la_suivante(monde: Monde, as_: Any) -> None:
    [suivante] = make_fiche(monde.promotion, monde.samira, monde.transports).saisines
    agent = as_(monde.agent)
    page = agent.get(f"{FILE}&ouvrir={monde.saisine.id}").text
    retours = _retours(page)
    assert retours["Publier seulement"] == FILE
    champs = hidden_fields(_formulaire(page)) | {"retour": retours["Publier et passer à la suivante"]}
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    courte = agent.post(adresse, data={**champs, "texte": "Trop court."})
    assert courte.status_code == 422
    assert "Trop court." in courte.text
    assert hidden_fields(courte.text)["retour"].replace("&amp;", "&") == champs["retour"]
    envoyee = agent.post(adresse, data={**champs, "texte": LONGUE})
    assert envoyee.location == f"{FILE}&ouvrir={suivante.id}#s{suivante.id}"
    depliee = _formulaire(agent.get(envoyee.location).text)
    assert "Votre réponse est publiée." in depliee  # said where the person looks
    assert f"/saisines/{suivante.id}/reponse" in depliee


def test_un_rang_qui_n_attend_plus_de_reponse_ne_se_deplie_pas(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore en retard.", par=monde.samira)
    [ailleurs] = make_fiche(monde.promotion, monde.samira, monde.remuneration).saisines
    agent = as_(monde.agent)
    for ouvrir in (monde.saisine.id, ailleurs.id, 999):
        page = agent.get(f"{FILE}&ouvrir={ouvrir}")
        assert page.status_code == 200
        assert 'class="deplie"' not in page.text
    assert agent.get(f"{FILE}&ouvrir=zz").status_code == 422


def test_prendre_en_charge_est_l_acte_d_une_fiche_nouvelle(monde: Monde, as_: Any) -> None:
    """The title unfolds the row, for those who answer at once."""
    agent = as_(monde.agent)
    page = agent.get("/mon-espace").text
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/prise-en-charge"
    assert f'form="prise" formaction="{adresse}"' in page
    assert f'href="{FILE}&amp;ouvrir={monde.saisine.id}#s{monde.saisine.id}"' in page
    envoyee = agent.post(adresse, data=hidden_fields(page.partition('id="prise"')[2]))
    assert envoyee.location == FILE


def test_decider_est_le_bouton_et_ramene_a_la_file(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore en retard.", par=monde.samira)
    agent = as_(monde.agent)
    adresse = _acte(agent.get("/mon-espace").text, "Décider")
    page = agent.get(adresse).text
    assert _est_montre(page)
    champs = {**hidden_fields(page), "decision": "accepter", "texte": "Le car a changé d’horaire."}
    envoyee = agent.post(adresse.partition("?")[0], data=champs)
    assert envoyee.location == FILE


def test_les_rangs_se_groupent_par_ce_qu_il_y_a_a_faire(monde: Monde) -> None:
    """The first fiche is late 40 days later; there are a new one, one in charge and one to decide."""
    plus_tard = now() + timedelta(days=40)
    saisines: dict[str, Saisine] = {"en retard": monde.saisine}
    with at(plus_tard):
        for nom in ("nouvelle", "prise", "contestee"):
            [saisines[nom]] = make_fiche(monde.promotion, monde.samira, monde.transports).saisines
        prendre_en_charge(saisines["prise"], par=monde.agent)
        repondre_saisine(saisines["contestee"], LONGUE, par=monde.agent)
        demander_reouverture(saisines["contestee"], "Le car arrive encore tard.", par=monde.samira)
        le, noms = local_date(plus_tard), {saisine.id: nom for nom, saisine in saisines.items()}

        def lus(tab: QueueTab) -> dict[Groupe, list[str]]:
            groupes = group_rangs(list_tab([monde.transports.id], tab, le=le)[0], le=le)
            return {groupe: [noms[rang.ligne.id] for rang in rangs] for groupe, rangs in groupes.items()}

        assert lus(QueueTab.A_FAIRE) == {
            Groupe.EN_RETARD: ["en retard"],
            Groupe.A_PRENDRE: ["nouvelle"],
            Groupe.A_DECIDER: ["contestee"],
        }
        assert lus(QueueTab.EN_COURS) == {
            Groupe.EN_RETARD: ["en retard"],
            Groupe.A_PRENDRE: ["nouvelle"],
            Groupe.A_REPONDRE: ["prise"],
        }


@pytest.mark.parametrize("ailleurs", ["https://exemple.fr/", "//exemple.fr", "javascript:alert(1)", ""])
def test_la_file_ne_mene_pas_ailleurs(monde: Monde, as_: Any, ailleurs: str) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    envoyee = as_(monde.agent).poster(adresse, retour=ailleurs, texte=LONGUE)
    assert envoyee.location == f"/fiches/{monde.fiche.id}"


def test_la_deleguee_qui_precise_trouve_le_formulaire_sous_une_fiche_pliee(monde: Monde, as_: Any) -> None:
    page = as_(monde.samira).get(f"/fiches/{monde.fiche.id}/precision").text
    assert not _est_montre(page)


def test_la_page_de_reponse_passe_aussi_a_la_suivante(monde: Monde, as_: Any) -> None:
    [suivante] = make_fiche(monde.promotion, monde.samira, monde.transports).saisines
    agent = as_(monde.agent)
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert "Publier et passer à la suivante" in agent.get(adresse).text
    envoyee = agent.poster(adresse, texte=LONGUE, suite="/mon-espace/suivante")
    assert envoyee.location == "/mon-espace/suivante"
    queue = agent.get(envoyee.location)
    assert queue.location == f"/mon-espace?liste=a-faire&ouvrir={suivante.id}#s{suivante.id}"
    assert "Votre réponse est publiée." in _formulaire(agent.get(queue.location).text)


def test_publier_seulement_ramene_a_la_fiche(monde: Monde, as_: Any) -> None:
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    page = f"/fiches/{monde.fiche.id}"
    agent = as_(monde.agent)
    envoyee = agent.poster(adresse, texte=LONGUE, suite=page, retour=FILE)
    assert envoyee.location == page
    assert f'href="#saisine-{monde.saisine.id}"' in agent.get(page).text


def test_publier_seulement_depuis_la_page_garde_les_filtres(monde: Monde, as_: Any) -> None:
    """On the page of answering and on the preview, for a person who comes from a filtered queue."""
    make_fiche(monde.promotion, monde.samira, monde.transports)
    filtree = f"/mon-espace?liste=a-faire&theme={monde.fiche.theme_code}"
    agent = as_(monde.agent)
    file = agent.get(f"{filtree}&ouvrir={monde.saisine.id}").text
    assert _retours(file)["Publier seulement"] == filtree
    suivante = _retours(file)["Publier et passer à la suivante"]
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    page = agent.get(f"{adresse}?{urlencode({'retour': suivante})}").text
    apercu = agent.post(
        f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/redaction/repondre/apercu",
        data={**hidden_fields(page), "retour": suivante, "texte": LONGUE},
    ).text
    for html in (page, apercu):
        [suite] = re.findall(r'class="lien-bouton"\s+name="suite"\s+value="([^"]+)"', html)
        assert suite.replace("&amp;", "&") == filtree
    envoyee = agent.poster(adresse, texte=LONGUE, suite=filtree)
    assert envoyee.location == filtree


def test_une_file_repliee_garde_ses_filtres(app: Flask) -> None:
    with app.test_request_context():
        for retour, attendue in (
            ("/mon-espace?liste=a-faire&theme=sante&ouvrir=12#s12", "/mon-espace?liste=a-faire&theme=sante"),
            ("/mon-espace/suivante?liste=en-cours&porteur=3", "/mon-espace?liste=en-cours&porteur=3"),
            ("/mon-espace", "/mon-espace"),
            ("https://exemple.fr/mon-espace", "/mon-espace"),
            ("/fiches/3", ""),
            (None, ""),
        ):
            assert fold_queue(retour) == attendue


def test_apres_la_derniere_ligne_d_une_page_vient_la_page_suivante(
    monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_fiche(monde.promotion, monde.samira, monde.transports)
    monkeypatch.setattr(work_queue, "PAR_PAGE", 1)
    page = as_(monde.agent).get(f"{FILE}&ouvrir={monde.saisine.id}").text
    assert _retours(page)["Publier et passer à la suivante"] == "/mon-espace/suivante?liste=a-faire"


def test_sans_rien_a_repondre_la_suivante_est_la_file(monde: Monde, as_: Any) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    for compte, file in ((monde.agent, "/mon-espace?liste=a-faire"), (monde.samira, "/mon-espace")):
        assert as_(compte).get("/mon-espace/suivante").location == file
