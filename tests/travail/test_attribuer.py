"""Assignment of saisines: every agent of the team changes it, nobody else sees it."""

import re
from typing import Any

import pytest

from devtools.factories import LONGUE, Monde, hidden_fields, make_agent, make_fiche
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.representation.use_cases.comptes import fermer_compte
from mse.responsables.use_cases import transferer_saisine
from mse.travail.api import FiltresFile, Porteur, QueueTab, count_filtered, list_tab
from mse.travail.models import Attribution
from mse.travail.use_cases import attribuer_saisine

FILE = "/mon-espace?liste=a-faire"


def _porteur(monde: Monde) -> int | None:
    attribution = db.session.get(Attribution, monde.saisine.id, populate_existing=True)
    return attribution.compte_id if attribution else None


def test_un_agent_confie_puis_rend(monde: Monde) -> None:
    attribuer_saisine(monde.saisine, monde.referent.id, par=monde.agent)
    assert _porteur(monde) == monde.referent.id
    attribuer_saisine(monde.saisine, None, par=monde.agent, avant=monde.referent.id)
    assert _porteur(monde) is None


def test_on_ne_prend_pas_ce_qu_un_collegue_vient_de_prendre(monde: Monde) -> None:
    attribuer_saisine(monde.saisine, monde.referent.id, par=monde.referent)
    with pytest.raises(TransitionInterdite, match=f"Entre-temps, {monde.referent.prenom}"):
        attribuer_saisine(monde.saisine, monde.agent.id, par=monde.agent)
    assert _porteur(monde) == monde.referent.id


def test_seule_l_equipe_attribue_et_seule_elle_recoit(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide):
        attribuer_saisine(monde.saisine, monde.autre_agent.id, par=monde.agent)
    for autre in (monde.autre_agent, monde.animatrice, monde.samira):
        with pytest.raises(Interdit):
            attribuer_saisine(monde.saisine, monde.agent.id, par=autre)


@pytest.mark.parametrize("depart", ["retirer", "fermer"])
def test_qui_part_rend_ses_fiches_a_l_equipe(monde: Monde, depart: str) -> None:
    attribuer_saisine(monde.saisine, monde.agent.id, par=monde.agent)
    if depart == "retirer":
        poste = next(a for a in monde.transports.appartenances if a.compte is monde.agent)
        terminer_appartenance(poste, par=monde.referent)
    else:
        fermer_compte(monde.agent, par=monde.admin)
    assert _porteur(monde) is None


def test_un_transfert_fait_oublier_l_ancienne_equipe(monde: Monde) -> None:
    attribuer_saisine(monde.saisine, monde.agent.id, par=monde.agent)
    transferer_saisine(monde.saisine, monde.ailleurs.id, "Cela dépend de vous.", par=monde.agent)
    assert _porteur(monde) is None


def test_les_miennes_et_celles_de_personne(monde: Monde) -> None:
    libre = make_fiche(monde.promotion, monde.samira, monde.transports)
    attribuer_saisine(monde.saisine, monde.agent.id, par=monde.agent)
    attendues = {Porteur.MOI: [monde.fiche.id], Porteur.PERSONNE: [libre.id]}
    for porteur, fiches in attendues.items():
        filtres = FiltresFile(porteur=porteur, compte_id=monde.agent.id)
        acteurs = [monde.transports.id]
        lignes, _suite = list_tab(acteurs, QueueTab.A_FAIRE, le=today(), filtres=filtres)
        assert [ligne.fiche_id for ligne in lignes] == fiches
        assert count_filtered(acteurs, filtres, le=today())[QueueTab.A_FAIRE] == len(fiches)


def test_la_file_montre_qui_et_donne_les_gestes(monde: Monde, as_: Any) -> None:
    agent = as_(monde.agent)
    page = agent.get(f"{FILE}&ouvrir={monde.saisine.id}").text
    adresse = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/attribution"
    assert f'formaction="{adresse}"' in page
    champs = hidden_fields(page.partition('id="prise"')[2]) | {"a_qui": str(monde.agent.id)}
    envoyee = agent.post(adresse, data=champs)
    assert envoyee.location == FILE
    file = agent.get(FILE).text
    assert "Vous vous occupez de cette fiche." in file
    assert f"{monde.agent.prenom} s’en occupe" in file
    assert monde.fiche.titre in agent.get(f"{FILE}&porteur=moi").text
    assert "Aucune fiche de cette liste" in as_(monde.referent).get(f"{FILE}&porteur=moi").text


def test_personne_d_autre_ne_sait_qui_s_en_occupe(monde: Monde, as_: Any) -> None:
    canari = make_agent(monde.transports, "CANARI")
    attribuer_saisine(monde.saisine, canari.id, par=monde.agent)
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    for compte in (monde.samira, monde.lea, monde.autre_agent, monde.animatrice):
        client = as_(compte)
        for adresse in ("/mon-espace", "/fiches", f"/fiches/{monde.fiche.id}", "/fiches.atom"):
            assert "CANARI" not in client.get(adresse).text


def test_on_filtre_par_une_collegue_meme_partie(monde: Monde, as_: Any) -> None:
    """The filter offers the colleagues by name. A shared filter still opens once its colleague has left."""
    autre = make_fiche(monde.promotion, monde.samira, monde.transports, titre="Pas de micro-ondes")
    attribuer_saisine(monde.saisine, monde.referent.id, par=monde.agent)
    agent, filtre = as_(monde.agent), f"porteur={monde.referent.id}"
    assert f'<option value="{monde.referent.id}">' in re.sub(r"\s+>", ">", agent.get(FILE).text)
    page = agent.get(f"{FILE}&{filtre}").text
    assert monde.fiche.titre in page
    assert autre.titre not in page
    assert re.search(rf'value="{monde.referent.id}"\s+selected', page)
    assert f"liste=en-cours&amp;{filtre}" in page
    db.session.delete(monde.referent.appartenances[0])  # type: ignore[attr-defined]
    db.session.commit()
    assert "Une personne qui a quitté l’équipe" in agent.get(f"{FILE}&{filtre}").text
    assert "Une personne qui a quitté l’équipe" not in agent.get(f"{FILE}&porteur={monde.agent.id}").text
    assert agent.get(f"{FILE}&porteur=zz").status_code == 422


def test_la_fiche_et_la_page_de_reponse_disent_qui_et_le_changent(monde: Monde, as_: Any) -> None:
    """For the owner's agents only: neither delegates nor other owners read who has the fiche."""
    attribuer_saisine(monde.saisine, monde.referent.id, par=monde.agent)
    fiche = f"/fiches/{monde.fiche.id}"
    reponse = f"{fiche}/saisines/{monde.saisine.id}/reponse"
    agent = as_(monde.agent)
    for page in (fiche, reponse):
        html = agent.get(page).text
        assert f"{monde.referent.prenom} s’en occupe." in html, page
        [lien] = re.findall(r'href="([^"]+/attribution[^"]*)"', html)
        envoyee = agent.poster(lien.replace("&amp;", "&"), a_qui=str(monde.referent.id))
        assert envoyee.location.partition("#")[0] == page
    for autre in (None, monde.samira, monde.autre_agent, monde.animatrice):
        page = as_(autre).get(fiche).text
        assert "s’en occupe." not in page
        assert "/attribution" not in page


def test_une_fiche_close_n_est_plus_a_attribuer(monde: Monde, as_: Any) -> None:
    regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert "/attribution" not in as_(monde.agent).get(f"/fiches/{monde.fiche.id}").text
