"""The transfer page lists acteurs by competence with the reason, then by name. Owners are disabled."""

import re
from typing import Any

from devtools.factories import Monde, keep, make_acteur, make_fiche
from mse.annuaire.models import Competence, Nature


def _rangs(page: str, *noms: str) -> list[int]:
    return [page.index(nom) for nom in noms]


def _case(page: str, acteur_id: int) -> str:
    trouvee = re.search(rf'<label[^>]*>(<input[^>]*value="{acteur_id}".*?)</label>', page, re.DOTALL)
    assert trouvee is not None
    return trouvee[1]


def test_qui_est_deja_responsable_se_trouve_et_ne_se_choisit_pas(monde: Monde, as_: Any) -> None:
    lycee = make_acteur("Lycée des Calanques", Nature.ORGANISME)
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, lycee)
    agent = as_(monde.agent)
    for geste in (f"saisines/{fiche.saisines[0].id}/transfert", "elargissement"):
        page = agent.get(f"/fiches/{fiche.id}/{geste}?q=calanques").text
        for responsable in (monde.transports, lycee):
            case = _case(page, responsable.id)
            assert " disabled" in case
            assert "déjà responsable de cette fiche" in case
        assert "Aucun nouveau nom trouvé" not in page
        libre = _case(page, monde.remuneration.id)
        assert "disabled" not in libre
        assert "déjà" not in libre


def test_les_plus_competents_d_abord_avec_la_raison(monde: Monde, as_: Any) -> None:
    """The most precise theme comes first, then the most precise territory. Other services follow by name."""
    for nom, theme, lieu in (
        ("Antenne toutes questions", None, "13"),
        ("Bureau régional des transports", "transport", None),
        ("Mobilités d’Aix", "transport", "13-9312"),
        ("Agence des transports niçois", "transport", "06"),
    ):
        keep(Competence(acteur=make_acteur(nom), theme_code=theme, territoire_code=lieu))
    page = as_(monde.agent).get(f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/transfert").text
    rangs = _rangs(
        page,
        "Mobilités d’Aix<small>compétent pour : transport, ".replace("pour :", "pour\u202f:"),
        "Bureau régional des transports",
        "Antenne toutes questions",
        "Les autres services",
        "Agence des transports niçois",
        "Service Rémunération",
    )
    assert rangs == sorted(rangs)


def test_sans_personne_a_proposer_la_recherche_est_depliee(monde: Monde, as_: Any) -> None:
    """On a phone, a list of all services would be longer than the page."""
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.lavande)
    adresse = f"/fiches/{fiche.id}/saisines/{fiche.saisines[0].id}/transfert"
    page = as_(monde.agent).get(adresse).text
    assert re.search(r"<details class=\"filtres\" open><summary>Chercher par nom", page)
    assert re.search(r"<details class=\"filtres\"><summary>Les autres services, .* \(\d+\)", page)
    trouve = as_(monde.agent).get(f"{adresse}?q=remuneration").text
    rangs = _rangs(trouve, "Trouvés par leur nom", monde.remuneration.nom)
    assert rangs == sorted(rangs)
    assert "Aucun nouveau nom trouvé" not in trouve
