"""Agents of an acteur: a référent adds them; access ends on the day they leave."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from devtools.factories import Monde, make_acteur, make_agent, make_delegue, make_promotion
from mse.annuaire.models import Appartenance, Changement
from mse.annuaire.queries import acteurs_sans_compte
from mse.annuaire.use_cases.agents import (
    accueillir_agent,
    demettre_referent,
    nommer_referent,
    terminer_appartenance,
)
from mse.comptes.models import Compte
from mse.core import clock
from mse.core.clock import now, today
from mse.core.errors import DonneeInvalide, Interdit
from mse.extensions import db
from mse.journal.models import LigneJournal
from mse.notifications.queries import list_agents
from mse.representation.policies import roles_de
from mse.representation.use_cases.promotions import modifier_promotion


def poste(monde: Monde, compte: Compte) -> Appartenance:
    return next(a for a in monde.transports.appartenances if a.compte_id == compte.id)


def equipe(monde: Monde) -> set[str]:
    rows = db.session.query(Appartenance).filter_by(acteur_id=monde.transports.id)
    return {a.compte.prenom for a in rows if a.est_en_cours(today())}


def test_un_referent_invite_un_collegue(monde: Monde, as_: Any) -> None:
    rene, nouveau = as_(monde.referent), f"/acteurs/{monde.transports.id}/agents/nouveau"
    page = page_creee = rene.poster(nouveau, prenom="Nora", nom="Fictive", courriel="nora@exemple.fr")
    assert page.status_code == 303
    assert "Une invitation part par courriel" in rene.get(page.location).text
    assert equipe(monde) == {"Ada", "Rene", "Nora"}
    nora = db.session.query(Compte).filter_by(courriel="nora@exemple.fr").one()
    assert (nora.active_le, nora.mot_de_passe) == (None, None)
    assert not poste_de(nora).est_referent
    assert ("appartenance_ouverte", monde.referent.id) in journal()
    page = rene.get(f"/acteurs/{monde.transports.id}/gestion").text
    assert "Pas encore venu" in page
    assert "nora@exemple.fr" not in page
    encore = rene.poster(nouveau, prenom="Nora", nom="Fictive", courriel="nora@exemple.fr")
    assert (encore.status_code, encore.location) == (303, page_creee.location)  # the second click
    assert equipe(monde) == {"Ada", "Rene", "Nora"}
    plus_tard = now() + timedelta(minutes=11)
    with clock.at(plus_tard):
        encore = rene.poster(nouveau, prenom="Nora", nom="Fictive", courriel="nora@exemple.fr")
    assert encore.status_code == 422
    assert "travaille déjà" in encore.text
    assert 'value="nora@exemple.fr"' in encore.text


def poste_de(compte: Compte) -> Appartenance:
    return db.session.query(Appartenance).filter_by(compte_id=compte.id).one()


def journal() -> set[tuple[str, int | None]]:
    return {(x.action, x.compte_id) for x in db.session.query(LigneJournal)}


def test_qui_a_deja_un_compte_le_garde_avec_son_nom(monde: Monde) -> None:
    appartenance = accueillir_agent(
        monde.transports,
        prenom="Óttó",
        nom="Autrement",
        courriel=monde.autre_agent.courriel or "",
        referent=False,
        par=monde.animatrice,
    )
    assert appartenance.compte is monde.autre_agent
    assert monde.autre_agent.prenom == "Otto"


def test_une_adresse_d_une_tout_autre_personne_est_une_faute_de_frappe(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="à un autre nom"):
        accueillir_agent(
            monde.transports,
            prenom="Inès",
            nom="Nouvelle",
            courriel=monde.autre_agent.courriel or "",
            referent=False,
            par=monde.animatrice,
        )


@pytest.mark.parametrize(
    "champs",
    [
        {"prenom": "\x00"},
        {"nom": "n" * 81},
        {"courriel": "nora"},
        {"courriel": f"{'n' * 250}@exemple.fr"},
        {"courriel": "nora@exemple.fr\nBcc: tous@exemple.fr"},
    ],
)
def test_une_invitation_fautive_n_invite_personne(monde: Monde, as_: Any, champs: dict[str, str]) -> None:
    saisie = {"prenom": "Nora", "nom": "Fictive", "courriel": "nora@exemple.fr", **champs}
    page = as_(monde.referent).poster(f"/acteurs/{monde.transports.id}/agents/nouveau", **saisie)
    assert page.status_code == 422
    assert equipe(monde) == {"Ada", "Rene"}


def test_qui_part_n_a_plus_acces_le_jour_meme(monde: Monde, as_: Any) -> None:
    ada = as_(monde.agent)
    repondre = f"/fiches/{monde.fiche.id}/saisines/{monde.saisine.id}/reponse"
    assert ada.get(repondre).status_code == 200
    depart = f"/acteurs/{monde.transports.id}/agents/{poste(monde, monde.agent).id}/depart"
    assert as_(monde.referent).poster(depart).status_code == 303
    assert ada.get(repondre).status_code == 403
    db.session.expire_all()
    assert poste(monde, monde.agent).fin == today()
    assert monde.agent.courriel not in list_agents(monde.transports)
    assert as_(monde.referent).poster(depart).status_code == 303  # the second click
    with clock.at(now() + timedelta(minutes=11)):
        encore = as_(monde.referent).poster(depart)
    assert encore.status_code == 409
    assert "ne travaille plus" in encore.text
    revenue = accueillir_agent(  # the same day
        monde.transports,
        prenom="Ada",
        nom="Fictif",
        courriel=monde.agent.courriel or "",
        referent=False,
        par=monde.referent,
    )
    assert revenue.est_en_cours(today())
    assert ada.get(repondre).status_code == 200


def test_la_fin_est_le_premier_jour_sans_acces(monde: Monde) -> None:
    appartenance = poste(monde, monde.agent)
    appartenance.fin = today() + timedelta(days=1)
    assert appartenance.est_en_cours(today())
    appartenance.fin = today()
    assert not appartenance.est_en_cours(today())
    poste(monde, monde.referent).fin = today()
    db.session.commit()
    assert acteurs_sans_compte([monde.transports.id], le=today()) == {monde.transports.id}


def test_le_dernier_referent_ne_se_retire_pas_seul(monde: Monde, as_: Any) -> None:
    sien = poste(monde, monde.referent)
    rene, base = as_(monde.referent), f"/acteurs/{monde.transports.id}/agents/{sien.id}"
    for geste in ("role", "depart"):
        page = rene.poster(f"{base}/{geste}")
        assert page.status_code == 409
        assert "seule personne référente" in page.text
    assert roles_de(monde.referent).referent_de == {monde.transports.id}
    nommer_referent(poste(monde, monde.agent), par=monde.referent)
    assert rene.poster(f"{base}/role").headers["Location"] == "/mon-espace"
    assert rene.get(f"/acteurs/{monde.transports.id}/gestion").status_code == 403
    terminer_appartenance(poste(monde, monde.agent), par=monde.animatrice)  # allowed for an animateur
    assert equipe(monde) == {"Rene"}


def test_un_deuxieme_clic_ne_defait_pas_le_premier(monde: Monde, as_: Any) -> None:
    rene = as_(monde.referent)
    role = f"/acteurs/{monde.transports.id}/agents/{poste(monde, monde.agent).id}/role"
    assert rene.poster(role).status_code == 303
    assert rene.poster(role, vers="referent").status_code == 303
    db.session.expire_all()
    assert poste(monde, monde.agent).est_referent


def test_un_agent_n_invite_ni_ne_retire(monde: Monde) -> None:
    ailleurs = make_agent(monde.remuneration, "Rita", referent=True)
    for par in (monde.agent, ailleurs, monde.samira):
        with pytest.raises(Interdit):
            accueillir_agent(
                monde.transports, prenom="N", nom="N", courriel="n@exemple.fr", referent=True, par=par
            )
        for geste in (nommer_referent, demettre_referent, terminer_appartenance):
            with pytest.raises(Interdit):
                geste(poste(monde, monde.referent), par=par)
    assert equipe(monde) == {"Ada", "Rene"}
    assert db.session.query(Changement).count() == 0


def test_la_premiere_personne_invitee_est_referente(monde: Monde, as_: Any) -> None:
    page = as_(monde.animatrice).get(f"/acteurs/{monde.lavande.id}/agents/nouveau").text
    assert "checked" in page
    ferme = make_acteur("Fermé", ferme_le=today())
    with pytest.raises(DonneeInvalide, match="fermé"):
        accueillir_agent(
            ferme, prenom="N", nom="N", courriel="n@exemple.fr", referent=True, par=monde.animatrice
        )
    assert db.session.query(Compte).filter_by(courriel="n@exemple.fr").count() == 0
    demettre_referent(poste(monde, monde.agent), par=monde.animatrice)  # not a référent: nothing changes
    assert not poste(monde, monde.agent).est_referent


def test_une_grande_equipe_coute_autant_de_requetes_qu_une_petite(monde: Monde, as_: Any) -> None:
    rene, gestion = as_(monde.referent), f"/acteurs/{monde.transports.id}/gestion"

    def count() -> int:
        requetes: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            requetes.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        assert rene.get(gestion).status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(requetes)

    petite = count()
    for n in range(20):
        appartenance = make_agent(monde.transports, f"Agent{n}")
        nommer_referent(poste_de(appartenance), par=monde.animatrice)
    assert count() == petite


def test_une_ancienne_deleguee_embauchee_ne_parle_plus_pour_un_groupe_prolonge(monde: Monde) -> None:
    """A mandat that ended with the course does not start again when the course is extended, if its holder
    has become an agent."""
    finie = make_promotion(monde.lavande, "Pâtissier", fin=today() - timedelta(days=2))
    nora = make_delegue(finie, "Nora")
    accueillir_agent(
        monde.lavande, prenom="Nora", nom="Fictif", courriel=nora.courriel, referent=False, par=monde.admin
    )
    valeurs = {"titre": finie.titre, "commune_code": finie.commune_code, "debut": finie.debut, "effectif": 9}
    modifier_promotion(finie, **valeurs, fin=today() + timedelta(days=30), succede_a=None, par=monde.admin)
    assert roles_de(nora).agent_de == {monde.lavande.id}
    assert roles_de(nora).promotions == frozenset()


def test_une_animatrice_qui_y_travaille_ne_se_nomme_pas_referente(monde: Monde) -> None:
    """As in an import: nobody may give a role to their own account.

    An animatrice would still be a référente once she is no longer animatrice.
    """
    ada = poste_de(monde.agent)
    monde.agent.est_animateur = True
    db.session.commit()
    with pytest.raises(Interdit, match="demandez à quelqu’un d’autre"):
        nommer_referent(ada, par=monde.agent)
    nommer_referent(ada, par=monde.animatrice)
    demettre_referent(ada, par=monde.agent)
    assert not ada.est_referent
