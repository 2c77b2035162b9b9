"""Acteurs in difficulty: worst first, only those with five answers due, the quarter before beside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from devtools.factories import LONGUE, Monde, make_acteur, make_fiche
from mse.annuaire.models import Nature
from mse.avis.use_cases import donner_avis
from mse.bilans.chiffres import Chiffres
from mse.bilans.models import BilanActeur, TrimestreCompte
from mse.bilans.queries.dues import count_acteurs
from mse.bilans.trimestres import Trimestre
from mse.core.clock import at
from mse.extensions import db
from mse.fiches.api import Valeur
from mse.fiches.use_cases.traiter import repondre_saisine, rouvrir_saisine
from mse.meteo.mesures import Mesure
from mse.meteo.presences import contains
from mse.meteo.queries.faits import list_presences
from mse.meteo.queries.periodes import Periode, get_lignees
from mse.moderation.use_cases import retirer_fiche
from mse.relances.use_cases.prolonger import prolonger_saisine
from mse.responsables.use_cases import transferer_saisine
from tests.bilans.trimestre import APRES, count_on, make_dues, midi

pytestmark = pytest.mark.usefixtures("jour")

PAGE = "/acteurs/en-difficulte"
T4 = Trimestre(2026, 4)
MOTIF = "Cela dépend d’un autre service."


def _chiffres(monde: Monde, le: date = APRES) -> Chiffres:
    return count_acteurs(T4, le=le).get(monde.transports.id, Chiffres())


def test_les_pires_viennent_d_abord(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=7, tenues=5)  # and that of the world: 3 of 8 are missing
    make_dues(monde, monde.lavande, nombre=5)
    make_dues(monde, monde.ailleurs, nombre=4)
    count_on(APRES)
    with at(midi(APRES)):
        page = as_(monde.animatrice).get(f"{PAGE}?trimestre=2026-T4").text
        peu = as_(monde.animatrice).get(f"{PAGE}?trimestre=2026-T4&liste=peu").text
    assert page.index(monde.lavande.nom) < page.index("3 réponses sur 8 ont manqué")
    assert "5 réponses sur 5 ont manqué à leur date" in page
    assert "(38\u00a0%)" in page
    assert monde.ailleurs.nom not in page
    assert monde.ailleurs.nom in peu
    assert "4 réponses attendues\u202f: trop peu pour en juger." in peu
    assert "100" not in peu.partition("<main")[2].partition(monde.ailleurs.nom)[2][:600]


def test_le_trimestre_d_avant_est_a_cote(monde: Monde, as_: Any) -> None:
    saisines = make_dues(monde, monde.transports, nombre=6)
    for saisine in saisines:
        with at(midi(date(2026, 12, 28))):
            repondre_saisine(saisine, LONGUE, par=monde.agent)
            rouvrir_saisine(saisine, MOTIF, par=monde.agent)  # due again on 11 January
    count_on(date(2027, 1, 20))
    with at(midi(date(2027, 1, 20))):
        page = as_(monde.animatrice).get(PAGE).text
    assert "6 réponses sur 6 ont manqué à leur date" in page
    assert "Trimestre d’avant\u202f: 7 sur 7 (100\u00a0%)." in page


def test_les_definitions_sont_celles_de_la_meteo(monde: Monde) -> None:
    """Transfers, extensions and reopenings move due dates: both count the same answers."""
    saisines = make_dues(monde, monde.transports, nombre=6, tenues=2)
    with at(midi(date(2026, 12, 1))):
        prolonger_saisine(saisines[2], 5, MOTIF, par=monde.agent)
        transferer_saisine(saisines[3], monde.remuneration.id, MOTIF, par=monde.agent)
    with at(midi(date(2026, 12, 22))):
        transferer_saisine(saisines[4], monde.remuneration.id, MOTIF, par=monde.agent)
    with at(midi(date(2026, 12, 3))):
        rouvrir_saisine(saisines[0], MOTIF, par=monde.agent)
    for le in (date(2026, 12, 15), date(2026, 12, 20), APRES):
        dernier = T4.compte_jusqu_au(le)
        periode = Periode(dernier, dernier, (dernier - T4.debut).days + 1, get_lignees())
        dues = [une for une in list_presences(periode, [Mesure.ECOUTE]) if contains(une.n, dernier)]
        tenues = [une for une in dues if contains(une.k, dernier)]
        comptes = count_acteurs(T4, le=le).values()
        assert (sum(une.dues for une in comptes), sum(une.tenues for une in comptes)) == (
            len(dues),
            len(tenues),
        )
    assert [_chiffres(monde).dues, count_acteurs(T4, le=APRES)[monde.remuneration.id].dues] == [6, 1]


def test_une_reponse_attendue_aujourd_hui_ne_manque_pas(monde: Monde) -> None:
    due = monde.saisine.reponse_due
    assert _chiffres(monde, due) == Chiffres()
    assert _chiffres(monde, due + timedelta(days=1)).manquees == 1


def test_le_delai_et_les_avis_sont_ceux_des_reponses_attendues(monde: Monde) -> None:
    saisines = make_dues(monde, monde.transports, nombre=2)
    for saisine, jour in zip([monde.saisine, *saisines], (17, 18, 20), strict=True):
        with at(midi(date(2026, 11, jour))):
            repondre_saisine(saisine, LONGUE, par=monde.agent)
    with at(midi(date(2026, 11, 23))):
        donner_avis(saisines[0], Valeur.NON, "Rien n’a changé.", par=monde.samira)
        donner_avis(saisines[1], Valeur.OUI, "", par=monde.samira)
    with at(midi(date(2026, 11, 24))):
        donner_avis(saisines[0], Valeur.EN_PARTIE, "Un peu mieux.", par=monde.samira)
    une = _chiffres(monde)
    assert (une.tenues, une.repondues, une.delai) == (3, 3, 2.0)
    assert (une.oui, une.en_partie, une.non) == (1, 1, 0)


def test_le_delai_d_un_transfert_est_celui_du_nouveau_responsable(monde: Monde) -> None:
    with at(midi(date(2026, 12, 1))):
        transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    with at(midi(date(2026, 12, 3))):
        repondre_saisine(monde.saisine, LONGUE, par=monde.autre_agent)
    assert count_acteurs(T4, le=APRES)[monde.remuneration.id].delai == 2.0


def test_les_chiffres_gardes_sont_ceux_qu_on_recompte(monde: Monde) -> None:
    make_dues(monde, monde.transports, nombre=5, tenues=3)
    count_on(APRES)
    gardes = {une.acteur_id: une.chiffres for une in db.session.scalars(select(BilanActeur))}
    assert gardes == count_acteurs(T4, le=APRES)
    count_on(APRES)  # again: the same rows
    assert len(db.session.scalars(select(BilanActeur)).all()) == len(gardes)
    assert set(db.session.scalars(select(TrimestreCompte.debut))) == {date(2026, 10, 1), date(2027, 1, 1)}


def test_une_liste_par_pages(monde: Monde, as_: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mse.bilans.queries.difficultes.PAR_PAGE", 1)
    make_dues(monde, monde.transports, nombre=5, tenues=1)
    make_dues(monde, monde.lavande, nombre=5)
    count_on(APRES)
    with at(midi(APRES)):
        animatrice = as_(monde.animatrice)
        premiere = animatrice.get(f"{PAGE}?trimestre=2026-T4").text
        assert monde.lavande.nom in premiere
        assert monde.transports.nom not in premiere
        suite = f"{PAGE}?trimestre=2026-T4&apres=10000-5-{monde.lavande.id}"
        assert suite.replace("&", "&amp;") in premiere
        assert monde.transports.nom in animatrice.get(suite).text
        for faux in ("apres=a-b-c", "apres=1-2", "trimestre=2026-T9", "territoire=99"):
            assert animatrice.get(f"{PAGE}?{faux}").status_code == 422


def test_un_territoire_garde_ceux_qui_y_sont_competents(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=5)  # competent in 13
    count_on(APRES)
    with at(midi(APRES)):
        animatrice = as_(monde.animatrice)
        assert monde.transports.nom in animatrice.get(f"{PAGE}?trimestre=2026-T4&territoire=13").text
        assert monde.transports.nom not in animatrice.get(f"{PAGE}?trimestre=2026-T4&territoire=06").text


def test_un_tableau_a_telecharger(monde: Monde, as_: Any) -> None:
    make_dues(monde, monde.transports, nombre=7, tenues=5)
    make_dues(monde, monde.lavande, nombre=2)
    count_on(APRES)
    with at(midi(APRES)):
        lignes = as_(monde.animatrice).get(f"{PAGE}.csv?trimestre=2026-T4").text.splitlines()
    par_nom = {ligne.split(";")[0]: ligne for ligne in lignes}
    assert ";8;5;3;38;1,0;0;0;0;0;" in par_nom[monde.transports.nom]
    assert ";2;;;;;;;;0;;" in par_nom[monde.lavande.nom]
    assert "aucun compte ouvert" in par_nom[monde.lavande.nom]
    assert "aucun compte ouvert" not in par_nom[monde.transports.nom]


def test_le_nombre_de_requetes_ne_depend_pas_des_acteurs(monde: Monde, as_: Any) -> None:
    def count() -> int:
        requetes: list[str] = []
        note = lambda *arguments: requetes.append(arguments[2])  # noqa: E731
        db.session.rollback()
        event.listen(db.engine, "before_cursor_execute", note)
        assert animatrice.get(f"{PAGE}?trimestre=2026-T4").status_code == 200
        event.remove(db.engine, "before_cursor_execute", note)
        return len(requetes)

    make_dues(monde, monde.transports, nombre=5)
    count_on(APRES)
    with at(midi(APRES)):
        animatrice = as_(monde.animatrice)
        count()
        un = count()
        for rang in range(50):
            acteur = make_acteur(f"Organisme {rang}", Nature.ORGANISME)
            chiffres = Chiffres(dues=9, tenues=1, repondues=1)
            db.session.add(
                BilanActeur(debut=T4.debut, acteur_id=acteur.id, part=chiffres.part, **chiffres.figer())
            )
        db.session.commit()
        assert count() == un <= 10


def test_une_fiche_retiree_reste_comptee(monde: Monde) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    retirer_fiche(fiche, MOTIF, par=monde.animatrice)
    assert _chiffres(monde).dues == 2
