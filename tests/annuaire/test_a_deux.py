"""Two concurrent changes of the directory: the second one takes the first one into account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from devtools.factories import Monde, make_compte, make_promotion
from mse.annuaire.models import Acteur
from mse.annuaire.use_cases.agents import accueillir_agent
from mse.annuaire.use_cases.gerer import modifier_acteur
from mse.comptes.models import Compte, NatureJeton, hash_code
from mse.comptes.queries import get_jeton
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.core.use_cases import batch
from mse.extensions import db
from mse.imports.use_cases.importer_organismes import importer_organismes
from mse.representation.models import Mandat, Promotion
from mse.representation.use_cases.comptes import fermer_compte
from mse.representation.use_cases.elections import Elu, enregistrer_resultat
from mse.representation.use_cases.inviter import imprimer_code
from mse.representation.use_cases.mandats import terminer_mandat
from mse.representation.use_cases.promotions import modifier_promotion
from tests.imports.liste_organismes import ENTETE, A, B, acteur, issues, ligne

pytestmark = pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # SQLite has one writer at a time

_SOMEBODY_WAITS = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def meanwhile(app: Flask, first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Run `second` while the transaction of `first` is still open.

    Commit `first` once `second` waits for a lock or has ended. Return the result of `second`, or raise
    its error.
    """

    def act() -> Any:
        with app.app_context():
            try:
                return second()
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        with batch():
            first()
            attente = pool.submit(act)
            while not attente.done() and not db.session.scalar(_SOMEBODY_WAITS):
                sleep(0.01)
        return attente.result(10)


def test_une_correction_pendant_l_import_n_arrete_pas_l_import(
    app: Flask, monde: Monde, tmp_path: Path
) -> None:
    chemin = tmp_path / "liste.csv"

    def charge(nom: str) -> list[str]:
        lignes = [ENTETE, ligne(A, nom), ligne(B, nom), ""]
        chemin.write_text("\n".join(lignes))
        return issues(list(importer_organismes(chemin)))

    charge("LAVANDE")
    lavande = acteur(A)
    suite = meanwhile(
        app,
        lambda: modifier_acteur(lavande, par=monde.admin, nom="Lavande Formation"),
        lambda: charge("LAVANDE SARL"),
    )
    assert suite == ["inchange", "actualise"]
    db.session.expire_all()
    assert acteur(A).nom == "Lavande Formation"  # a correction by hand is kept
    assert acteur(B).nom == "LAVANDE SARL"


# ---------------------------------------------------------------- accounts and roles


@pytest.fixture
def vera(monde: Monde) -> Compte:
    """An account that the promotion «Pâtissier» of Lavande Formation is about to elect."""
    make_promotion(monde.lavande, "Pâtissier")
    return make_compte("Vera", courriel="vera@exemple.fr")


def elire(vera: Compte, par: Compte) -> Any:
    promotion = db.session.query(Promotion).filter_by(titre="Pâtissier").one()
    titulaire = Elu(prenom=vera.prenom, nom=vera.nom, courriel=vera.courriel)
    return enregistrer_resultat(
        promotion, cle="une-cle", le=today(), titulaire=titulaire, suppleant=None, par=par
    )


def test_elue_pendant_qu_on_ferme_son_compte_elle_ne_prend_pas_le_siege(
    app: Flask, monde: Monde, vera: Compte
) -> None:
    ids = vera.id, monde.animatrice.id
    with pytest.raises(DonneeInvalide, match="fermé"):
        meanwhile(
            app,
            lambda: fermer_compte(vera, par=monde.admin),
            lambda: elire(*(db.session.get_one(Compte, compte_id) for compte_id in ids)),
        )
    assert db.session.query(Mandat).filter_by(compte_id=ids[0]).count() == 0


def test_son_compte_se_ferme_pendant_qu_on_l_elit_le_siege_est_rendu(
    app: Flask, monde: Monde, vera: Compte
) -> None:
    ids = vera.id, monde.admin.id

    def ferme() -> None:
        compte, par = (db.session.get_one(Compte, compte_id) for compte_id in ids)
        fermer_compte(compte, par=par)

    meanwhile(app, lambda: elire(vera, monde.animatrice), ferme)
    [mandat] = db.session.query(Mandat).filter_by(compte_id=ids[0])
    assert mandat.fin == today()


def test_un_code_ne_s_imprime_pas_pour_qui_recoit_un_role_ailleurs(
    app: Flask, monde: Monde, nora: Compte, nadege: Compte
) -> None:
    """The holder of the printed code would get access to the fiches of the other acteur."""
    ids = nora.id, nadege.id

    def imprime() -> str:
        compte, par = (db.session.get_one(Compte, compte_id) for compte_id in ids)
        return imprimer_code(compte, par=par)

    with pytest.raises(Interdit):
        meanwhile(app, lambda: accueillir_nora(monde.transports, monde.animatrice), imprime)


def test_un_code_imprime_pendant_qu_elle_recoit_un_role_n_ouvre_plus_rien(
    app: Flask, monde: Monde, nora: Compte, nadege: Compte
) -> None:
    codes: list[str] = []
    ids = monde.transports.id, monde.animatrice.id
    meanwhile(
        app,
        lambda: codes.append(imprimer_code(nora, par=nadege)),
        lambda: accueillir_nora(db.session.get_one(Acteur, ids[0]), db.session.get_one(Compte, ids[1])),
    )
    assert get_jeton(hash_code(codes[0]), NatureJeton.CODE, le=now()) is None


def accueillir_nora(acteur: Acteur, par: Compte) -> None:
    accueillir_agent(
        acteur, prenom="Nora", nom="Fictive", courriel="nora@exemple.fr", referent=False, par=par
    )


# ---------------------------------------------------------------- promotions and mandats


def raccourcir(promotion: Promotion, par: Compte) -> None:
    """Set the end of the promotion to yesterday."""
    modifier_promotion(
        promotion,
        titre=promotion.titre,
        commune_code=promotion.commune_code,
        debut=promotion.debut,
        fin=today() - timedelta(days=1),
        effectif=promotion.effectif,
        succede_a=None,
        par=par,
    )


def test_un_vote_ne_s_enregistre_pas_apres_une_fin_qu_on_avance(
    app: Flask, monde: Monde, vera: Compte, nadege: Compte
) -> None:
    promotion, ids = db.session.query(Promotion).filter_by(titre="Pâtissier").one(), (vera.id, nadege.id)
    with pytest.raises(DonneeInvalide, match="elle n’élit plus personne"):
        meanwhile(
            app,
            lambda: raccourcir(promotion, monde.admin),
            lambda: elire(*(db.session.get_one(Compte, compte_id) for compte_id in ids)),
        )


def test_un_mandat_ne_finit_pas_apres_une_fin_qu_on_avance(app: Flask, monde: Monde, nadege: Compte) -> None:
    mandat, par = monde.samira.mandats[0].id, nadege.id
    with pytest.raises(TransitionInterdite, match="déjà pris fin"):
        meanwhile(
            app,
            lambda: raccourcir(monde.promotion, monde.admin),
            lambda: terminer_mandat(
                db.session.get_one(Mandat, mandat), fin=today(), par=db.session.get_one(Compte, par)
            ),
        )
