"""Actions on several fiches at once: refused ones are listed, the others are done."""

from datetime import date
from html import unescape
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, hidden_fields, make_fiche
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.queries.pages import get_derniere_etape
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.travail.queries import map_porteurs
from tests.redaction.modeles import make_modele

LOT = "/mon-espace/lot"
FILE = "/mon-espace?liste=a-faire"


@pytest.fixture
def paire(monde: Monde) -> list[Saisine]:
    """Two saisines of the same acteur."""
    return [monde.saisine, make_fiche(monde.promotion, monde.samira, monde.transports).saisines[0]]


def _choisir(saisines: list[Saisine]) -> str:
    return f"{LOT}?retour=/mon-espace&" + "&".join(f"s={saisine.id}" for saisine in saisines)


def _champs(page: str, saisines: list[Saisine], **champs: str) -> dict[str, Any]:
    versions = [f"{saisine.id}.{saisine.version}" for saisine in saisines]
    return {**hidden_fields(page), "s": versions, **champs}


def test_la_file_a_une_case_par_ligne_et_la_page_dit_tout_avant(
    monde: Monde, as_: Any, paire: list[Saisine]
) -> None:
    agent = as_(monde.agent)
    file = agent.get(FILE).text
    for saisine in paire:
        assert f'name="s" value="{saisine.id}" form="lot"' in file
    page = agent.get(_choisir(paire)).text
    for saisine in paire:
        assert saisine.fiche.titre in page
        assert f'value="{saisine.id}.{saisine.version}" checked' in page
    assert paire[0].prise_en_charge_le is None  # nothing is done by reading


def test_prendre_en_charge_plusieurs_fiches(monde: Monde, as_: Any, paire: list[Saisine]) -> None:
    agent = as_(monde.agent)
    champs = _champs(agent.get(_choisir(paire)).text, paire, acte="prendre")
    assert agent.post(LOT, data=champs).location == "/mon-espace"
    assert "2 fiches prises en charge." in agent.get("/mon-espace").text
    assert all(saisine.prise_en_charge_le for saisine in paire)


def test_confier_plusieurs_fiches(monde: Monde, as_: Any, paire: list[Saisine]) -> None:
    agent = as_(monde.agent)
    page = agent.get(_choisir(paire)).text
    agent.post(LOT, data=_champs(page, paire, acte="confier", a_qui=str(monde.referent.id)))
    porteurs = map_porteurs([saisine.id for saisine in paire])
    assert {saisine_id: compte.id for saisine_id, compte in porteurs.items()} == {
        saisine.id: monde.referent.id for saisine in paire
    }


def test_une_fiche_repondue_entre_temps_est_nommee_et_le_texte_reste(
    monde: Monde, as_: Any, paire: list[Saisine]
) -> None:
    agent = as_(monde.agent)
    champs = _champs(agent.get(_choisir(paire)).text, paire, acte="repondre", texte=LONGUE)
    repondre_saisine(paire[0], "Une autre réponse. " + LONGUE, par=monde.referent)
    reponse = agent.post(LOT, data=champs)
    assert reponse.status_code == 409
    assert "1 réponse publiée." in reponse.text
    assert "1 fiche est restée comme elle était." in reponse.text
    assert paire[0].fiche.titre in reponse.text
    assert LONGUE in reponse.text
    db.session.expire_all()
    assert paire[1].repondue_le is not None
    assert paire[0].tour == 1


def test_un_texte_trop_court_ne_publie_rien_et_garde_le_choix(
    monde: Monde, as_: Any, paire: list[Saisine]
) -> None:
    agent = as_(monde.agent)
    champs = _champs(agent.get(_choisir(paire)).text, paire, acte="repondre", texte="Trop court.")
    reponse = agent.post(LOT, data=champs)
    assert reponse.status_code == 422
    assert "Trop court." in reponse.text
    assert all(f'value="{saisine.id}.{saisine.version}" checked' in reponse.text for saisine in paire)
    assert not any(saisine.repondue_le for saisine in paire)


def test_les_fiches_d_une_autre_equipe_n_y_sont_pas(monde: Monde, as_: Any) -> None:
    autre = make_fiche(monde.promotion, monde.samira, monde.remuneration, titre="CANARI AILLEURS").saisines[0]
    agent = as_(monde.agent)
    assert "CANARI" not in agent.get(_choisir([autre])).text
    page = agent.get(_choisir([monde.saisine])).text
    agent.post(LOT, data=_champs(page, [autre], acte="prendre"))
    db.session.expire_all()
    assert autre.prise_en_charge_le is None
    assert agent.get(f"{LOT}?s=zz").status_code == 422


def _texte(page: str) -> str:
    return unescape(page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip())


def test_un_modele_se_remplit_fiche_par_fiche(monde: Monde, as_: Any, paire: list[Saisine]) -> None:
    """Its placeholders stay in the text of the page, and become the words of each fiche when it is
    published."""
    modele = make_modele(monde)
    make_modele(monde, "Trop ancien", fin=date(2020, 1, 1))
    paire[1].fiche.titre = "Pas de bus le soir"
    db.session.commit()
    agent = as_(monde.agent)
    page = agent.get(_choisir(paire)).text
    assert "Trop ancien" not in page
    champs = _champs(page, paire, texte="Bonjour.", modele=str(modele.id))
    inseree = agent.post(LOT, data=champs)
    assert inseree.status_code == 200
    texte = _texte(inseree.text)
    assert texte.startswith("Bonjour.")
    assert "{titre}" in texte
    assert all(saisine.est_en_cours for saisine in paire)  # nothing is published by inserting
    publiee = agent.post(LOT, data=_champs(inseree.text, paire, texte=texte, acte="repondre"))
    assert publiee.status_code == 303
    for saisine in paire:
        reponse = get_derniere_etape(saisine)
        assert saisine.fiche.titre in reponse.texte
        assert "{" not in reponse.texte


@pytest.mark.parametrize(("mot", "phrase"), [("[le jour]", "Il reste à compléter"), ("{prenom}", "Retirez")])
def test_un_modele_inacheve_n_est_publie_nulle_part(
    monde: Monde, as_: Any, paire: list[Saisine], mot: str, phrase: str
) -> None:
    agent = as_(monde.agent)
    champs = _champs(agent.get(_choisir(paire)).text, paire, acte="repondre", texte=f"{LONGUE} {mot}")
    refusee = agent.post(LOT, data=champs)
    assert refusee.status_code == 422
    assert phrase in refusee.text
    assert mot in _texte(refusee.text)
    assert all(saisine.est_en_cours for saisine in paire)


def test_un_modele_d_un_theme_ne_s_offre_qu_aux_fiches_de_ce_theme(
    monde: Monde, as_: Any, paire: list[Saisine]
) -> None:
    modele = make_modele(monde, "Les bus", theme_code="transport")
    ailleurs = make_fiche(monde.promotion, monde.samira, monde.transports, theme="sante").saisines[0]
    agent = as_(monde.agent)
    assert "Les bus" in agent.get(_choisir(paire)).text
    page = agent.get(_choisir([*paire, ailleurs])).text
    assert "Les bus" not in page
    champs = _champs(page, [*paire, ailleurs], modele=str(modele.id))
    assert agent.post(LOT, data=champs).status_code == 422
