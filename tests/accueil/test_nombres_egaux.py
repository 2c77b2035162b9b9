"""One definition of each count: the header, the title, the tabs, the rows, the mails and the other pages
agree, in a world where a fiche of each kind exists."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import JOUR, LONGUE, Monde, make_acteur, make_brouillon, make_fiche, make_initiative
from mse.accueil.urgences import Geste
from mse.annuaire.use_cases.agents import terminer_appartenance
from mse.avis.use_cases import accepter_reouverture, demander_reouverture, donner_avis
from mse.comptes.models import Compte
from mse.core.clock import at, local_date, today
from mse.core.working_days import add_working_days
from mse.depot.use_cases.deposer import deposer_fiche
from mse.echanges.use_cases import ecrire_message
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import (
    abandonner_saisine,
    prendre_en_charge,
    regler_saisine,
    repondre_saisine,
)
from mse.fiches.workflow import Valeur
from mse.initiatives.use_cases.demander import demander_portage
from mse.moderation.use_cases import retirer_fiche
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.relances.use_cases.relancer import relancer_acteur
from mse.representation.policies import roles_de
from mse.responsables.use_cases import transferer_saisine
from mse.travail.api import QueueTab, list_tab
from tests.database_states import DatabaseStates
from tests.espace import lire
from tests.notifications.conftest import take_mails
from tests.relances.jours import run_ladder

pytestmark = pytest.mark.usefixtures("jour")
MOTIF = "Cette équipe connaît mieux le sujet que la nôtre."
ENCORE = "Le car arrive encore en retard."


def _le(jours: int) -> Any:
    """The clock, that many working days after JOUR."""
    jour: date = add_working_days(local_date(JOUR), jours)
    return at(JOUR + (jour - local_date(JOUR)))


@pytest.fixture
def fiches(monde: Monde, database_states: DatabaseStates) -> dict[str, Fiche]:
    """A fiche of each kind, by name. It is read on the 30th working day after JOUR."""
    faites = database_states.once(_vivre, monde)
    return {"tard": monde.fiche, **{fiche.titre.removeprefix("Fiche "): fiche for fiche in faites}}


def _vivre(monde: Monde) -> list[Fiche]:
    agent, samira = monde.agent, monde.samira
    cars, promotion = monde.transports, monde.promotion
    faites = {"tard": monde.fiche}
    for nom, acteur, theme in (
        ("prise_et_tard", cars, "transport"),
        ("urgente_et_tard", cars, "securite"),
        ("transferee", cars, "transport"),
        ("prolongee", cars, "transport"),
        ("jugee", cars, "transport"),
        ("demandee", cars, "transport"),
        ("rouverte", cars, "transport"),
        ("abandonnee", cars, "transport"),
        ("retiree", cars, "transport"),
        ("sans_compte", make_acteur("Service nouveau"), "securite"),
    ):
        faites[nom] = make_fiche(promotion, samira, acteur, theme=theme, titre=f"Fiche {nom}")
    saisines = {nom: fiche.saisines[0] for nom, fiche in faites.items()}
    for nom in ("prise_et_tard", "urgente_et_tard", "prolongee"):
        prendre_en_charge(saisines[nom], par=agent)
    with _le(10):
        for nom in ("jugee", "demandee", "rouverte"):
            repondre_saisine(saisines[nom], LONGUE, par=agent)
            donner_avis(saisines[nom], Valeur.OUI, "", par=samira)
        abandonner_saisine(saisines["abandonnee"], LONGUE, par=agent)
    with _le(15):
        transferer_saisine(saisines["transferee"], monde.remuneration.id, MOTIF, par=agent)
        prolonger_saisine(saisines["prolongee"], 10, MOTIF, par=agent)
        retirer_fiche(faites["retiree"], "Cette fiche nomme une personne.", par=monde.animatrice)
        for nom in ("en_pause", "a_juger"):
            faites[nom] = make_fiche(promotion, samira, cars, titre=f"Fiche {nom}")
            prendre_en_charge(faites[nom].saisines[0], par=agent)
    with _le(28):
        for nom in ("rouverte", "demandee"):
            demander_reouverture(saisines[nom], ENCORE, par=samira)
        accepter_reouverture(saisines["rouverte"], ENCORE, par=agent)
        _ecrire(faites["en_pause"], "Quel jour ?", par=agent, attend=True)
        regler_saisine(faites["a_juger"].saisines[0], LONGUE, par=agent)
        _ecrire(faites["prise_et_tard"], "Toujours rien.", par=samira)
        faites["nouvelle"] = make_fiche(promotion, samira, cars, titre="Fiche nouvelle")
        faites["sans_responsable"] = make_fiche(
            promotion, samira, theme="discriminations", titre="Fiche sans_responsable"
        )
        faites["retenue"] = make_brouillon(
            promotion, samira, probleme="Appelez le 06 12 34 56 78.", titre="Fiche retenue"
        )
        deposer_fiche(faites["retenue"], insiste=True, par=samira)
        faites["brouillon"] = make_brouillon(promotion, samira, titre="Fiche brouillon")
        initiative = make_initiative(promotion, samira)
        demander_portage(initiative, monde.autre_promotion, par=monde.lea)
    return [fiche for nom, fiche in faites.items() if nom != "tard"]


def _ecrire(fiche: Fiche, texte: str, *, par: Compte, **options: Any) -> None:
    assert ecrire_message(fiche.saisines[0], texte, cle=str(uuid4()), par=par, **options) == []


def _entete(page: str) -> int:
    """The number beside «Mon espace» in the header."""
    trouve = re.search(r'class="moi"[^>]*>Mon espace(?: \((\d+)\))?', page)
    assert trouve is not None
    return int(trouve[1] or 0)


def _titre(page: str) -> int:
    """The sum of the numbers in the title of «Mon espace»."""
    return sum(map(int, re.findall(r"\d+", page.partition("<h1>")[2].partition("</h1>")[0])))


def _onglets(page: str) -> dict[str, int]:
    return {nom: int(n) for nom, n in re.findall(r"\?liste=([\w-]+)[^<]*<b>(\d+)</b>", page)}


def _section(page: str, nom: str) -> str:
    return page.partition(f'aria-labelledby="{nom}"')[2].partition("</section>")[0]


ATTENDENT = {
    # what waits for each person; a fiche in two lists counts once
    "samira": {"a_juger", "en_pause", "brouillon"},
    "agent": {"tard", "prise_et_tard", "urgente_et_tard", "nouvelle", "demandee"},
    "autre_agent": {"transferee"},
    "animatrice": {"urgente_et_tard", "sans_compte", "sans_responsable", "retenue"},
}
DEMANDES = {"samira": 1, "animatrice": 1}


@pytest.mark.parametrize("qui", ATTENDENT)
def test_l_en_tete_le_titre_et_les_lignes_disent_le_meme_nombre(
    monde: Monde, fiches: dict[str, Fiche], as_: Any, qui: str
) -> None:
    attendu = len(ATTENDENT[qui]) + DEMANDES.get(qui, 0)
    with _le(30):
        navigateur = as_(getattr(monde, qui))
        page = navigateur.get("/mon-espace").text
        assert _entete(page) == _titre(page) == attendu
        assert _entete(navigateur.get("/fiches").text) == attendu
        assert _entete(navigateur.get("/inconnue").text) == attendu
        assert _lignes(monde, fiches, qui) == ATTENDENT[qui]


def _lignes(monde: Monde, fiches: dict[str, Fiche], qui: str) -> set[str]:
    """The names of the fiches in the lists of the page that wait for this person."""
    noms = {fiche.id: nom for nom, fiche in fiches.items()}
    compte = getattr(monde, qui)
    lignes = lire(compte)
    listes = ["messages", "avis_attendus", "brouillons", *Geste, "sans_compte"]
    lues = {noms[ligne.fiche_id] for liste in listes for ligne in lignes[liste]}
    acteurs = roles_de(compte).agent_de
    return lues | {noms[une.fiche_id] for une in list_tab(acteurs, QueueTab.A_FAIRE, le=today())[0]}


def test_chaque_onglet_compte_ses_lignes_et_la_page_du_service_les_siennes(
    monde: Monde, fiches: dict[str, Fiche], as_: Any
) -> None:
    with _le(30):
        agent = as_(monde.agent)
        onglets = _onglets(agent.get("/mon-espace").text)
        assert onglets == {
            "a-faire": 5,
            "a-prendre-en-charge": 2,
            "en-retard": 3,
            "reouvertures": 1,
            "en-cours": 7,
        }
        for nom, nombre in onglets.items():
            page = agent.get(f"/mon-espace?liste={nom}").text
            assert page.count('<li class="rang"') == nombre, nom
            filtree = agent.get(f"/mon-espace?liste={nom}&territoire=13").text
            assert _onglets(filtree) == onglets
        service = as_(None).get(f"/acteurs/{monde.transports.id}").text
        assert re.search(r"<b>7</b><span>en cours, dont\s3 en retard", service)
        tableau = agent.get(f"/acteurs/{monde.transports.id}/saisines.csv").text
        assert tableau.count(";En cours;") == onglets["en-cours"]


def test_l_association_lit_les_memes_nombres_que_le_service(
    monde: Monde, fiches: dict[str, Fiche], as_: Any
) -> None:
    take_mails()
    with _le(30):
        animatrice = as_(monde.animatrice)
        page = animatrice.get("/mon-espace").text
        d_abord = _section(page, "d-abord")
        assert "(4)" in d_abord
        assert d_abord.count('<li class="ligne raison"') + d_abord.count('class="panneau mer"') == 4
        assert "(1)" in _section(page, "sans-compte")
        assert re.search(r"3\sfiches,\s+dont\s1\surgente", _section(page, "en-retard"))
        relance = animatrice.get(f"/acteurs/{monde.transports.id}/relances").text
        assert re.search(r"Relancer pour 3\sfiches", relance)
        assert relancer_acteur(monde.transports, par=monde.animatrice) == 3
    rappels = run_ladder(add_working_days(local_date(JOUR), 30))
    en_retard = {fiches[nom].titre for nom in ("tard", "prise_et_tard", "urgente_et_tard")}
    du_jour = {fiches["prolongee"].titre}  # due that day, not late
    assert set(rappels[str(monde.agent.courriel)]) == en_retard | du_jour


def test_le_courriel_du_dernier_depart_compte_comme_la_liste(monde: Monde, fiches: dict[str, Fiche]) -> None:
    take_mails()
    [poste] = monde.autre_agent.appartenances  # type: ignore[attr-defined]
    with _le(30):
        terminer_appartenance(poste, par=monde.animatrice)
        [mail] = [un for un in take_mails() if un.evenement == "appartenance_fermee"]
        siennes = [
            une for une in lire(monde.animatrice)["sans_compte"] if une.acteur_id == monde.remuneration.id
        ]
    assert len(siennes) == 1
    assert "transferee" in str(mail.texte)
