"""The review of a repère, its end, and who is told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import Monde, make_fiche
from mse.annuaire.use_cases.gerer import fermer_acteur
from mse.core.clock import at, midnight, today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.notifications.models import Courriel, Notification
from mse.reperes.models import Repere
from mse.reperes.queries.pages import list_fiches_liees
from mse.reperes.use_cases.ecrire import modifier_repere
from mse.reperes.use_cases.finir import confirmer_repere, demander_revues, remplacer_repere, retirer_repere
from mse.reperes.use_cases.lier import delier_fiche, lier_fiche
from mse.reperes.workflow import StatutRepere
from mse.responsables.use_cases import transferer_saisine
from tests.courriels import write_mails
from tests.espace import compter, lire
from tests.reperes.reperes import MOTIF, contenu, make_brouillon, make_repere

MATIN = timedelta(hours=9)

pytestmark = pytest.mark.usefixtures("jour")


@pytest.fixture
def a_revoir(monde: Monde) -> Iterator[Repere]:
    """A repère whose date of review has come."""
    repere = make_repere(monde, a_revoir_le=today() + timedelta(days=10))
    with at(midnight(today() + timedelta(days=10)) + MATIN):
        yield repere


def adresses(evenement: str) -> list[str | None]:
    write_mails()
    query = select(Courriel.destinataire).where(Courriel.evenement == evenement)
    return sorted(db.session.scalars(query))


def test_a_sa_date_son_equipe_est_interrogee(monde: Monde, a_revoir: Repere, as_: Any) -> None:
    assert [une.id for une in lire(monde.agent)["reperes_a_revoir"]] == [a_revoir.id]
    assert compter(monde.agent).objects["repere"] == 1
    assert not lire(monde.autre_agent)["reperes_a_revoir"]
    assert not lire(monde.animatrice)["reperes_a_revoir"]
    page = as_(monde.agent).get("/mon-espace").text
    assert f"/reperes/{a_revoir.id}/revue" in page
    assert demander_revues() == 1
    assert adresses("repere_a_revoir") == sorted([monde.agent.courriel, monde.referent.courriel])


def test_un_rappel_par_semaine(monde: Monde, a_revoir: Repere) -> None:
    jour = today()
    nombres = []
    for ecoules in range(15):
        with at(midnight(jour + timedelta(days=ecoules)) + MATIN):
            nombres.append(demander_revues())
    assert [rang for rang, nombre in enumerate(nombres) if nombre] == [0, 7, 14]


def test_personne_n_est_reveille(monde: Monde, a_revoir: Repere) -> None:
    with at(midnight(today()) + timedelta(hours=1)):
        assert demander_revues() == 0


def test_revu_entre_temps_le_courriel_ne_part_pas(monde: Monde, a_revoir: Repere) -> None:
    demander_revues()
    confirmer_repere(a_revoir, today() + timedelta(days=100), par=monde.agent)
    assert adresses("repere_a_revoir") == []


def test_toujours_valable(monde: Monde, a_revoir: Repere, as_: Any) -> None:
    ada, jour = as_(monde.agent), today() + timedelta(days=200)
    page = f"/reperes/{a_revoir.id}/revue"
    assert "Toujours valable" in ada.get(page).text
    assert ada.poster(page, a_revoir_le=today().isoformat()).status_code == 422
    for _ in range(3):
        assert ada.poster(page, a_revoir_le=jour.isoformat()).status_code == 303
    db.session.expire_all()
    assert (a_revoir.a_revoir_le, a_revoir.numero) == (jour, 1)
    assert "Relu sans changement" in as_(None).get(f"/reperes/{a_revoir.id}").text
    assert not lire(monde.agent)["reperes_a_revoir"]


def test_sans_agent_l_association_est_interrogee(monde: Monde, a_revoir: Repere) -> None:
    fermer_acteur_sans_saisine(monde)
    demander_revues()
    assert a_revoir.acteur_id is None
    assert [une.id for une in lire(monde.animatrice)["reperes_a_revoir"]] == [a_revoir.id]
    assert adresses("repere_a_revoir") == [monde.animatrice.courriel]
    with pytest.raises(Interdit):
        retirer_repere(a_revoir, MOTIF, par=monde.agent)


def fermer_acteur_sans_saisine(monde: Monde) -> None:
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)
    fermer_acteur(monde.transports, par=monde.animatrice)


def test_les_deleguees_apprennent_un_changement(monde: Monde) -> None:
    repere = make_repere(monde)
    modifier_repere(repere, contenu(titre="Autre"), MOTIF, par=monde.agent)
    assert adresses("repere_modifie") == sorted([monde.samira.courriel, monde.karim.courriel])
    texte = db.session.scalars(select(Courriel.texte).where(Courriel.evenement == "repere_modifie")).first()
    assert MOTIF in texte
    notification = db.session.scalars(
        select(Notification).where(Notification.evenement == "repere_modifie")
    ).first()
    assert notification.chemin == f"/reperes/{repere.id}"
    retirer_repere(repere, MOTIF, par=monde.agent)
    assert len(adresses("repere_retire")) == 2


def test_chaque_promotion_liee_l_apprend_une_fois(monde: Monde) -> None:
    repere = make_repere(monde)
    for promotion, deleguee in ((monde.promotion, monde.samira), (monde.autre_promotion, monde.lea)):
        lier_fiche(repere, make_fiche(promotion, deleguee, monde.transports).id, par=monde.agent)
    retirer_repere(repere, MOTIF, par=monde.agent)
    assert adresses("repere_retire") == sorted(
        str(compte.courriel) for compte in (monde.samira, monde.karim, monde.lea)
    )


def test_un_repere_en_remplace_un_autre(monde: Monde, as_: Any) -> None:
    ancien, nouveau = make_repere(monde, titre="A"), make_repere(monde, titre="B")
    ebauche = make_brouillon(monde)
    for numero in (ancien.id, ebauche.id, 9999):
        with pytest.raises(DonneeInvalide):
            remplacer_repere(ancien, numero, MOTIF, par=monde.agent)
    page = f"/reperes/{ancien.id}/remplacement"
    assert as_(monde.agent).poster(page, autre_id="99999999999999", motif=MOTIF).status_code == 422
    assert as_(monde.agent).poster(page, autre_id=str(nouveau.id), motif=MOTIF).status_code == 303
    assert f"/reperes/{nouveau.id}" in as_(None).get(f"/reperes/{ancien.id}").text
    db.session.expire_all()
    assert ancien.statut == StatutRepere.REMPLACE
    with pytest.raises(TransitionInterdite):
        retirer_repere(ancien, MOTIF, par=monde.agent)


def test_trois_retraits_en_font_un(monde: Monde) -> None:
    repere = make_repere(monde)
    for _ in range(3):
        retirer_repere(repere, MOTIF, par=monde.animatrice)
    with pytest.raises(TransitionInterdite):
        retirer_repere(repere, "Une tout autre raison.", par=monde.agent)
    with pytest.raises(Conflit):
        confirmer_repere(repere, today() + timedelta(days=9), par=monde.agent, version=1)


def test_lier_et_delier(monde: Monde, as_: Any) -> None:
    repere, ada = make_repere(monde), as_(monde.agent)
    page, autre = f"/reperes/{repere.id}/fiches", monde.fiche.id
    assert ada.poster(page, fiche_id="99999").status_code == 422
    for _ in range(3):
        assert ada.poster(page, fiche_id=str(autre)).status_code == 303
    assert f"/reperes/{repere.id}" in as_(None).get(f"/fiches/{autre}").text
    assert ada.poster(page, delier=str(autre)).status_code == 303
    db.session.expire_all()
    assert monde.fiche.nombre_reperes == 0
    [origine] = list_fiches_liees(repere.id)
    with pytest.raises(TransitionInterdite):
        delier_fiche(repere, origine.id, par=monde.agent)
