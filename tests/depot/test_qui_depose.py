"""The links to file a fiche or propose an initiative explain who may, and what others can do instead."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from devtools.factories import Monde, make_agent, make_compte, make_delegue, make_promotion
from mse.comptes.models import Compte
from mse.core.clock import today


def _d_une_formation_finie(monde: Monde) -> Compte:
    finie = make_promotion(monde.lavande, "Fini", fin=today() - timedelta(days=3))
    return make_delegue(finie, "Max")


QUI: dict[str, tuple[Callable[[Monde], Compte | None], int, str, str]] = {
    "visiteur": (
        lambda _m: None,
        401,
        "Trouver mon organisme de formation",
        "/connexion?next=/fiches/nouvelle",
    ),
    "agent": (lambda m: m.agent, 403, "Votre service ne dépose pas de fiche", "/mon-espace"),
    "organisme": (lambda m: make_agent(m.lavande), 403, "par leurs délégué·es", "/promotions"),
    "ancienne": (lambda m: m.ancienne, 403, "Votre mandat dans la promotion", "/mon-espace"),
    "formation finie": (_d_une_formation_finie, 403, "elle ne dépose plus de fiche", "/mon-espace"),
    "animatrice": (lambda m: m.animatrice, 403, "à la place d’une promotion", "/invitations"),
    "administrateur": (lambda m: m.admin, 403, "Administrer le site ne donne pas le droit", "/comptes"),
    "sans rôle": (lambda _m: make_compte("Nul"), 403, "pas encore de rôle", "/contact"),
}


@pytest.mark.parametrize("qui", QUI)
def test_chacun_lit_ce_qu_il_peut_faire(monde: Monde, as_: Any, qui: str) -> None:
    trouver, status, phrase, suite = QUI[qui]
    reponse = as_(trouver(monde)).get("/fiches/nouvelle")
    assert reponse.status_code == status
    assert "élue par sa promotion" in reponse.text
    assert phrase in reponse.text
    assert f'{suite}"' in reponse.text
    assert "Accès refusé" not in reponse.text


def test_qui_le_peut_ecrit(monde: Monde, as_: Any) -> None:
    assert "Qui peut déposer" not in as_(monde.samira).get("/fiches/nouvelle").text


@pytest.mark.parametrize(
    ("qui", "phrase"),
    [
        ("", "Connectez-vous"),
        ("agent", "Un service répond aux fiches"),
        ("ancienne", "Votre mandat est terminé"),
        ("admin", "ne porte pas d’initiative"),
    ],
)
def test_qui_peut_proposer_une_initiative(monde: Monde, as_: Any, qui: str, phrase: str) -> None:
    reponse = as_(getattr(monde, qui) if qui else None).get("/initiatives/nouvelle")
    assert reponse.status_code == (403 if qui else 401)
    assert phrase in reponse.text
    assert "Accès refusé" not in reponse.text
