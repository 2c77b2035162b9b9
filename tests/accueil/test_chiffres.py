"""Every count equals the length of its list, after any act."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import (
    LONGUE,
    Monde,
    make_acteur,
    make_agent,
    make_brouillon,
    make_fiche,
    make_promotion,
)
from mse.accueil.chiffres import get_chiffres
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.avis.use_cases import demander_reouverture
from mse.core.cache import clear_caches
from mse.core.clock import today
from mse.extensions import db
from mse.fiches.models import Fiche, Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.moderation.use_cases import retablir_fiche, retirer_fiche
from mse.responsables.use_cases import elargir_fiche, transferer_saisine
from mse.travail.api import QueueTab

MOTIF = "Cette fiche nomme une personne, il faut la revoir."
QUI = ("samira", "agent", "autre_agent", "animatrice", "admin", "ancienne")
_TAB = re.compile(r'<a href="(/mon-espace\?liste=([a-z-]+))"[^>]*>[^<]*<b>(\d+)</b></a>')
_RANG = re.compile(r'<li class="rang" id="s(\d+)"')
_SECTION = re.compile(r"<section.*?</section>", re.DOTALL)
_TITLE = re.compile(r"<h2[^>]*>(?:(\d+) [^<]*|[^<]*\((\d+)\))</h2>")
_FICHE = re.compile(r'href="/fiches/(\d+)[^"]*"')
_ADRESSE = re.compile(r'href="(/fiches/\d+[^"]*)"')
_SANS_ATTENTE = re.compile(r'id="(en-retard|deposees|anciennes)"')  # lists of what is not counted
_WAITING = re.compile(r"(\d+)\sfiches? vous atten")


def _nothing(_monde: Monde) -> None:
    pass


def _two_answers_of_one_fiche(monde: Monde) -> None:
    elargir_fiche(monde.fiche, monde.remuneration.id, MOTIF, par=monde.agent)
    db.session.refresh(monde.fiche)
    for saisine, par in zip(monde.fiche.saisines, (monde.agent, monde.autre_agent), strict=True):
        repondre_saisine(saisine, LONGUE, par=par)


def _drafts_and_held_back(monde: Monde) -> None:
    make_brouillon(monde.promotion, monde.samira)
    make_fiche(monde.promotion, monde.samira)  # without owner
    retenue = make_fiche(monde.promotion, monde.samira, monde.transports)
    retirer_fiche(retenue, MOTIF, par=monde.animatrice)


def _transfer(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)


def _transfer_to_nobody(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.ailleurs.id, MOTIF, par=monde.agent)
    elargir_fiche(monde.fiche, make_acteur("Service sans personne").id, MOTIF, par=monde.animatrice)


def _withdrawal(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)


def _restored(monde: Monde) -> None:
    _withdrawal(monde)
    retablir_fiche(monde.fiche, par=monde.animatrice)


def _closing(monde: Monde) -> None:
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    fermer_acteur(monde.transports, par=monde.animatrice)
    demander_reouverture(monde.saisine, MOTIF, par=monde.samira)


CAS: list[Callable[[Monde], None]] = [
    _nothing,
    _two_answers_of_one_fiche,
    _drafts_and_held_back,
    _transfer,
    _transfer_to_nobody,
    _withdrawal,
    _restored,
    _closing,
]


@pytest.mark.parametrize("cas", CAS)
def test_mon_espace_compte_ce_qu_il_montre(monde: Monde, as_: Any, cas: Callable[[Monde], None]) -> None:
    cas(monde)
    for nom in QUI:
        browser = as_(getattr(monde, nom))
        page = browser.get("/mon-espace").text
        attendues: set[str] = set()
        for section in _SECTION.findall(page):
            titre = _TITLE.search(section)
            if titre is not None:
                assert int(titre[1] or titre[2]) == len(set(_ADRESSE.findall(section))), (nom, titre[0])
            if not _SANS_ATTENTE.search(section):
                attendues |= set(_FICHE.findall(section))
        for adresse, file, nombre in _TAB.findall(page):
            rangs = _RANG.findall(browser.get(adresse).text)
            assert len(rangs) == int(nombre), (nom, file)
            if file == QueueTab.A_FAIRE:
                attendues |= {str(db.session.get_one(Saisine, int(rang)).fiche_id) for rang in rangs}
        dit = _WAITING.search(page)
        assert (int(dit[1]) if dit else 0) == len(attendues), nom


@pytest.mark.parametrize("cas", CAS)
def test_l_accueil_compte_la_liste_publique(monde: Monde, client: Any, cas: Callable[[Monde], None]) -> None:
    cas(monde)
    fiches = set(_FICHE.findall(client.get("/fiches").text.partition("<main")[2]))
    fiches = {numero for numero in fiches if numero.isdecimal()}
    chiffres = get_chiffres()
    publiques = [db.session.get_one(Fiche, int(numero)) for numero in fiches]
    assert chiffres.publiees == len(publiques)
    assert chiffres.traitees == sum(fiche.est_traitee for fiche in publiques)
    assert (chiffres.delai_median is not None) == bool(chiffres.traitees)
    accueil = client.get("/").text
    assert f"<b>{len(fiches)}</b>" in accueil.partition('class="chiffres"')[2].partition("</li>")[0]


@pytest.mark.parametrize("cas", CAS)
def test_la_page_d_un_acteur_compte_sa_liste(monde: Monde, client: Any, cas: Callable[[Monde], None]) -> None:
    cas(monde)
    clear_caches()  # its figures are cached for half a minute
    for acteur in (monde.transports, monde.remuneration, monde.ailleurs):
        page = client.get(f"/acteurs/{acteur.id}").text.partition("<main")[2]
        recues = re.search(r"(\d+)[^<]*(?:fiche reçue|fiches reçues)", re.sub(r"<[^>]+>", "", page))
        cartes = set(_FICHE.findall(page.partition("Transmises à")[0]))
        assert (int(recues[1]) if recues else 0) == len(cartes), acteur.nom


def test_les_promotions_comptent_leurs_listes(monde: Monde, as_: Any) -> None:
    for titre, debut, fin in (
        ("Attend", -60, 60),
        ("Attend aussi", -50, 60),
        ("À venir", 5, 60),
        ("Finie", -90, -5),
    ):
        jours = {"debut": today() + timedelta(days=debut), "fin": today() + timedelta(days=fin)}
        make_promotion(monde.lavande, titre, **jours)
    browser = as_(make_agent(monde.lavande))
    page = browser.get(f"/acteurs/{monde.lavande.id}/promotions").text
    onglets = re.findall(r'<a href="([^"]*moment=[a-z-]+)"[^>]*>[^<]*\((\d+)\)</a>', page)
    assert len(onglets) >= 4
    for adresse, nombre in onglets:
        liste = browser.get(adresse.replace("&amp;", "&")).text
        assert len(set(re.findall(r'href="/promotions/(\d+)"', liste))) == int(nombre), adresse
    annonce = re.search(r"(\d+) promotions? n", browser.get("/mon-espace").text)
    assert annonce is not None
    assert annonce[1] == dict(onglets)[next(a for a, _n in onglets if "sans-delegue" in a)]
