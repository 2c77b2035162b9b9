"""The status of a fiche at the end of each day, rebuilt from its étapes."""

from datetime import UTC, datetime, timedelta

from mse.fiches.workflow import NatureEtape as N
from mse.fiches.workflow import Statut, Valeur
from mse.meteo.histoire import Fait, iterate_soirs, list_abandons

MATIN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def le(jour: int, heure: int = 0) -> datetime:
    return MATIN + timedelta(days=jour, hours=heure)


def test_deux_responsables_et_un_avis() -> None:
    soirs = list(
        iterate_soirs(
            [
                Fait(le(0), 1),
                Fait(le(0), 2),
                Fait(le(3), 1, N.REGLEMENT),
                Fait(le(5), 2, N.REGLEMENT),
                Fait(le(6), 2, N.AVIS, Valeur.NON),
                Fait(le(7), 2, N.AVIS, Valeur.EN_PARTIE),
                Fait(le(9), 1, N.REOUVERTURE),
                Fait(le(9, 2), 1, N.REPONSE),
            ]
        )
    )
    assert [(soir.statut, soir.est_bonne) for soir in soirs] == [
        (Statut.EN_COURS, False),
        (Statut.EN_COURS, False),  # the second owner has not answered
        (Statut.REGLEE, True),
        (Statut.REGLEE, False),  # verdict «non»
        (Statut.REGLEE, True),  # verdict changed to «en partie»
        (Statut.REPONSE, False),
    ]


def test_un_abandon_apres_une_reponse_garde_l_avis_sur_la_reponse() -> None:
    *_avant, dernier = iterate_soirs(
        [
            Fait(le(0), 1),
            Fait(le(1), 1, N.REPONSE),
            Fait(le(2), 1, N.AVIS, Valeur.NON),
            Fait(le(3), 1, N.ABANDON),
        ]
    )
    assert (dernier.statut, dernier.est_bonne) == (Statut.ABANDONNEE, False)


def test_une_nouvelle_reponse_efface_l_avis_d_avant() -> None:
    *_avant, dernier = iterate_soirs(
        [
            Fait(le(0), 1),
            Fait(le(1), 1, N.REPONSE),
            Fait(le(2), 1, N.AVIS, Valeur.NON),
            Fait(le(3), 1, N.REGLEMENT),
        ]
    )
    assert dernier.est_bonne


def test_un_abandon_suit_le_signal_des_delegues_jusqu_a_la_reouverture() -> None:
    histoire = [
        Fait(le(0), 1),
        Fait(le(0), 2),
        Fait(le(1), 2, N.ABANDON),  # before the signal
        Fait(le(2), None, N.PLUS_ACTUELLE),
        Fait(le(3), 3),  # opened after the signal, which does not cover it
        Fait(le(4), 1, N.ABANDON),
        Fait(le(4), 3, N.ABANDON),
        Fait(le(6), 1, N.REOUVERTURE),
        Fait(le(8), 1, N.ABANDON),  # the reopening cancelled the signal
    ]
    abandons = list_abandons(histoire)
    assert {saisine: jours for saisine, jours in abandons.items() if jours} == {
        1: [(le(4).date(), le(5).date())]
    }
