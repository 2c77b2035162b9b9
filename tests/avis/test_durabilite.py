"""Thirty days after «réglée», the delegates say whether the problem has come back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import JOUR, LONGUE, Monde, keep, make_delegue, make_promotion
from mse.avis.use_cases import demander_toutes_les_durabilites, dire_durabilite
from mse.core.clock import at
from mse.core.errors import DonneeInvalide, Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Avis, Etape
from mse.fiches.use_cases import traiter
from mse.fiches.workflow import NatureEtape
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.models import Courriel
from tests.courriels import write_mails
from tests.espace import compter
from tests.notifications.conftest import tell_at_once

pytestmark = pytest.mark.usefixtures("jour")

DANS_UN_MOIS = JOUR + timedelta(days=30, hours=1)
REVENU = "Le car part de nouveau avant la fin des cours."
_LIEN = re.compile(r"http://[^/]+(/durable/\S+)")


@pytest.fixture
def reglee(monde: Monde) -> Monde:
    traiter.regler_saisine(monde.saisine, LONGUE, par=monde.agent)
    return monde


@pytest.fixture
def demandee(reglee: Monde) -> Any:
    """A month later, the delegates have been asked."""
    with at(DANS_UN_MOIS):
        demander_toutes_les_durabilites()
        yield reglee


def mails_of(evenement: str) -> dict[str | None, str]:
    write_mails()
    rows = db.session.execute(
        select(Courriel.destinataire, Courriel.texte).where(Courriel.evenement == evenement)
    )
    return {destinataire: texte or "" for destinataire, texte in rows}


def lines(nature: NatureEtape) -> list[str | None]:
    return list(db.session.scalars(select(Etape.texte).where(Etape.nature == nature).order_by(Etape.id)))


def test_la_question_vient_au_bout_de_trente_jours_une_seule_fois(reglee: Monde) -> None:
    with at(JOUR + timedelta(days=29, hours=23)):
        demander_toutes_les_durabilites()
        assert mails_of("durabilite_demandee") == {}
    with at(DANS_UN_MOIS):
        demander_toutes_les_durabilites()
        recus = mails_of("durabilite_demandee")
        assert set(recus) == {reglee.samira.courriel, reglee.karim.courriel}
        demander_toutes_les_durabilites()
    assert len(mails_of("durabilite_demandee")) == 2
    count = db.session.scalar(select(func.count()).where(Courriel.evenement == "durabilite_demandee"))
    assert count == 2


def test_la_question_ne_remonte_pas_le_temps(reglee: Monde) -> None:
    """An instance that begins to ask skips saisines solved long ago and withdrawn fiches."""
    with at(JOUR + timedelta(days=61)):
        demander_toutes_les_durabilites()
        assert mails_of("durabilite_demandee") == {}
    with at(DANS_UN_MOIS):
        retirer_fiche(reglee.fiche, "Elle nomme une personne.", par=reglee.animatrice)
        demander_toutes_les_durabilites()
        assert mails_of("durabilite_demandee") == {}


def test_ceux_de_la_promotion_suivante_repondent_aussi(reglee: Monde) -> None:
    with at(DANS_UN_MOIS):
        suite = make_promotion(reglee.lavande, "Le groupe suivant", succede_a=reglee.promotion)
        releve = keep(make_delegue(suite, "Inès"))
        demander_toutes_les_durabilites()
        assert releve.courriel in mails_of("durabilite_demandee")
        dire_durabilite(reglee.saisine, "", est_durable=True, par=releve)
        assert reglee.saisine.est_durable


def test_pas_revenu_la_fiche_est_reglee_durablement(demandee: Monde, client: Any) -> None:
    tell_at_once(demandee.agent)
    dire_durabilite(demandee.saisine, "", est_durable=True, par=demandee.samira)
    assert "Réglée durablement, disent les délégué·es" in client.get(f"/fiches/{demandee.fiche.id}").text
    assert demandee.agent.courriel in mails_of("solution_durable")
    dire_durabilite(demandee.saisine, "", est_durable=True, par=demandee.karim)
    assert lines(NatureEtape.DURABLE) == [None]  # said once


def test_revenu_le_responsable_le_lit_et_peut_rouvrir(demandee: Monde, client: Any) -> None:
    with pytest.raises(DonneeInvalide):
        dire_durabilite(demandee.saisine, " ", est_durable=False, par=demandee.samira)
    for _clic in range(3):
        dire_durabilite(demandee.saisine, REVENU, est_durable=False, par=demandee.samira)
    assert lines(NatureEtape.REVENU) == [REVENU]
    assert REVENU in mails_of("probleme_revenu")[demandee.agent.courriel]
    page = client.get(f"/fiches/{demandee.fiche.id}").text
    assert "Réglée durablement" not in page
    assert REVENU in page
    traiter.rouvrir_saisine(demandee.saisine, "Nous reprenons la discussion.", par=demandee.agent)
    assert (demandee.saisine.est_durable, demandee.saisine.durabilite_demandee_le) == (None, None)
    with pytest.raises(TransitionInterdite):
        dire_durabilite(demandee.saisine, "", est_durable=True, par=demandee.samira)


def test_personne_ne_le_dit_a_leur_place_ni_avant_la_question(reglee: Monde, demandee: Monde) -> None:
    for personne in (demandee.agent, demandee.animatrice, demandee.admin, demandee.lea, demandee.ancienne):
        with pytest.raises(Interdit):
            dire_durabilite(demandee.saisine, "", est_durable=True, par=personne)


def test_on_ne_repond_pas_avant_d_etre_demande(reglee: Monde) -> None:
    with pytest.raises(TransitionInterdite):
        dire_durabilite(reglee.saisine, "", est_durable=True, par=reglee.samira)


def test_samira_repond_par_le_lien_du_courriel(demandee: Monde, client: Any) -> None:
    trouve = _LIEN.search(mails_of("durabilite_demandee")[demandee.samira.courriel])
    assert trouve
    assert client.get(trouve[1]).location == "/durable"
    page = client.get("/durable").text
    assert "Le problème est-il revenu" in page
    assert client.poster("/durable", reponse="oui", texte="").status_code == 422
    assert client.poster("/durable", reponse="non", texte="Trois mois sans incident.").status_code == 303
    db.session.rollback()
    assert lines(NatureEtape.DURABLE) == ["Trois mois sans incident."]
    assert client.get("/mon-espace").status_code == 401


def test_je_ne_sais_pas_encore_ne_change_rien(monde: Monde, client: Any) -> None:
    traiter.repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    [lien] = re.findall(r"http://[^/]+(/avis/\S+)", mails_of("saisine_repondue")[monde.samira.courriel])
    client.get(lien)
    assert "Je ne sais pas encore" in client.get("/avis").text
    assert client.get("/avis/plus-tard").location == f"/fiches/{monde.fiche.id}"
    assert (
        "Le lien de votre courriel sert jusqu’au mercredi 16 décembre"
        in client.get(f"/fiches/{monde.fiche.id}").text
    )
    assert db.session.scalar(select(func.count()).select_from(Avis)) == 0
    assert client.get("/avis").status_code == 200


def test_la_question_attend_dans_mon_espace(demandee: Monde, as_: Any) -> None:
    page = as_(demandee.samira).get("/mon-espace").text
    assert "1 problème réglé\u202f: est-il revenu\u202f?" in page
    adresse = f"/fiches/{demandee.fiche.id}/saisines/{demandee.saisine.id}/durabilite"
    assert f'href="{adresse}"' in page
    assert "Le problème est-il revenu" in as_(demandee.samira).get(adresse).text
    attendaient = [
        compter(qui).count("durabilites") for qui in (demandee.samira, demandee.karim, demandee.lea)
    ]
    assert attendaient == [1, 1, 0]
    dire_durabilite(demandee.saisine, "", est_durable=True, par=demandee.samira)
    assert compter(demandee.karim).count("durabilites") == 0
