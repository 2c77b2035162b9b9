"""Forms that create an object carry an idempotency key. An invalid one is refused with a message."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from devtools.factories import LONGUE, Monde, make_agent, make_promotion
from mse.core.clock import today


@pytest.fixture
def commencements(monde: Monde) -> dict[str, tuple[Any, str, dict[str, Any]]]:
    """For each form: the compte that sends it, the URL, the fields."""
    election = f"/promotions/{make_promotion(monde.lavande, 'Pâtissier').id}/election"
    nadege = make_agent(monde.lavande, "Nadege")
    vote = {"le": today().isoformat(), "tour": "1", "titulaire_sans_adresse": "y"}
    nom = {"titulaire_prenom": "Samira", "titulaire_nom": "Martin"}
    porteur = {"porteur": f"promotion:{monde.promotion.id}", "theme_code": "transport"}
    fiche = {"promotion_id": monde.promotion.id, "theme_code": "transport"}
    bulletin = {"titre": "Mars", "jour": date(2026, 3, 1).isoformat(), "texte": LONGUE}
    return {
        "fiche": (monde.samira, "/fiches/nouvelle", fiche),
        "initiative": (
            monde.samira,
            "/initiatives/nouvelle",
            {"titre": "Un guide", "description": LONGUE, **porteur},
        ),
        "bulletin": (monde.animatrice, "/meteo/bulletins/nouveau", bulletin),
        "election": (nadege, f"{election}/resultat", {**vote, **nom}),
        "carence": (nadege, f"{election}/carence", {"le": today().isoformat()}),
    }


@pytest.mark.parametrize("quoi", ["fiche", "initiative", "bulletin", "election", "carence"])
def test_une_cle_trop_longue_recoit_une_phrase(
    commencements: dict[str, tuple[Any, str, dict[str, Any]]], as_: Any, quoi: str
) -> None:
    personne, url, champs = commencements[quoi]
    browser = as_(personne)
    for cle in (f"{uuid4()}x", "x" * 5000, " "):
        refus = browser.poster(url, **champs, cle=cle)
        assert refus.status_code == 422
        assert "Cette page a été abîmée en route" in refus.text
    assert browser.poster(url, **champs, cle=str(uuid4())).status_code == 303
