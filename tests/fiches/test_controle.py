"""The check before publication finds contact details, insults and pseudonyms."""

import pytest

from devtools.factories import Monde, make_brouillon
from mse.core.errors import DonneeInvalide
from mse.depot.use_cases.deposer import deposer_fiche
from mse.fiches.workflow import Publication


@pytest.mark.parametrize(
    "coordonnee",
    [
        "06 12 34 56 78",
        "0612345678",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "+33(0)612345678",
        "0033 6 12 34 56 78",
        "04-65-71-01-07",
        "samira.b@exemple.fr",
        "SAMIRA+deleguee@sous.exemple.fr",
        "06\u202f12\u202f34\u202f56\u202f78",
    ],
)
def test_une_coordonnee_est_attrapee_avant_publication(monde: Monde, coordonnee: str) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, solution=f"Appelez-moi au {coordonnee} le soir.")
    with pytest.raises(DonneeInvalide, match="Enlevez"):
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.est_brouillon
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    assert fiche.publication == Publication.RETENUE
    assert fiche.saisines == []


@pytest.mark.parametrize(
    "extrait",
    ["connard", "ces gros abrutis", "sale arabe", "FDP", "enculée", "snap : kev.13", "insta @lea_b"],
)
def test_une_injure_un_pseudonyme_aussi(monde: Monde, extrait: str) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, causes=f"On nous a dit : {extrait}.")
    with pytest.raises(DonneeInvalide, match=f"« {extrait}"):
        deposer_fiche(fiche, par=monde.samira)
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    assert fiche.publication == Publication.RETENUE


@pytest.mark.parametrize(
    "texte",
    [
        "450 euros au lieu de 652 euros",
        "le 16/11/2026 à 8 h 30",
        "du 01 02 2026 au 03 04",
        "SIRET 000 900 019",
        "Un règlement débile : trois bâtards et un pain, la consigne des confitures.",
        "Le groupe parle sur WhatsApp le soir.",
    ],
)
def test_un_mot_innocent_ne_retient_rien(monde: Monde, texte: str) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, causes=texte)
    deposer_fiche(fiche, par=monde.samira)
    assert fiche.est_publique
