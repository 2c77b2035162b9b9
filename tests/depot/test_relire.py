"""The last steps of a draft: addressees and proofreading."""

import re
from typing import Any

from devtools.factories import Monde, keep, make_brouillon
from mse.core.clock import today


def test_sans_personne_d_autre_a_choisir_rien_ne_s_ouvre_sur_du_vide(as_: Any, monde: Monde) -> None:
    url = f"/fiches/{make_brouillon(monde.promotion, monde.samira).id}/brouillon/destinataires"
    assert "Choisir quelqu’un d’autre" in as_(monde.samira).get(url).text
    monde.remuneration.ferme_le = today()
    keep(monde.remuneration)
    page = as_(monde.samira).get(url).text
    assert monde.transports.nom in page
    assert "Choisir quelqu’un d’autre" not in page


def test_un_numero_trouve_mene_a_la_question_qui_le_contient(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(
        monde.promotion, monde.samira, titre="Appelez samira@exemple.fr", causes="Le 06 12 34 56 78 sonne."
    )
    page = as_(monde.samira).get(f"/fiches/{fiche.id}/brouillon/relecture").text
    encart = page[page.index("tout le monde pourra lire ceci") :].partition("</div>")[0]
    assert re.findall(r"brouillon/(\w+)", encart) == ["probleme", "causes"]


def test_ce_qui_sera_relu_n_est_pas_dit_public_des_le_depot(as_: Any, monde: Monde) -> None:
    samira = as_(monde.samira)
    for causes, relue in (("Les horaires.", False), ("Le 06 12 34 56 78 ne répond pas.", True)):
        fiche = make_brouillon(monde.promotion, monde.samira, causes=causes)
        page = samira.get(f"/fiches/{fiche.id}/brouillon/relecture").text
        assert ("Une fois déposée, la fiche ne change plus" in page) is not relue
        assert ("quand l’équipe d’animation l’aura publiée" in page) is relue


def test_ce_qui_est_trouve_est_souligne_dans_le_texte(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(
        monde.promotion, monde.samira, titre="Écrire à <samira@exemple.fr>", causes="Le 06 12 34 56 78 sonne."
    )
    page = as_(monde.samira).get(f"/fiches/{fiche.id}/brouillon/relecture").text
    assert "<p>Le <mark>06 12 34 56 78</mark> sonne.</p>" in page
    assert "Écrire à &lt;<mark>samira@exemple.fr</mark>&gt;</h2>" in page
