"""Management of accounts: search by name, close with all roles, reopen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from devtools.factories import Monde, make_compte, make_delegue, make_promotion
from mse.annuaire.models import Changement
from mse.comptes.models import Compte, SessionCompte
from mse.core.clock import today
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.representation.policies import roles_de
from mse.representation.queries.promotions import get_representation
from mse.representation.use_cases.comptes import accueillir_membre, fermer_compte, rouvrir_compte
from mse.representation.use_cases.promotions import modifier_promotion


def test_un_compte_ferme_perd_tout_sur_le_champ(monde: Monde, as_: Any) -> None:
    ada = as_(monde.agent)
    assert ada.get("/mon-espace").status_code == 200
    page = as_(monde.animatrice).poster(f"/comptes/{monde.agent.id}/fermeture")
    assert page.status_code == 303
    assert ada.get("/mon-espace").status_code == 401
    db.session.expire_all()
    assert monde.agent.ferme_le is not None
    assert db.session.query(SessionCompte).filter_by(compte_id=monde.agent.id, fermee_le=None).count() == 0
    assert [a.fin for a in monde.transports.appartenances if a.compte_id == monde.agent.id] == [today()]
    assert db.session.query(Changement).filter_by(compte_id=monde.agent.id).one().nature == "depart"


def test_rouvert_il_ne_retrouve_pas_ses_roles(monde: Monde) -> None:
    for compte in (monde.agent, monde.samira):
        fermer_compte(compte, par=monde.admin)
        fermer_compte(compte, par=monde.admin)  # the second click
        rouvrir_compte(compte, par=monde.admin)
    assert roles_de(monde.agent).agent_de == frozenset()
    assert roles_de(monde.samira).delegue_de == frozenset()
    assert [m.fin for m in monde.samira.mandats] == [today() - timedelta(days=1)]
    assert db.session.query(LigneJournal).filter_by(action="mandat_termine").count() == 1
    rouvrir_compte(monde.agent, par=monde.admin)  # the second click
    assert db.session.query(LigneJournal).filter_by(action="compte_rouvert").count() == 2


def test_un_mandat_ne_du_jour_finit_le_jour_meme(monde: Monde) -> None:
    """A mandat ends no earlier than it begins. A mandat already ended is not changed."""
    nora = make_delegue(make_promotion(monde.lavande), "Nora", debut=today())
    avant = [m.fin for m in monde.ancienne.mandats]
    for compte in (nora, monde.ancienne):
        fermer_compte(compte, par=monde.admin)
    assert [m.fin for m in nora.mandats] == [today()]
    assert [m.fin for m in monde.ancienne.mandats] == avant


def test_qui_a_quitte_l_equipe_n_y_revient_pas_en_rouvrant_son_compte(monde: Monde) -> None:
    farid = make_compte("Farid", est_animateur=True, est_administrateur=True)
    fermer_compte(farid, par=monde.admin)
    rouvrir_compte(farid, par=monde.admin)
    assert not farid.est_equipe


def test_un_compte_de_l_equipe_ne_se_ferme_que_par_l_administration(monde: Monde) -> None:
    farid = make_compte("Farid", est_animateur=True)
    for par, cible in ((monde.animatrice, farid), (farid, farid), (monde.referent, monde.agent)):
        with pytest.raises(Interdit):
            fermer_compte(cible, par=par)
    with pytest.raises(Interdit):
        fermer_compte(monde.admin, par=monde.admin)
    fermer_compte(farid, par=monde.admin)
    assert not farid.est_ouvert


def test_un_compte_ferme_n_en_ferme_aucun_autre(monde: Monde) -> None:
    autre = make_compte("Autre", est_administrateur=True)
    fermer_compte(autre, par=monde.admin)
    with pytest.raises(Interdit):
        fermer_compte(monde.admin, par=autre)
    assert monde.admin.est_ouvert


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_il_reste_toujours_un_compte_d_administration(app: Flask, monde: Monde) -> None:
    """The last two administrators close each other concurrently, both having read that the other is open."""
    ids = monde.admin.id, make_compte("Autre", est_administrateur=True).id
    depart = Barrier(2)
    db.session.rollback()

    def ferme(geste: tuple[int, int]) -> str:
        with app.app_context():
            par, compte = (db.session.get_one(Compte, compte_id) for compte_id in geste)
            assert par.est_ouvert
            assert compte.est_ouvert
            depart.wait(10)
            try:
                fermer_compte(compte, par=par)
            except TransitionInterdite as refus:
                return str(refus)
            finally:
                db.session.remove()
            return "fermé"

    with ThreadPoolExecutor(2) as pool:
        un, deux = sorted(pool.map(ferme, (ids, ids[::-1])))
    assert un.startswith("C’est le dernier compte d’administration")
    assert deux == "fermé"
    assert db.session.query(Compte).filter_by(est_administrateur=True, ferme_le=None).count() == 1


def test_la_liste_dit_qui_peut_quoi_sans_aucune_adresse(monde: Monde, as_: Any) -> None:
    make_compte("Éloïse", nom="Attendue", active_le=None)
    anouk = as_(monde.animatrice)
    page = anouk.get("/comptes").text
    assert "agent·e de Service Cars régionaux" in page
    assert "référent·e de Service Cars régionaux" in page
    assert "délégué·e chez Lavande Formation" in page
    assert "@exemple.fr" not in page
    assert monde.promotion.titre not in page
    assert f"/comptes/{monde.admin.id}/fermeture" not in page  # an administrateur
    invites = anouk.get("/comptes?etat=invite").text
    assert "Éloïse Attendue" in invites
    assert "Samira" not in invites
    assert "Éloïse Attendue" in anouk.get("/comptes?q=eloise+attend").text
    assert "Aucun compte" in anouk.get("/comptes?q=%F0%9F%90%9F").text
    for fautive in ("etat=roi", "apres=zz", "apres=999999", f"q={'x' * 90}"):
        assert anouk.get(f"/comptes?{fautive}").status_code == 422


def test_la_liste_se_lit_page_apres_page(monde: Monde, as_: Any) -> None:
    for n in range(30):
        make_compte(f"P{n:02}", nom="Nombreux")
    anouk, vus, url = as_(monde.animatrice), "", "/comptes?q=nombreux"
    while url:
        page = anouk.get(url).text
        vus += page
        url = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
        url = url.replace("&amp;", "&")
    assert [vus.count(f"P{n:02} Nombreux</h2>") for n in range(30)] == [1] * 30


def test_seule_l_administration_agrandit_l_equipe(monde: Monde, as_: Any) -> None:
    admin = as_(monde.admin)
    saisie = {"prenom": "Farid", "nom": "Fictif", "courriel": "farid@exemple.fr", "role": "animation"}
    assert as_(monde.animatrice).get("/comptes/nouveau").status_code == 403
    assert admin.poster("/comptes/nouveau", **{**saisie, "role": "roi"}).status_code == 422
    assert admin.poster("/comptes/nouveau", **saisie).status_code == 303
    farid = db.session.query(Compte).filter_by(courriel="farid@exemple.fr").one()
    assert (farid.est_animateur, farid.est_administrateur) == (True, False)
    encore = admin.poster("/comptes/nouveau", **saisie)
    assert encore.status_code == 303
    assert "déjà ce rôle" in admin.get(encore.location).text
    for par in (monde.animatrice, monde.referent):
        with pytest.raises(Interdit):
            accueillir_membre(prenom="N", nom="N", courriel="n@exemple.fr", administrateur=True, par=par)
    with pytest.raises(DonneeInvalide):
        accueillir_membre(prenom="", nom="N", courriel="n@exemple.fr", administrateur=True, par=monde.admin)
    assert db.session.query(Compte).filter_by(courriel="n@exemple.fr").count() == 0


def test_personne_n_entre_de_soi_meme_dans_l_equipe(monde: Monde) -> None:
    """An administrator may not join the animateurs alone: another administrator must add them."""
    moi = {"prenom": monde.admin.prenom, "nom": monde.admin.nom, "courriel": monde.admin.courriel or ""}
    with pytest.raises(Interdit, match="vous donner un rôle"):
        accueillir_membre(**moi, administrateur=False, par=monde.admin)
    autre = make_compte("Abel", est_administrateur=True)
    assert accueillir_membre(**moi, administrateur=False, par=autre)[0].est_animateur


def test_un_mandat_fini_avec_la_formation_ne_revient_pas_quand_elle_est_prolongee(monde: Monde) -> None:
    """An account closed after the course loses its mandat, even if the course is then extended."""
    finie = make_promotion(monde.lavande, "Pâtissier", fin=today() - timedelta(days=2))
    nora = make_delegue(finie, "Nora")
    fermer_compte(nora, par=monde.admin)
    valeurs = {"titre": finie.titre, "commune_code": finie.commune_code, "debut": finie.debut, "effectif": 9}
    modifier_promotion(finie, **valeurs, fin=today() + timedelta(days=30), succede_a=None, par=monde.admin)
    assert get_representation(finie, le=today()).attend_une_election
    rouvrir_compte(nora, par=monde.admin)
    assert roles_de(nora).promotions == frozenset()
