"""Home page of the animateurs. Tasks on urgent thèmes come first, late answers among them last; then those
that have waited longest. Links show counts. The number of queries does not grow with the number of tasks."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from devtools.factories import LONGUE, Monde, make_acteur, make_brouillon, make_fiche
from mse.accueil import gestion
from mse.accueil.gestion import count_gestion
from mse.accueil.urgences import Geste, list_attentes
from mse.avis.use_cases import contester_refus, demander_reouverture, refuser_reouverture
from mse.core.clock import at, now, today
from mse.depot.use_cases.deposer import deposer_fiche
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.representation.api import count_travaux
from tests.espace import lire

PLUS_TARD = timedelta(days=60)


@pytest.fixture
def fiches(monde: Monde) -> dict[str, Fiche]:
    """Return fiches by name. Filed now: `sans_responsable` (no owner) and `en_retard` (urgent thème).
    Filed 60 days later: `urgente_sans_responsable`, `agression` (urgent thème) and `retenue`. `contestee`
    is the fiche of `monde`: its delegate contests a refused reopening 60 days later."""
    promotion, samira = monde.promotion, monde.samira
    faites = {
        "sans_responsable": make_fiche(promotion, samira),
        "en_retard": make_fiche(promotion, samira, monde.transports, theme="securite"),
    }
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    demander_reouverture(monde.saisine, "Le car arrive encore en retard.", par=samira)
    refuser_reouverture(monde.saisine, LONGUE, par=monde.agent)
    with at(now() + PLUS_TARD):
        contester_refus(monde.saisine, "Nous attendons encore le matin.", par=samira)
        faites["urgente_sans_responsable"] = make_fiche(promotion, samira, theme="discriminations")
        for nom, theme in (("agression", "securite"), ("retenue", "transport")):
            faites[nom] = make_brouillon(
                promotion, samira, theme=theme, probleme="Appelez le 06 12 34 56 78."
            )
            deposer_fiche(faites[nom], insiste=True, par=samira)
    return {**faites, "contestee": monde.fiche}


def test_l_urgent_d_abord_puis_ce_qui_attend_depuis_longtemps(
    monde: Monde, fiches: dict[str, Fiche], as_: Any
) -> None:
    with at(now() + PLUS_TARD):
        attentes = list_attentes(lire(monde.animatrice), le=today())
        page = as_(monde.animatrice).get("/mon-espace").text
    ids = {fiche.id: nom for nom, fiche in fiches.items()}
    rangs = [ids[attente.ligne.fiche_id] for attente in attentes]
    assert set(rangs[:2]) == {"agression", "urgente_sans_responsable"}
    assert rangs[2] == "en_retard"
    assert attentes[2].geste == Geste.RELANCER
    assert set(rangs[3:5]) == {"sans_responsable", "contestee"}
    assert rangs[5:] == ["retenue"]
    assert [a.urgente for a in attentes] == [True, True, True, False, False, False]
    assert "Urgent\u202f: Sécurité" in page
    assert page.index("À traiter d’abord") < page.index("Réponses en retard sur") < page.index(">Gérer<")
    assert "déposée depuis moins d’un jour ouvré" in page


def test_ce_qui_est_en_retard_ne_se_lit_qu_une_fois(monde: Monde, fiches: dict[str, Fiche], as_: Any) -> None:
    with at(now() + PLUS_TARD):
        page = as_(monde.animatrice).get("/mon-espace").text
    adresse = f'href="/fiches/{fiches["en_retard"].id}#saisine-'
    assert sum(adresse in section for section in page.split("<section")) == 1


def test_la_date_passee_d_une_equipe_sans_compte_est_un_retard(monde: Monde, as_: Any) -> None:
    make_fiche(monde.promotion, monde.samira, make_acteur("Service nouveau"))
    bloc = lambda page: page[page.index('id="sans-compte"') :].partition("</section>")[0]  # noqa: E731
    avant = bloc(as_(monde.animatrice).get("/mon-espace").text)
    with at(now() + PLUS_TARD):
        apres = bloc(as_(monde.animatrice).get("/mon-espace").text)
    assert ("réponse avant le" in avant, "de retard" in avant) == (True, False)
    assert ("réponse avant le" in apres, "de retard" in apres) == (False, True)


def test_les_portes_disent_combien(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    compte = count_gestion(le=today())
    make_acteur("Service nouveau")
    make_acteur("Service fermé", ferme_le=date(2020, 1, 1))
    apres = count_gestion(le=today())
    assert (apres["acteurs"], apres["sans_compte"]) == (compte["acteurs"] + 1, compte["sans_compte"] + 1)
    monkeypatch.setattr(gestion, "MAX_COUNT", 2)
    assert max(count_gestion(le=today()).values()) == 2
    for personne in (monde.animatrice, monde.admin):
        page = as_(personne).get("/mon-espace").text
        for porte in ("acteurs/sans-compte", "invitations", "comptes", "themes", "audience", "importer/"):
            assert f'href="/{porte}' in page
    assert "Gérer</h2>" not in as_(monde.agent).get("/mon-espace").text


def test_un_grand_nombre_se_plie_et_ne_coute_aucune_requete(monde: Monde, as_: Any) -> None:
    animatrice = as_(monde.animatrice)

    def ouvre() -> tuple[int, str]:
        faites: list[str] = []
        noter = lambda *arguments: faites.append(arguments[2])  # noqa: E731
        db.session.rollback()
        event.listen(db.engine, "before_cursor_execute", noter)
        try:
            page = animatrice.get("/mon-espace").text
        finally:
            event.remove(db.engine, "before_cursor_execute", noter)
        return len(faites), page

    make_fiche(monde.promotion, monde.samira)
    ouvre()
    une, _page = ouvre()
    for _fois in range(14):
        make_fiche(monde.promotion, monde.samira)
    quinze, page = ouvre()
    assert quinze == une
    assert re.search(r"<summary>Voir les 5 autres</summary>", page)


def test_les_retards_se_lisent_par_responsable(monde: Monde, as_: Any) -> None:
    """One line for each acteur: its number of fiches, its worst delay, and its only fiche if it has one."""
    for acteur in (monde.transports, monde.remuneration):
        make_fiche(monde.promotion, monde.samira, acteur)
    with at(now() + PLUS_TARD):
        page = as_(monde.animatrice).get("/mon-espace").text
    lignes = page.partition('class="par-qui"')[2].partition("</section>")[0].split("<li>")[1:]
    assert len(lignes) == 2
    for ligne, nom, nombre in zip(
        lignes, (monde.transports.nom, monde.remuneration.nom), (2, 1), strict=True
    ):
        assert nom in ligne
        assert f"{nombre} fiche" in ligne
        assert "jours ouvrés de retard" in ligne
    assert f'href="/fiches?acteur={monde.transports.id}&amp;statut=en_cours"' in lignes[0]
    assert re.search(r'href="/fiches/\d+#saisine-\d+"', lignes[1])


def test_le_cas_le_plus_grave_se_lit_avec_ses_mots(monde: Monde, fiches: dict[str, Fiche], as_: Any) -> None:
    with at(now() + PLUS_TARD):
        page = as_(monde.animatrice).get("/mon-espace").text
    panneau = page.partition('class="panneau mer"')[2].partition("</div>")[0]
    assert "Urgent\u202f:" in panneau
    assert "<blockquote>" in panneau
    assert panneau.count('class="bouton soleil"') == 1


def test_ce_qui_attend_l_association_se_compte_par_les_index(monde: Monde) -> None:
    """The header of every page counts it: no scan of the fiches or of the saisines."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a small table at once")
    faites: list[tuple[str, Any]] = []
    noter = lambda *arguments: faites.append((arguments[2], arguments[3]))  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", noter)
    try:
        count_travaux(monde.animatrice)
    finally:
        event.remove(db.engine, "before_cursor_execute", noter)
    statement, valeurs = faites[-1]
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", valeurs)
    etapes = [etape.detail for etape in plan]
    assert any("ix_fiches_a_orienter" in etape for etape in etapes)
    assert [etape for etape in etapes if re.match("SCAN (fiches|saisines)", etape)] == []
