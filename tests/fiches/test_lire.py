"""Public pages: the list of fiches, its filters and pagination, a fiche, an acteur."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.avis import use_cases as suivre
from mse.core.clock import at
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.fiches.queries.listes import Filtres, list_fiches
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import Statut, Valeur
from tests.database_states import DatabaseStates

pytestmark = pytest.mark.usefixtures("jour")

MAX_QUERIES = 12


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the SQL statements that are executed."""
    statements: list[str] = []

    def listen(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "WITH", "DELETE")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


@pytest.fixture
def trente(monde: Monde, database_states: DatabaseStates) -> list[Fiche]:
    """Thirty fiches, one hour apart, oldest first."""
    return database_states.once(_deposer_trente, monde)


def _deposer_trente(monde: Monde) -> list[Fiche]:
    fiches = []
    for heure in range(30):
        with at(JOUR + timedelta(hours=heure)):
            theme = "transport" if heure % 2 else "sante"
            fiches.append(
                make_fiche(
                    monde.promotion, monde.samira, monde.transports, theme=theme, titre=f"Fiche n° {heure}"
                )
            )
    return fiches


def test_la_liste_va_de_la_plus_recente_a_la_plus_ancienne_sans_trou(
    monde: Monde, trente: list[Fiche]
) -> None:
    for filtres in (
        Filtres(),
        Filtres(acteur=monde.transports.id),
        Filtres(territoire="13"),
        Filtres(statut=Statut.EN_COURS),
    ):
        attendus = sorted([*trente, monde.fiche], key=lambda f: (f.deposee_le, f.id), reverse=True)
        assert _list_ids(filtres) == [fiche.id for fiche in attendus]


def _list_ids(filtres: Filtres) -> list[int]:
    """Return the ids of the fiches of all pages, in order."""
    page = list_fiches(filtres)
    ids = [row.id for row in page.rows]
    while page.next:
        page = list_fiches(filtres, page.next)
        ids += [row.id for row in page.rows]
    return ids


def test_les_filtres_se_combinent(monde: Monde, trente: list[Fiche]) -> None:
    traiter.regler_saisine(trente[3].saisines[0], LONGUE, par=monde.agent)
    filtres = Filtres(
        statut=Statut.REGLEE, theme="transport", territoire="13-9312", acteur=monde.transports.id
    )
    assert [row.id for row in list_fiches(filtres).rows] == [trente[3].id]
    assert list_fiches(Filtres(territoire="06")).rows == []
    assert list_fiches(Filtres(theme="sante", statut=Statut.REGLEE)).rows == []


def test_la_periode_compte_en_jours_locaux(monde: Monde, trente: list[Fiche]) -> None:
    jour = JOUR.date()
    filed_before_midnight_in_paris = {fiche.id for fiche in [monde.fiche, *trente[:14]]}
    assert set(_list_ids(Filtres(du=jour, au=jour))) == filed_before_midnight_in_paris


def test_la_suite_de_la_liste_garde_les_filtres(client: Any, monde: Monde, trente: list[Fiche]) -> None:
    page = client.get("/fiches?statut=en_cours&territoire=13").text
    suite = re.search(r'href="([^"]+)" rel="next"', page).group(1).replace("&amp;", "&")
    assert "statut=en_cours" in suite
    seconde = client.get(suite).text
    assert "Fiche n° 17" in seconde
    assert "Revenir au début" in seconde


def test_les_puces_du_statut_gardent_les_filtres(client: Any, monde: Monde) -> None:
    page = client.get("/fiches?theme=transport&statut=reglee&avant=5-5").text
    assert re.search(r'href="/fiches\?theme=transport&amp;statut=en_cours"', page)
    assert re.search(r'href="/fiches\?theme=transport" ?>Toutes', page)
    assert len(re.findall(r'class="puce"[^>]+aria-current', page)) == 1
    assert '<input type="hidden" name="statut" value="reglee">' in page


def test_une_carte_dit_qui_repond_pour_quand_et_si_cela_a_aide(client: Any, monde: Monde) -> None:
    fiche = make_fiche(
        monde.promotion, monde.samira, monde.transports, monde.remuneration, effectif_concerne=3
    )
    carte = _lire_carte(client, fiche)
    assert "Service Cars régionaux</span> + 1" in carte
    assert "En cours" in carte
    assert "réponse avant le 14 décembre" in carte
    assert "<b>3</b> personnes" in carte
    with at(JOUR + timedelta(days=60)):
        assert "jours ouvrés de retard" in _lire_carte(client, fiche)
    for saisine, par in zip(fiche.saisines, (monde.agent, monde.autre_agent), strict=True):
        traiter.repondre_saisine(saisine, LONGUE, par=par)
    suivre.donner_avis(fiche.saisines[0], Valeur.EN_PARTIE, "", par=monde.samira)
    carte = _lire_carte(client, fiche)
    assert "A aidé en partie" in carte
    assert "répondu le 16 nov. 2026" in carte


