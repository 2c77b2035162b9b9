"""Sort keys put names in French alphabetical order, identically on SQLite and PostgreSQL."""

import pytest

from mse.core.sort_keys import sort_key


@pytest.mark.parametrize(
    "noms",
    [
        ["du Paillon", "École", "Égalité", "Santé", "Zeste"],
        ["Mission Égalité", "Mission Santé"],
        ["cœur", "coffre"],
        ["Groupe 2", "Groupe 010", "Groupe 11", "Groupe B"],
        ["« Avenir »", "bâtir", "Châteauneuf-du-Rhône", "Châteauneuf Villevieille"],
        ["Île-de-France", "L’Étoile", "l’Horizon", "L'Île"],
    ],
)
def test_dans_l_ordre_du_dictionnaire(noms: list[str]) -> None:
    cles = [sort_key(nom) for nom in noms]
    assert sorted(cles) == cles
    assert sorted(cles, key=str.encode) == cles  # as the databases compare them


def test_accents_majuscules_et_signes_ne_comptent_pas() -> None:
    assert sort_key("L’ÉCOLE-DU  Bâtiment") == sort_key("l'école du bâtiment") == "l ecole du batiment"


def test_le_nom_de_famille_d_abord() -> None:
    """A family name comes before a longer one that begins with it, whatever the first names."""
    personnes = [("Bon", "Zoé"), ("Bon Air", "Ada"), ("Bonnet", "Ada")]
    assert sorted(personnes, key=lambda personne: sort_key(*personne)) == personnes
