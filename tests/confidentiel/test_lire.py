"""The référents read and answer; nobody else does, and each reading is shown to the author."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from devtools.factories import Monde
from mse.confidentiel.limites import GARDE
from mse.confidentiel.models import Confidence, LectureConfidentielle
from mse.confidentiel.use_cases.lire import ouvrir_signalement, traiter_signalement
from mse.confidentiel.use_cases.tenir import nommer_referent, oublier_confidences, retirer_referent
from mse.confidentiel.workflow import TRANSITIONS, Acte, Etat
from mse.core import clock
from mse.core.clock import now
from mse.core.conservation import list_termes
from mse.core.errors import Interdit, TransitionInterdite
from mse.extensions import db
from mse.notifications.models import Courriel
from mse.recherche.use_cases import index_due
from mse.representation.use_cases.comptes import fermer_compte
from tests.confidentiel.secret import TEXTE, make_referent, send
from tests.courriels import write_mails

MOT = "Appelez le Défenseur des droits, il vous écoute."


def test_le_texte_attend_le_bouton(monde: Monde, as_: Any) -> None:
    referente = as_(make_referent())
    signalement, code = send(mineur=True)
    page = f"/confidentiel/lecture/{signalement.id}"
    assert TEXTE not in referente.get("/confidentiel/lecture").text
    assert TEXTE not in referente.get(page).text
    assert referente.get(f"{page}/repondre").location == page
    assert referente.poster(f"{page}/ouverture", page).location == page
    ouverte = referente.get(page).text
    assert TEXTE in ouverte
    assert "434-3" in ouverte
    assert "L. 226-2-1" in ouverte
    auteur = as_(None)
    auteur.poster("/confidentiel/suivi", code=code)
    assert "Rita" in auteur.get("/confidentiel/suivi").text
    with clock.at(now() + timedelta(days=1)):
        assert TEXTE not in referente.get(page).text  # a reading of another day is recorded again
    referente.poster(f"{page}/ouverture", "/mon-espace")
    assert len(db.session.scalars(select(LectureConfidentielle)).all()) == 1


def test_etre_de_l_equipe_ne_suffit_pas(monde: Monde, as_: Any) -> None:
    referente = make_referent()
    signalement, _code = send()
    ouvrir_signalement(signalement, par=referente)
    for qui in (monde.animatrice, monde.admin, monde.referent, monde.samira):
        with pytest.raises(Interdit):
            ouvrir_signalement(signalement, par=qui)
        with pytest.raises(Interdit):
            traiter_signalement(signalement, Acte.CLORE, MOT, cle="c", par=qui)


def test_un_administrateur_nomme_les_autres_pas_lui(monde: Monde, as_: Any) -> None:
    admin, animatrice = as_(monde.admin), as_(monde.animatrice)
    assert animatrice.get("/confidentiel/referents").status_code == 403
    page = f"/confidentiel/referents/{monde.animatrice.id}"
    admin.poster(f"{page}/nomination", "/confidentiel/referents")
    assert animatrice.get("/confidentiel/lecture").status_code == 200
    assert "Messages confidentiels" in animatrice.get("/mon-espace").text
    soi = f"/confidentiel/referents/{monde.admin.id}/nomination"
    assert admin.poster(soi, "/confidentiel/referents").status_code == 403
    assert admin.get("/confidentiel/lecture").status_code == 404
    admin.poster(f"{page}/retrait", "/confidentiel/referents")
    assert animatrice.get("/confidentiel/lecture").status_code == 404
    with pytest.raises(Interdit):
        nommer_referent(monde.admin, par=monde.admin)
    assert admin.poster(f"/confidentiel/referents/{monde.samira.id}/nomination", "/").status_code == 404


def test_un_compte_ferme_ne_lit_plus(monde: Monde) -> None:
    referente = make_referent()
    fermer_compte(referente, par=monde.admin)
    assert not referente.est_referent_confidentiel
    retirer_referent(referente, par=monde.admin)  # nothing to do


@pytest.mark.parametrize(("etat", "acte"), list(product(Etat, Acte)))
def test_chaque_etat_et_chaque_acte(app: Flask, etat: Etat, acte: Acte) -> None:
    signalement = Confidence(etat=etat, attend_depuis=now())
    if (etat, acte) in TRANSITIONS:
        signalement.traiter(acte, le=now())
        assert signalement.etat == TRANSITIONS[etat, acte]
        assert signalement.attend_depuis is None
        assert (signalement.clos_le is not None) == (acte == Acte.CLORE)
    else:
        with pytest.raises(TransitionInterdite):
            signalement.traiter(acte, le=now())


def test_un_acte_de_la_referente(monde: Monde, as_: Any) -> None:
    compte = make_referent()
    referente, (signalement, code) = as_(compte), send()
    ouvrir_signalement(signalement, par=compte)
    page = f"/confidentiel/lecture/{signalement.id}"
    assert referente.poster(f"{page}/prendre", texte="").status_code == 303
    assert referente.poster(f"{page}/orienter", texte="court").status_code == 422
    assert referente.poster(f"{page}/orienter", texte=MOT, cle="o").status_code == 303
    assert referente.poster(f"{page}/orienter", texte=MOT, cle="o").status_code == 303
    assert referente.get(f"{page}/effacer").status_code == 404
    assert referente.poster(f"{page}/clore", texte=MOT).status_code == 303
    assert referente.poster(f"{page}/repondre", texte=MOT).status_code == 409
    auteur = as_(None)
    auteur.poster("/confidentiel/suivi", code=code)
    suivi = auteur.get("/confidentiel/suivi").text
    assert suivi.count(MOT) == 2
    assert "Clos" in suivi
    assert "<textarea" not in suivi


def test_le_courriel_ne_dit_rien(monde: Monde) -> None:
    referente = make_referent()
    _signalement, code = send()
    write_mails()
    courriels = db.session.scalars(
        select(Courriel).where(Courriel.evenement == "signalement_en_attente")
    ).all()
    assert [courriel.destinataire for courriel in courriels] == [referente.courriel]
    for interdit in (TEXTE, code, "iolence", "onfidentiel", "ignalement"):
        assert interdit not in f"{courriels[0].sujet} {courriels[0].texte} {courriels[0].html}"


def test_rien_ne_sort_ailleurs(monde: Monde, as_: Any) -> None:
    """Canary: no page, search, feed, export or figure of any role shows the text; the figures do not move."""
    pages = (
        *("/", "/fiches", "/fiches.atom", "/recherche?q=vestiaire", "/meteo", "/meteo.json", "/mon-espace"),
        *("/notifications", "/metrics", "/acteurs", "/healthz", "/confidentiel", "/confidentiel/suivi"),
        *(f"/acteurs/{monde.transports.id}/saisines.csv", f"/acteurs/{monde.lavande.id}/promotions"),
        *("/comptes", "/audience", f"/fiches/{monde.fiche.id}"),
    )
    make_referent()
    avant = {page: as_(None).get(page).status_code for page in pages}
    meteo = as_(None).get("/meteo.json").text
    send(monde.lea)
    send()
    index_due()
    write_mails()
    qui = (None, monde.samira, monde.agent, monde.referent, monde.animatrice, monde.admin)
    for personne in qui:
        browser = as_(personne)
        for page in pages:
            assert "CANARI-SIGNALEMENT" not in browser.get(page).get_data().decode(), (personne, page)
    assert avant == {page: as_(None).get(page).status_code for page in pages}
    assert as_(None).get("/meteo.json").text == meteo


def test_efface_24_mois_apres_la_fin(monde: Monde) -> None:
    referente = make_referent()
    signalement, _code = send()
    ouvert, _autre = send()
    ouvrir_signalement(signalement, par=referente)
    traiter_signalement(signalement, Acte.CLORE, MOT, cle="c", par=referente)
    assert oublier_confidences in {terme.oublier for terme in list_termes()}
    with clock.at(now() + GARDE - timedelta(days=1)):
        assert oublier_confidences() == 0
    with clock.at(now() + GARDE + timedelta(days=1)):
        assert oublier_confidences() == 1
        assert oublier_confidences() == 0
    assert db.session.scalars(select(Confidence.id)).all() == [ouvert.id]