def _lire_carte(client: Any, fiche: Fiche) -> str:
    """The text of the card of the fiche in the list."""
    cartes = client.get("/fiches").text.split("<li>")
    return next(carte for carte in cartes if f'href="/fiches/{fiche.id}"' in carte)


def test_ni_brouillon_ni_retenue_dans_la_liste(monde: Monde) -> None:
    from devtools.factories import make_brouillon
    from mse.depot.use_cases.deposer import deposer_fiche

    make_brouillon(monde.promotion, monde.samira)
    retenue = make_brouillon(monde.promotion, monde.samira, causes="Appelez le 06 12 34 56 78.")
    deposer_fiche(retenue, par=monde.samira, insiste=True)
    assert [row.id for row in list_fiches(Filtres()).rows] == [monde.fiche.id]


@pytest.mark.parametrize(
    "url", ["/fiches", "/fiches?acteur={acteur}&territoire=13", "/", "/acteurs/{acteur}", "/acteurs"]
)
def test_une_page_coute_autant_de_requetes_pour_une_ligne_que_pour_trente(
    client: Any, monde: Monde, url: str, request: pytest.FixtureRequest
) -> None:
    url = url.format(acteur=monde.transports.id)
    client.get(url)
    with counted() as une:
        client.get(url)
    request.getfixturevalue("trente")
    with counted() as trente:
        client.get(url)
    assert len(trente) == len(une) <= MAX_QUERIES


@pytest.mark.parametrize("qui", [None, "samira", "agent", "animatrice"])
def test_le_detail_et_l_espace_restent_bornes(
    as_: Any, monde: Monde, qui: str | None, trente: list[Fiche]
) -> None:
    longue = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration, monde.lavande)
    for numero in range(10):
        traiter.ajouter_etape(longue.saisines[0], f"Encore une étape de plus : {numero}.", par=monde.agent)
    browser = as_(getattr(monde, qui) if qui else None)
    for url in (f"/fiches/{longue.id}", "/mon-espace"):
        with counted() as requetes:
            browser.get(url)
        assert len(requetes) <= MAX_QUERIES, (url, requetes)


def test_la_page_dit_les_deux_faits_la_reponse_et_l_avis(as_: Any, monde: Monde) -> None:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    suivre.donner_avis(monde.saisine, Valeur.NON, "Le car est toujours en retard.", par=monde.samira)
    page = as_(None).get(f"/fiches/{monde.fiche.id}").text
    assert "Réglée" in page
    assert "Non, cette réponse n’a pas aidé" in page
    assert "Le car est toujours en retard." in page


def test_le_public_ne_voit_jamais_la_deleguee(as_: Any, monde: Monde) -> None:
    suivre_page = f"/fiches/{monde.fiche.id}"
    for personne in (None, monde.lea, monde.autre_agent, monde.admin):
        assert "Samira" not in as_(personne).get(suivre_page).text
    for personne in (monde.agent, monde.animatrice, monde.karim):
        assert "Samira" in as_(personne).get(suivre_page).text
    for personne in (None, monde.agent, monde.animatrice, monde.admin):
        assert monde.samira.courriel not in as_(personne).get(suivre_page).text


def test_une_petite_promotion_ne_se_reconnait_pas(as_: Any, monde: Monde) -> None:
    monde.promotion.effectif = 4
    db.session.commit()
    page = as_(None).get(f"/fiches/{monde.fiche.id}").text
    assert "Agent de cuisine" not in page
    assert "une promotion de Lavande Formation" in page


def test_une_fiche_s_ouvre_avec_ou_sans_titre_dans_l_adresse(client: Any, monde: Monde) -> None:
    pages = {
        client.get(f"/fiches/{monde.fiche.id}{fin}").text for fin in ("", "-le-premier-car", "-autre-chose")
    }
    assert len(pages) == 1
    assert f'rel="canonical" href="http://127.0.0.1:8000/fiches/{monde.fiche.id}"' in pages.pop()


def test_l_accueil_dit_des_chiffres_vrais(client: Any, monde: Monde) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    make_fiche(monde.promotion, monde.samira, monde.transports)
    figures = re.findall(r"<b>(.+?)</b><span>", client.get("/").text)
    assert [re.sub("<[^>]+>", "", figure) for figure in figures] == ["2", "50\u202f%", "0", "3"]
