"""Detection of contact details in public texts: matches and non-matches."""

import pytest

from mse.verification.api import check_text


def _trouve(texte: str) -> list[str]:
    return [passage.extrait for passage in check_text(texte)]


@pytest.mark.parametrize(
    "ecrit",
    [
        "06 12 34 56 78",
        "01 02 03 04 06",
        "01 11 21 31 41",
        "0102030405",
        "0612345678",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "06·12·34·56·78",
        "06 12345678",
        "06 123 456 78",
        "0612 345 678",
        "0 6 1 2 3 4 5 6 7 8",
        "(06) 12 34 56 78",
        "06\u202f12\u202f34\u202f56\u202f78",
        "06\u00a012\u00a034\u00a056\u00a078",
        "06\u201112\u201134\u201156\u201178",
        "06 12 34\n56 78",
        "+33 6 12 34 56 78",
        "+33(0)612345678",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "0033612345678",
        "+262 692 12 34 56",
        "+32 475 12 34 56",
        "samira@exemple.fr",
        "samira (at) exemple.fr",
        "snap : kev.13",
        "samira arobase exemple point fr",
        "zéro six douze trente-quatre cinquante-six soixante-dix-huit",
        "1 85 05 78 006 084 36",
        "FR76 3000 6000 0112 3456 7890 189",
    ],
)
def test_de_quoi_joindre_quelqu_un_est_trouve(ecrit: str) -> None:
    assert _trouve(f"Appelez-moi au {ecrit} le soir.") == [ecrit]


def test_deux_numeros_qui_se_suivent_sont_deux() -> None:
    assert _trouve("06 12 34 56 78 07 98 76 54 32") == ["06 12 34 56 78", "07 98 76 54 32"]
    assert _trouve("Bât. 05 - 06 12 34 56 78") == ["06 12 34 56 78"]
    assert _trouve("le 05/12/2026 au 06 12 34 56 78") == ["06 12 34 56 78"]


@pytest.mark.parametrize(
    "ecrit",
    [
        "Réunion le 05/12/2026 18h",
        "du 08/09/2026 - 18/09/2026",
        "05/12/2026-18/12/2026",
        "le 05.12.2026 18h30",
        "05.12.2026-18.12.2026",
        "le 05-12-2026 18",
        "le 05 12 2026 18 h",
        "le 05122026 18 h",
        "05/12/26-18/12/26",
        "05/12/26 18 30",
        "2026-12-05 18:00",
        "du 01/09 au 05/10/2026 14",
        "01/02/2026 10:30",
        "du 01 02 2026 au 03 04",
        "08 42 09 15 10 30",
        "08 h 42, 09 h 15, 10 h 30",
        "SIRET 000 900 019",
        "SIRET 05712345600012",
        "SIRET 057 123 456 00012",
        "SIRET 13 00 25 26 50 00 13",
        "0 123 456 789 euros",
        "1 234 567 890",
        "+ 12 345 678 euros",
        "450 euros au lieu de 652 euros",
        "salles 101, 102, 103 et 0104",
        "bâtiment 02, salle 12.34",
        "n° 0601234567890",
        "salles 01 02 03 04 05",
        "salles 05-06-07-08-09",
        "bâtiments 01 03 05 07 09",
        "salles 01 02 03 04 05 06 07",
    ],
)
def test_une_date_une_heure_un_montant_ne_sont_pas_un_telephone(ecrit: str) -> None:
    assert _trouve(f"C’est {ecrit} à Marseille.") == []
