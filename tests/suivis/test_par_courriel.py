"""Follow by an e-mail address: question, confirmation, stop one or all; nobody learns who follows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from devtools.factories import Monde
from mse.core.clock import at, now
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.moderation.use_cases import retirer_fiche
from mse.notifications.models import Courriel
from mse.suivis.models import Abonne, Suivi
from mse.suivis.queries.cibles import get_cible
from mse.suivis.use_cases import confirmer_suivi, demander_suivi, oublier_demandes, par_courriel
from tests.comptes.gens import ouvrir, suivre
from tests.notifications.conftest import take_mails

pytestmark = pytest.mark.usefixtures("jour")
LECTRICE = "lectrice@exemple.fr"


def demander(objet: str, reference: int | str, courriel: str = LECTRICE) -> Suivi:
    """Request a follow, and return the last one."""
    cible = get_cible(None, objet, str(reference))
    assert cible is not None
    demander_suivi(cible, courriel, adresse="192.0.2.1", secret="s")
    return db.session.scalars(select(Suivi).order_by(Suivi.id.desc()).limit(1)).one()


def suivre_par_courriel(objet: str, reference: int | str, courriel: str = LECTRICE) -> Suivi:
    suivi = demander(objet, reference, courriel)
    confirmer_suivi(suivi)
    return suivi


def count(modele: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(modele)) or 0


def lien(texte: str | None) -> str:
    trouve = re.search(r"http://[^/\s]+(/suivis/\S+)", texte or "")
    assert trouve, texte
    return trouve[1]


def test_on_suit_une_fiche_en_deux_fois(monde: Monde, client: Any) -> None:
    take_mails()
    page = f"/suivre/fiche/{monde.fiche.id}"
    formulaire = client.get(page).text
    assert "n’est montrée à personne" in formulaire
    assert client.poster(page, courriel="Lectrice@exemple.fr").location == f"/fiches/{monde.fiche.id}"
    [mail] = take_mails()
    assert mail.destinataire == LECTRICE
    assert mail.sujet == f"Suivre «\u202f{monde.fiche.titre}\u202f»\u202f?"
    adresse = lien(mail.texte)
    assert monde.fiche.titre in ouvrir(client, adresse).text
    assert db.session.scalars(select(Suivi.confirme_le)).one() is None  # GET confirms nothing
    assert suivre(client, adresse).location == f"/fiches/{monde.fiche.id}"
    db.session.rollback()
    assert db.session.scalars(select(Suivi.confirme_le)).one() is not None


def test_chaque_objet_se_confirme_a_part(monde: Monde) -> None:
    """Else anybody could let a known address follow anything."""
    suivre_par_courriel("theme", "transport")
    assert demander("fiche", monde.fiche.id).confirme_le is None
    assert (count(Suivi), count(Abonne)) == (2, 1)


def test_personne_n_apprend_qui_suit_quoi(monde: Monde, client: Any) -> None:
    suivre_par_courriel("theme", "transport")
    take_mails()
    pages = [
        client.poster("/suivre/theme/transport", courriel=courriel)
        for courriel in (LECTRICE, "nouvelle@exemple.fr")
    ]
    assert {(page.status_code, page.location, page.text) for page in pages} == {
        (303, "/fiches?theme=transport", pages[0].text)
    }
    assert [mail.destinataire for mail in take_mails()] == ["nouvelle@exemple.fr"]


def test_arreter_la_derniere_page_efface_l_adresse(monde: Monde, client: Any) -> None:
    fiche, theme = suivre_par_courriel("fiche", monde.fiche.id), suivre_par_courriel("theme", "transport")
    cles = [fiche.cle, theme.cle]
    robot = client.application.test_client()  # a mail program has neither cookie nor CSRF token
    for reste, cle in zip((1, 0), cles, strict=True):
        assert robot.post(f"/suivis/{cle}/fin", data={"List-Unsubscribe": "One-Click"}).status_code == 303
        assert (count(Suivi), count(Abonne)) == (reste, reste)
    assert LECTRICE not in db.session.scalars(select(Courriel.destinataire)).all()


def test_un_bouton_arrete_tout(monde: Monde, client: Any) -> None:
    suivre_par_courriel("fiche", monde.fiche.id)
    theme = suivre_par_courriel("theme", "transport")
    suivre_par_courriel("theme", "transport", "autre@exemple.fr")
    client.get(f"/suivis/{theme.cle}/fin")
    assert "Votre adresse suit encore 1 autre page." in client.get("/suivis/fin").text
    assert client.poster("/suivis/fin", tout="1").location == "/"
    assert (count(Suivi), count(Abonne)) == (1, 1)


def test_le_lien_de_tout_n_ouvre_que_la_sienne(monde: Monde, client: Any) -> None:
    suivre_par_courriel("fiche", monde.fiche.id)
    suivre_par_courriel("fiche", monde.fiche.id, "autre@exemple.fr")
    cle = db.session.scalars(select(Abonne.cle).where(Abonne.courriel == LECTRICE)).one()
    assert "suit 1 page" in ouvrir(client, f"/suivis/tout/{cle}/fin").text
    assert suivre(client, f"/suivis/tout/{cle}/fin").status_code == 303
    assert db.session.scalars(select(Abonne.courriel)).all() == ["autre@exemple.fr"]
    assert ouvrir(client, f"/suivis/tout/{cle}/fin").status_code == 410


def test_une_demande_sans_suite_est_oubliee_sans_toucher_aux_autres(monde: Monde) -> None:
    suivre_par_courriel("theme", "transport")
    demander("fiche", monde.fiche.id)
    demander("fiche", monde.fiche.id, "autre@exemple.fr")
    with at(now() + timedelta(days=3)):
        oublier_demandes()
    assert db.session.scalars(select(Abonne.courriel)).all() == [LECTRICE]
    assert count(Suivi) == 1


def test_une_fiche_retiree_entre_temps_n_est_pas_nommee(monde: Monde, client: Any) -> None:
    take_mails()
    suivi = demander("fiche", monde.fiche.id)
    retirer_fiche(monde.fiche, "Cette fiche nomme une personne.", par=monde.animatrice)
    assert [m for m in take_mails() if m.destinataire == LECTRICE] == []
    assert monde.fiche.titre not in ouvrir(client, f"/suivis/{suivi.cle}").text


def test_une_adresse_ne_suit_pas_tout(monde: Monde, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(par_courriel, "PLAFOND_PAR_COURRIEL", 1)
    suivre_par_courriel("theme", "transport")
    suivi = demander("fiche", monde.fiche.id)
    with pytest.raises(DonneeInvalide, match="c’est le plus possible"):
        confirmer_suivi(suivi)


def test_avec_un_compte_aucune_adresse_n_est_demandee(monde: Monde, as_: Any) -> None:
    page = as_(monde.lea).get(f"/suivre/fiche/{monde.fiche.id}").text
    assert 'name="courriel"' not in page
