"""Sessions: lifetime, visibility, closing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from devtools.factories import JOUR, Monde, make_acteur, make_agent, make_delegue, make_promotion
from mse.annuaire.use_cases.creer import ouvrir_appartenance
from mse.comptes import use_cases
from mse.comptes.connexions import oublier_sessions
from mse.comptes.models import SessionCompte
from mse.comptes.queries import get_session, list_sessions
from mse.comptes.use_cases import fermer_session, ouvrir_session
from mse.core.clock import at, now
from mse.core.errors import Interdit
from mse.extensions import db
from tests.comptes.gens import make_inscrit

pytestmark = pytest.mark.usefixtures("jour")

HEURE, JOURNEE = timedelta(hours=1), timedelta(days=1)


def vit(reference: str, apres: timedelta) -> bool:
    return get_session(reference, le=JOUR + apres) is not None


def test_une_deleguee_reste_connectee_30_jours(app: Any) -> None:
    with at(JOUR):
        reference = ouvrir_session(make_delegue(make_promotion(make_acteur("Lavande")), "Samira"))
    assert vit(reference, 30 * JOURNEE - HEURE)
    assert not vit(reference, 30 * JOURNEE)


@pytest.mark.parametrize("qui", ["agent", "animatrice", "admin"])
def test_l_equipe_et_les_agents_12_heures_sans_visite_7_jours_en_tout(
    app: Any, monde: Monde, as_: Any, qui: str
) -> None:
    with at(JOUR):
        reference = ouvrir_session(getattr(monde, qui))
    assert vit(reference, 11 * HEURE)
    assert not vit(reference, 12 * HEURE)
    session = get_session(reference, le=JOUR)
    assert session is not None
    for heures in range(10, 7 * 24, 10):
        with at(JOUR + heures * HEURE):
            use_cases.noter_passage(session.id)
    assert vit(reference, 7 * JOURNEE - HEURE)
    assert not vit(reference, 7 * JOURNEE)


def test_avec_deux_roles_la_duree_la_plus_courte(app: Any) -> None:
    with at(JOUR):
        promotion = make_promotion(make_acteur("Lavande"))
        samira = make_delegue(promotion, "Samira")
        deleguee = ouvrir_session(samira)
        assert vit(deleguee, JOURNEE)
        ouvrir_appartenance(samira, make_acteur("Transports"))
    assert not vit(deleguee, JOURNEE)
    with at(JOUR):
        assert not vit(ouvrir_session(samira), JOURNEE)


def test_la_base_ne_garde_que_l_empreinte_de_la_reference(app: Any) -> None:
    reference = ouvrir_session(make_inscrit())
    session = db.session.scalars(select(SessionCompte)).one()
    assert len(reference) >= 43
    assert reference not in session.reference_hash
    assert get_session(session.reference_hash, le=now()) is None


def test_une_requete_trouve_la_session_et_le_compte(app: Any) -> None:
    reference = ouvrir_session(make_inscrit())
    db.session.rollback()
    requetes: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: requetes.append(args[2]))
    session = get_session(reference, le=now())
    assert session is not None
    assert session.compte.prenom == "Samira"
    assert len([requete for requete in requetes if requete.startswith("SELECT")]) == 1


def test_le_passage_est_note_toutes_les_5_minutes(as_: Any) -> None:
    with at(JOUR):
        browser = as_(make_inscrit())

    def vue_le() -> Any:
        db.session.rollback()
        return db.session.scalar(select(SessionCompte.vue_le)) - JOUR

    for minutes, note in [(4, 0), (6, 6), (10, 6), (11, 11)]:
        with at(JOUR + timedelta(minutes=minutes)):
            assert browser.get("/mon-compte").status_code == 200
            assert vue_le() == timedelta(minutes=note)


def test_une_base_occupee_n_empeche_pas_de_lire(as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(session_id: int) -> None:
        raise OperationalError("UPDATE sessions", {}, Exception("database is locked"))

    with at(JOUR):
        browser = as_(make_inscrit())
    monkeypatch.setattr(use_cases, "noter_passage", busy)
    with at(JOUR + HEURE):
        assert browser.get("/mon-compte").status_code == 200


def test_chacun_voit_et_ferme_ses_connexions(as_: Any) -> None:
    samira = make_inscrit()
    telephone, ordinateur = as_(samira), as_(samira)
    page = telephone.get("/mon-compte").text
    assert page.count("Ouverte le") == 2
    assert page.count("Cet appareil") == 1
    autre = max(session.id for session in list_sessions(le=now(), compte_id=samira.id))
    response = telephone.poster(f"/connexions/{autre}/fermer", "/mon-compte")
    assert (response.status_code, response.location) == (303, "/mon-compte")
    assert telephone.get("/mon-compte").status_code == 200
    assert ordinateur.get("/mon-compte").status_code == 401


def test_fermer_toutes_les_autres(as_: Any) -> None:
    samira, karim = make_inscrit(), make_inscrit("Karim")
    ici, ailleurs, voisin = as_(samira), as_(samira), as_(karim)
    assert ici.poster("/mon-compte/fermer-les-autres", "/mon-compte").status_code == 303
    assert [browser.get("/mon-compte").status_code for browser in (ici, ailleurs, voisin)] == [200, 401, 200]


def test_la_connexion_d_une_autre_n_existe_pas(as_: Any, client: Any) -> None:
    samira, karim = make_inscrit(), make_inscrit("Karim")
    chez_samira, chez_karim = as_(samira), as_(karim)
    sienne = list_sessions(le=now(), compte_id=samira.id)[0]
    assert chez_karim.poster(f"/connexions/{sienne.id}/fermer", "/mon-compte/identite").status_code == 404
    assert chez_karim.poster("/connexions/999999/fermer", "/mon-compte/identite").status_code == 404
    assert client.poster(f"/connexions/{sienne.id}/fermer", "/connexion").status_code == 401
    assert chez_samira.get("/mon-compte").status_code == 200
    assert "Samira" not in chez_karim.get("/mon-compte").text
    with pytest.raises(Interdit):
        fermer_session(sienne, par=karim)


def test_l_administration_voit_et_ferme_toutes_les_connexions(as_: Any) -> None:
    samira, admin = make_inscrit(), make_inscrit("Admin", est_administrateur=True)
    chez_samira, chez_admin = as_(samira), as_(admin)
    page = chez_admin.get("/connexions?nom=sam").text
    assert "Samira Fictif" in page
    assert "Admin Fictif" not in page
    assert samira.courriel not in page
    sienne = list_sessions(le=now(), compte_id=samira.id)[0]
    response = chez_admin.poster(f"/connexions/{sienne.id}/fermer", "/connexions")
    assert (response.status_code, response.location) == (303, "/connexions")
    assert chez_samira.get("/mon-compte").status_code == 401
    for seul in ("/connexions?nom=100%25", "/connexions?nom=" + "_" * 500):
        assert "Personne de ce nom" in chez_admin.get(seul).text


def test_un_nom_se_cherche_sans_accent_ni_casse_et_parmi_les_connexions_qui_vivent(
    as_: Any, monde: Monde
) -> None:
    """Expired sessions, even with a later visit, do not count in the hundred that are listed."""
    with at(JOUR):
        ouvrir_session(make_inscrit("Élodie"))
    with at(JOUR + HEURE):
        for _encore in range(100):
            ouvrir_session(monde.agent)
    with at(JOUR + JOURNEE):
        chez_admin = as_(monde.admin)
        for nom in ("ELODIE", "élodie", "lodie fic"):
            page = chez_admin.get("/connexions", query_string={"nom": nom}).text
            assert page.count("<b>Élodie Fictif</b>") == 1, nom
        assert "<b>Élodie Fictif</b>" in chez_admin.get("/connexions").text


def test_l_animatrice_ne_ferme_pas_les_connexions_des_autres(as_: Any, monde: Monde) -> None:
    chez_samira, chez_elle = as_(monde.samira), as_(monde.animatrice)
    sienne = list_sessions(le=now(), compte_id=monde.samira.id)[0]
    assert chez_elle.get("/connexions").status_code == 403
    assert chez_elle.poster(f"/connexions/{sienne.id}/fermer", "/mon-compte/identite").status_code == 404
    assert chez_samira.get("/mon-compte").status_code == 200


def test_une_session_finie_est_oubliee_24_heures_apres(app: Any) -> None:
    with at(JOUR):
        agent = make_agent(make_acteur("Transports"))
        ouvrir_session(agent)
    for apres, restent in [(7 * JOURNEE + 23 * HEURE, 2), (8 * JOURNEE + HEURE, 2)]:
        with at(JOUR + apres):
            ouvrir_session(agent)
            oublier_sessions()
            assert len(db.session.scalars(select(SessionCompte.id)).all()) == restent
