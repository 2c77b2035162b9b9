"""The directory of the demonstration: a history of changes, invited people, a closed acteur."""

from flask import Flask
from sqlalchemy import select

from mse.annuaire.models import Acteur, Changement, NatureChangement, RoleAuteur
from mse.annuaire.queries import FiltresActeurs, list_acteurs
from mse.comptes.models import Compte
from mse.demo.personnes import INVITEE
from mse.extensions import db
from mse.responsables.queries import count_saisines_en_cours


def test_un_acteur_ferme_n_a_plus_rien_a_repondre(region: Flask) -> None:
    ferme = db.session.scalars(select(Acteur).where(Acteur.ferme_le.is_not(None))).one()
    assert count_saisines_en_cours(ferme.id) == 0
    assert not ferme.a_un_agent


def test_quelqu_un_est_invite_et_des_acteurs_attendent_leur_premier_compte(region: Flask) -> None:
    invitee = db.session.scalars(select(Compte).where(Compte.courriel == INVITEE[0])).one()
    assert (invitee.active_le, invitee.mot_de_passe, invitee.est_demonstration) == (None, None, True)
    assert len(list_acteurs(FiltresActeurs(sans_compte=True)).rows) == 10


def test_l_historique_dit_qui_a_change_quoi(region: Flask) -> None:
    lignes = db.session.scalars(select(Changement).where(Changement.nature == NatureChangement.CHAMP)).all()
    assert {ligne.par_role for ligne in lignes} == {RoleAuteur.REFERENT, RoleAuteur.ANIMATION}
    assert all(ligne.avant and ligne.apres for ligne in lignes)
