"""The commune and the territoire of an organisme, from the address in the national list."""

import pytest

from mse.annuaire.place_parsing import city_key
from mse.imports.bilan import Issue
from tests.imports.liste_organismes import A, B, C, Chargeur, codes, ligne


@pytest.mark.parametrize(
    ("cp", "ville", "attendu"),
    [
        ("13013", "MARSEILLE 13", ("13055", "13-9312")),
        ("13013", "Marseille 13ème arrondissement", ("13055", "13-9312")),
        ("13331", "MARSEILLE CEDEX 03", ("13055", "13-9312")),  # no list of communes holds CEDEX postcodes
        ("13741", "VITROLLES CEDEX", ("13117", "13-9312")),  # there is a Vitrolles in 05 too
        ("31000", "CASTELLANE", (None, "93")),  # the name alone is not enough: the postcode is elsewhere
        ("6000", "NICE", ("06088", "06-9315")),  # typed as a number
        ("06000.0", "NICE", ("06088", "06-9315")),
        ("84800", "ISLE SUR LA SORGUE", ("84054", "84-9306")),
        ("83700", "ST RAPHAEL", ("83118", "83-9309")),
        ("13460", "STES MARIES DE LA MER", ("13096", "13-0052")),
        ("06220", "VALLAURIS-GOLFE-JUAN", ("06155", "06-9304")),  # one commune has the postcode
        ("13100", "LE THOLONET", ("13109", "13-9301")),  # several communes have this postcode
        ("13100", "", (None, "13-9301")),  # all in the same zone
        ("13720", "", (None, "13")),  # in two zones
        ("13987", "LA OU NUL N’HABITE", (None, "13")),
        ("", "MARSEILLE", (None, "93")),
        ("98000", "MONACO", (None, "93")),
    ],
)
def test_le_territoire_vient_du_fichier_des_communes(
    charger: Chargeur, cp: str, ville: str, attendu: tuple[str | None, str | None]
) -> None:
    [bilan] = charger(ligne(A, cp=cp, ville=ville))
    assert bilan.issue == Issue.CREE
    assert codes(A) == attendu
    assert bool(bilan.remarques) == (attendu[0] is None or "GOLFE" in ville)
    assert bilan.sans_departement == (attendu[1] == "93")


def test_un_code_postal_a_cheval_sur_deux_departements(charger: Chargeur) -> None:
    """13780 is the postcode of Cuges-les-Pins (13) and of Riboux (83): the name decides."""
    bilans = charger(
        ligne(A, cp="13780", ville="RIBOUX"),
        ligne(B, cp="13780", ville="CUGES LES PINS"),
        ligne(C, cp="13780", ville="?"),
    )
    assert codes(A) == ("83105", "83-9312")
    assert codes(B) == ("13030", "13-9312")
    assert codes(C) == (None, "93")
    assert [b.sans_departement for b in bilans] == [False, False, True]


def test_sans_code_postal_la_region_et_c_est_dit(charger: Chargeur) -> None:
    bilans = charger(
        ligne(A, cp="", ville=""),
        ligne(B, cp="", region="84"),
        ligne(C, cp="93200", ville="SAINT-DENIS", region="11"),
    )
    assert bilans[0].remarques == ("sans département",)
    assert codes(A) == (None, "93")
    # Region 84 is Auvergne-Rhône-Alpes and département 93 is Seine-Saint-Denis: both are outside.
    assert [codes(siret) for siret in (B, C)] == [(None, None), (None, None)]
    assert all("hors du territoire" in b.remarques[0] for b in bilans[1:])


@pytest.mark.parametrize(
    ("une", "autre"),
    [
        ("L’Isle-sur-la-Sorgue", "ISLE S/ LA SORGUE"),
        ("Saint-Étienne-du-Grès", "ST ETIENNE DU GRES CEDEX"),
        ("Sœurs", "SOEURS"),
    ],
)
def test_deux_facons_d_ecrire_la_meme_commune(une: str, autre: str) -> None:
    assert city_key(une) == city_key(autre)
