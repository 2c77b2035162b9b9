"""Parsing of e-mail addresses as typed or pasted. Undeliverable ones are refused."""

import pytest

from mse.core.email_addresses import clean_email, encode_adresse, normalize_adresse, require_email
from mse.core.errors import DonneeInvalide

ADRESSE = "nadia.b@exemple.fr"


@pytest.mark.parametrize(
    "collee",
    [
        "\u200bnadia.b@exemple.fr",
        "nadia\u00ad.b@exe\u00admple.fr",
        "\ufeffnadia.b@exemple.fr",
        "nadia.b@exemple.fr\u00a0",
        "\u202fnadia.b@exemple.fr\u2007",
        "\u200fnadia.b@exemple.fr\u200e",
        "\u202anadia.b@exemple.fr\u202c",
        "mailto:nadia.b@exemple.fr",
        "MAILTO:nadia.b@exemple.fr?subject=Bonjour",
        "nadia.b@exemple.fr.",
        "nadia.b@exemple.fr;",
        "<nadia.b@exemple.fr>",
        "<mailto:nadia.b@exemple.fr>",
        "Nadia Benali <nadia.b@exemple.fr>",
        '"Benali, Nadia" <Nadia.B@Exemple.fr>, ',
        "\tNadia.B@EXEMPLE.fr\r\n",
    ],
)
def test_une_adresse_collee_est_lue_comme_elle_se_voit(collee: str) -> None:
    assert require_email(collee) == ADRESSE
    assert normalize_adresse(collee) == ADRESSE


@pytest.mark.parametrize(
    "texte",
    [
        "",
        "nadia",
        "nadia@",
        "@exemple.fr",
        "nadia b@exemple.fr",
        "a@exemple.fr\nb@exemple.fr",
        "a@b",
        "=?x@exemple.fr",
        "a" * 250 + "@exemple.fr",
        "x" * 5000,
        "a@exemple.fr b@exemple.fr",
        "nadia@exemple..fr",
        "a@[127.0.0.1]",
    ],
)
def test_ce_qui_n_est_pas_une_adresse_est_refuse(texte: str) -> None:
    with pytest.raises(DonneeInvalide, match="n’est pas valable"):
        require_email(texte)
    normalize_adresse(texte)


def test_un_texte_trop_long_est_rendu_entier() -> None:
    assert clean_email("x" * 5000) == "x" * 5000


@pytest.mark.parametrize(
    "adresse", ["hélène@exemple.fr", "Hélène <he\u0301lène@exemple.fr>", "иван@exemple.fr"]
)
def test_un_accent_devant_l_arobase_est_refuse_avec_sa_raison(adresse: str) -> None:
    with pytest.raises(DonneeInvalide, match="ni accent ni lettre spéciale"):
        require_email(adresse)


@pytest.mark.parametrize(
    ("adresse", "enveloppe"),
    [
        ("contact@éducation.fr", "contact@xn--ducation-90a.fr"),
        ("Contact@ÉDUCATION.fr", "contact@xn--ducation-90a.fr"),
        ("contact@straße.de", "contact@xn--strae-oqa.de"),
    ],
)
def test_un_domaine_accentue_est_garde_et_code_pour_le_serveur(adresse: str, enveloppe: str) -> None:
    assert encode_adresse(require_email(adresse)) == enveloppe
