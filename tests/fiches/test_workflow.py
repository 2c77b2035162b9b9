"""The transition table: every action in every status."""

import itertools

import pytest

from mse.core.errors import TransitionInterdite
from mse.core.workflow import next_state
from mse.fiches.workflow import TRANSITIONS, Action, Statut, derive_statut

PERMIS = {
    ("en_cours", "repondre"): "reponse",
    ("en_cours", "regler"): "reglee",
    ("en_cours", "abandonner"): "abandonnee",
    ("en_cours", "transferer"): "en_cours",
    ("en_cours", "prolonger"): "en_cours",
    ("reponse", "regler"): "reglee",
    ("reponse", "abandonner"): "abandonnee",
    ("reponse", "rouvrir"): "en_cours",
    ("reglee", "rouvrir"): "en_cours",
    ("abandonnee", "rouvrir"): "en_cours",
}


@pytest.mark.parametrize(("statut", "action"), list(itertools.product(Statut, Action)))
def test_chaque_geste_dans_chaque_etat(statut: Statut, action: Action) -> None:
    attendu = PERMIS.get((statut.value, action.value))
    if attendu:
        assert next_state(TRANSITIONS, statut, action, lambda *_: "") == attendu
    else:
        with pytest.raises(TransitionInterdite, match="non"):
            next_state(TRANSITIONS, statut, action, lambda *_: "non")


def test_le_statut_d_une_fiche_decoule_de_ses_saisines() -> None:
    for combinaison in itertools.product(Statut, repeat=3):
        ordre = [Statut.EN_COURS, Statut.REPONSE, Statut.REGLEE, Statut.ABANDONNEE]
        assert derive_statut(combinaison) == min(combinaison, key=ordre.index)
    assert derive_statut([]) == Statut.EN_COURS
