"""The queue of an owner: pending work first, sorted by due date, each fiche once."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_agent, make_fiche
from mse.annuaire.models import Acteur
from mse.avis.use_cases import demander_reouverture
from mse.core import registry
from mse.core.clock import at, local_date, now, today
from mse.extensions import db
from mse.fiches.api import Urgence, classer
from mse.fiches.models import Fiche, FicheTerritoire
from mse.fiches.policies import peut_abandonner
from mse.fiches.use_cases.traiter import prendre_en_charge, repondre_saisine
from mse.moderation.use_cases import retirer_fiche
from mse.travail import work_queue
from mse.travail.api import AUCUN, FiltresFile, QueueTab, borner, count_filtered, list_tab
from mse.travail.work_queue import COUNTED, name_source
from tests.espace import lire

PLUS_TARD = timedelta(days=40)


def _count(acteur: Acteur) -> dict[QueueTab, int]:
    return count_filtered([acteur.id], AUCUN, le=_le())


def _le() -> date:
    return local_date(now() + PLUS_TARD)


@pytest.fixture
def deposees(monde: Monde) -> dict[str, Fiche]:
    """One fiche per case. `prise` and `nouvelle` are filed 40 days after the four others. The request to
    reopen `contestee` must be decided after the day on which `tard` was due."""
    fiches = {"nouvelle_et_tard": monde.fiche}
    for nom in ("contestee", "tard", "retiree"):
        fiches[nom] = make_fiche(monde.promotion, monde.samira, monde.transports)
    with at(now() + PLUS_TARD):
        for nom in ("prise", "nouvelle"):
            fiches[nom] = make_fiche(monde.promotion, monde.samira, monde.transports)
        for nom in ("tard", "prise"):
            prendre_en_charge(fiches[nom].saisines[0], par=monde.agent)
        repondre_saisine(fiches["contestee"].saisines[0], LONGUE, par=monde.agent)
        demander_reouverture(fiches["contestee"].saisines[0], "Le car arrive encore tard.", par=monde.samira)
        retirer_fiche(fiches["retiree"], "Contient un nom de famille.", par=monde.animatrice)
    return fiches


def _noms(monde: Monde, deposees: dict[str, Fiche], tab: QueueTab, **suite: object) -> list[str]:
    par_id = {fiche.id: nom for nom, fiche in deposees.items()}
    lignes, _suite = list_tab([monde.transports.id], tab, le=_le(), **suite)
    return [par_id[ligne.fiche_id] for ligne in lignes]


def test_chaque_file_a_les_siennes(monde: Monde, deposees: dict[str, Fiche]) -> None:
    attendues = {
        QueueTab.A_FAIRE: ["nouvelle_et_tard", "tard", "contestee", "nouvelle"],
        QueueTab.A_PRENDRE: ["nouvelle_et_tard", "nouvelle"],
        QueueTab.EN_RETARD: ["nouvelle_et_tard", "tard"],
        QueueTab.REOUVERTURES: ["contestee"],
        QueueTab.EN_COURS: ["nouvelle_et_tard", "tard", "prise", "nouvelle"],
    }
    assert {tab: _noms(monde, deposees, tab) for tab in QueueTab} == attendues
    comptes = _count(monde.transports)
    assert comptes == {tab: len(noms) for tab, noms in attendues.items()}
    assert not any(_count(monde.remuneration).values())


def test_une_file_longue_se_lit_par_pages_sans_rien_perdre(
    monde: Monde, deposees: dict[str, Fiche], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_queue, "PAR_PAGE", 1)
    for tab in QueueTab:
        lues, suite = [], None
        while True:
            lues += _noms(monde, deposees, tab, after=suite)
            _lignes, suite = list_tab([monde.transports.id], tab, le=_le(), after=suite)
            if suite is None:
                break
        assert len(lues) == len(set(lues)) == _count(monde.transports)[tab]


def test_un_arriere_se_compte_jusqu_a_une_limite(
    monde: Monde,
    deposees: dict[str, Fiche],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setattr(work_queue, "COUNT_MAX", 2)
    monkeypatch.setattr(registry, "COUNT_MAX", 2)
    work_queue._unite.cache_clear()
    request.addfinalizer(work_queue._unite.cache_clear)
    comptes = _count(monde.transports)
    assert comptes[QueueTab.A_FAIRE] == comptes[QueueTab.EN_COURS] == 2
    assert comptes[QueueTab.REOUVERTURES] == 1


def test_ce_qui_n_est_pas_compte_en_entier_n_est_pas_dit_en_chiffres(
    monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cent = dict.fromkeys(range(registry.COUNT_MAX), monde.fiche.id)
    tally = registry.Tally(dict.fromkeys(map(name_source, COUNTED), cent), {name_source(COUNTED[0]): "fiche"})
    monkeypatch.setattr(registry.Registry, "count", lambda *_args, **_kwargs: tally)
    page = as_(monde.agent).get("/mon-espace").text
    assert "Plus de 99 fiches vous attendent." in page
    assert "<b>99+</b>" in page
    assert "<b>100</b>" not in page


def test_un_agent_jamais_venu_ne_compte_pas(monde: Monde) -> None:
    """An acteur whose only agent is not activated counts as without agent: animateurs see its saisines and
    may close them."""
    agent = make_agent(monde.ailleurs, "Paul")
    fiche = make_fiche(monde.promotion, monde.samira, monde.ailleurs)
    [saisine] = fiche.saisines
    for active_le, attendue in ((now(), False), (None, True)):
        agent.active_le = active_le
        db.session.commit()
        listees = [ligne.fiche_id for ligne in lire(monde.animatrice)["sans_compte"]]
        assert (fiche.id in listees) is attendue
        assert peut_abandonner(monde.animatrice, saisine) is attendue


def test_ce_qui_finit_tot_passe_avant_ce_qui_est_du_plus_tot(monde: Monde) -> None:
    """A saisine of a course that ends soon comes before one that is due earlier."""
    bientot = make_fiche(monde.promotion, monde.samira, monde.transports)
    prendre_en_charge(monde.saisine, par=monde.agent)
    prendre_en_charge(bientot.saisines[0], par=monde.agent)
    bientot.saisines[0].agir_avant = today() + timedelta(days=1)
    db.session.commit()
    lignes, _suite = list_tab([monde.transports.id], QueueTab.EN_COURS, le=today())
    assert [ligne.fiche_id for ligne in lignes] == [bientot.id, monde.fiche.id]


@pytest.mark.parametrize("jours", [0, 1, 20, 21, 35, 41, 60, 90])
def test_le_filtre_par_echeance_suit_la_definition_de_l_urgence(monde: Monde, jours: int) -> None:
    with at(now() + timedelta(days=jours)):
        le = local_date(now())
        niveau = classer(monde.saisine.reponse_due, le)
        for urgence in Urgence:
            filtres = FiltresFile(urgence=urgence)
            lignes, _suite = list_tab([monde.transports.id], QueueTab.EN_COURS, le=le, filtres=filtres)
            assert bool(lignes) is (urgence == niveau)


def test_les_bornes_d_un_niveau_sont_celles_de_sa_definition() -> None:
    for decalage in range(-60, 61):
        due, le = date(2026, 11, 27) + timedelta(days=decalage), date(2026, 11, 29)
        [niveau] = [u for u in Urgence if borner(u, le)[0] <= due < borner(u, le)[1]]
        assert niveau == classer(due, le)


def test_les_filtres_gardent_un_theme_et_un_territoire_avec_ce_qu_il_contient(monde: Monde, as_: Any) -> None:
    agent, fiche = as_(monde.agent), monde.fiche
    codes = db.session.scalars(
        select(FicheTerritoire.territoire_code).where(FicheTerritoire.fiche_id == fiche.id)
    ).all()
    assert len(codes) > 1
    for filtre in (f"theme={fiche.theme_code}", *(f"territoire={code}" for code in codes)):
        page = agent.get(f"/mon-espace?liste=a-faire&{filtre}").text
        assert fiche.titre in page
        assert f"liste=en-cours&amp;{filtre}" in page  # the tabs keep the filter
    assert agent.get("/mon-espace?theme=invente").status_code == 422
