"""Pages of withdrawal: the choices of the moderator, and what the delegates of a withdrawn fiche read."""

from typing import Any

from devtools.factories import Monde, make_brouillon
from mse.depot.use_cases.deposer import deposer_fiche
from mse.moderation.use_cases import retirer_fiche

MOTIF = "Cette fiche nomme un formateur."


def test_retirer_une_fiche_publique_ne_parle_que_de_retirer(as_: Any, monde: Monde) -> None:
    page = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}/moderation").text
    assert "<h1>Retirer cette fiche</h1>" in page
    assert "Son texte ne peut plus changer" in page
    assert "rendre" not in page.lower().partition("<main")[2].partition("</main>")[0]


def test_une_fiche_retenue_se_rend_ou_se_retire(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, solution="Appelez le 06 12 34 56 78.")
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    page = as_(monde.animatrice).get(f"/fiches/{fiche.id}/moderation").text
    assert "<h1>Relire une fiche</h1>" in page
    assert "Obligatoire pour rendre ou retirer une fiche" in page
    assert "Son texte ne peut plus changer" in page


def test_les_delegues_d_une_fiche_retiree_apprennent_ce_qu_ils_peuvent_faire(as_: Any, monde: Monde) -> None:
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    phrase = "Son texte ne peut plus changer"
    for personne, lue in ((monde.samira, True), (monde.animatrice, False)):
        page = as_(personne).get(f"/fiches/{monde.fiche.id}").text
        assert MOTIF in page
        assert (phrase in page) is lue
