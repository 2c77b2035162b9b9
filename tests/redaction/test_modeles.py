"""Answer templates: who writes them, what they may say, how placeholders are filled."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import JOUR, Monde, make_fiche
from mse.core.clock import at, today
from mse.core.errors import Conflit, DonneeInvalide, Interdit
from mse.extensions import db
from mse.redaction.models import ModeleReponse
from mse.redaction.placeholders import PLACEHOLDERS, remplir
from mse.redaction.queries.modeles import list_modeles_proposes
from mse.redaction.use_cases.modeles import Contenu, creer_modele, modifier_modele, supprimer_modele
from mse.redaction.workflow import Geste
from tests.redaction.modeles import TEXTE, make_modele


def contenu(modele: ModeleReponse, **champs: Any) -> Contenu:
    noms = ("titre", "geste", "theme_code", "texte", "debut", "fin")
    return Contenu(**{**{nom: getattr(modele, nom) for nom in noms}, **champs})


def test_l_equipe_ecrit_un_modele_et_s_en_sert(monde: Monde, as_: Any) -> None:
    ada, page = as_(monde.agent), f"/acteurs/{monde.transports.id}/modeles"
    assert "Commencez par la réponse" in ada.get(page).text
    champs = {"titre": "Horaires", "geste": "repondre", "theme_code": "", "texte": TEXTE}
    assert ada.poster(f"{page}/nouveau", **champs).status_code == 303
    assert "Horaires" in ada.get(page).text
    [modele] = db.session.scalars(select(ModeleReponse))
    assert list_modeles_proposes(monde.saisine, Geste.REPONDRE, le=today()) == [modele]
    ada.poster(f"{page}/{modele.id}", **champs, archive="y")
    assert "Archivé" in ada.get(page).text
    db.session.expire_all()
    assert list_modeles_proposes(monde.saisine, Geste.REPONDRE, le=today()) == []


def test_un_repere_inconnu_est_refuse_par_son_nom(monde: Monde, as_: Any) -> None:
    for texte, mot in (
        ("Voyez {adresse} demain.", "Le site ne sait pas remplacer {adresse}"),
        ("Bonjour {Prénom}, merci.", "Retirez {Prénom}"),
        ("Voyez {} demain.", "Le site ne sait pas remplacer {}"),
    ):
        with pytest.raises(DonneeInvalide, match=mot):
            make_modele(monde, texte=texte)
        page = as_(monde.agent).poster(
            f"/acteurs/{monde.transports.id}/modeles/nouveau",
            titre="Horaires",
            geste="repondre",
            theme_code="",
            texte=texte,
        )
        assert page.status_code == 422
        assert mot in page.text
        assert texte in page.text


@pytest.mark.usefixtures("jour")
def test_chaque_repere_est_rempli(monde: Monde) -> None:
    with at(JOUR):
        fiche = make_fiche(monde.promotion, monde.samira, monde.transports)
    texte = " / ".join(f"{{{nom}}}" for nom in PLACEHOLDERS)
    assert remplir(texte, fiche.saisines[0]) == (
        "Le premier car arrive après le début des cours / « Agent de cuisine », Lavande Formation / "
        "16 novembre 2026 / 14 décembre 2026 / Service Cars régionaux / L’équipe, Service Cars régionaux"
    )
    assert remplir("{ Echeance } et {autre}", fiche.saisines[0]) == "14 décembre 2026 et {autre}"


def test_une_petite_promotion_garde_son_nom_public(monde: Monde) -> None:
    monde.promotion.effectif = 3
    db.session.commit()
    assert remplir("{promotion}", monde.saisine) == "une promotion de Lavande Formation"


def test_un_modele_n_est_propose_que_la_ou_il_sert(monde: Monde) -> None:
    """The templates of the thème come first, then those of every thème, by name. None is offered outside its
    dates or for another kind of text."""
    jour = today()
    make_modele(monde, "Écrire au transporteur")
    make_modele(monde, "Zut, un car en panne", theme_code="transport")
    make_modele(monde, "Une bourse", theme_code="remuneration")
    make_modele(monde, "C’est réglé", geste=Geste.REGLER)
    make_modele(monde, "Hier", fin=jour - timedelta(days=1))
    make_modele(monde, "Demain", debut=jour + timedelta(days=1))
    make_modele(monde, "Aujourd’hui", debut=jour, fin=jour)
    proposes = list_modeles_proposes(monde.saisine, Geste.REPONDRE, le=jour)
    assert [modele.titre for modele in proposes] == [
        "Zut, un car en panne",
        "Aujourd’hui",
        "Écrire au transporteur",
    ]


def test_personne_d_autre_ne_les_ecrit(monde: Monde) -> None:
    modele = make_modele(monde)
    for personne in (monde.autre_agent, monde.samira, monde.lea, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            creer_modele(monde.transports, contenu(modele), cle="autre", par=personne)
        with pytest.raises(Interdit):
            modifier_modele(modele, contenu(modele, titre="Autre"), archive=False, par=personne)
    with pytest.raises(Interdit):  # the référents delete, the other agents archive
        supprimer_modele(modele, par=monde.agent)
    supprimer_modele(modele, par=monde.referent)
    assert db.session.scalars(select(ModeleReponse)).all() == []


def test_deux_collegues_changent_le_meme_modele(monde: Monde) -> None:
    modele = make_modele(monde)
    version = modele.version
    modifier_modele(modele, contenu(modele, titre="Un"), archive=False, version=version, par=monde.agent)
    with pytest.raises(Conflit, match="quelqu’un de votre équipe"):
        modifier_modele(
            modele, contenu(modele, titre="Deux"), archive=False, version=version, par=monde.referent
        )
    modifier_modele(modele, contenu(modele), archive=False, version=version, par=monde.agent)  # second click
    assert modele.titre == "Un"


def test_un_theme_disparu_et_des_dates_inversees_sont_refuses(monde: Monde) -> None:
    with pytest.raises(DonneeInvalide, match="n’existe plus"):
        make_modele(monde, theme_code="lune")
    with pytest.raises(DonneeInvalide, match="échangez"):
        make_modele(monde, debut=today(), fin=today() - timedelta(days=1))
