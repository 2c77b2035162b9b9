"""The printed code of an invitation activates the account, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde, make_agent, make_delegue, make_promotion
from mse.annuaire.use_cases.creer import ouvrir_appartenance
from mse.comptes.models import Compte, Jeton, dire_identifiant
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.extensions import db
from mse.notifications.models import Courriel
from mse.representation.models import RoleMandat
from mse.representation.policies import roles_de
from mse.representation.use_cases.inviter import imprimer_code
from mse.representation.use_cases.mandats import ouvrir_mandat
from tests.comptes.gens import AUTRE_MDP, MDP, lien_recu
from tests.courriels import write_mails
from tests.representation.invites import NORA, invite


def feuille(browser: Any, compte: Compte) -> str:
    """Print the sheet of `compte` and return its code."""
    page = browser.poster(f"/invitations/{compte.id}", moyen="feuille")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "style=" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    trouve = re.search(r'class="code-imprime">([^<]+)<', page.text)
    assert trouve
    return trouve[1]


def test_deux_feuilles_la_derniere_seule_sert(app: Flask, as_: Any, nora: Compte, nadege: Compte) -> None:
    browser = as_(nadege)
    premier, second = feuille(browser, nora), feuille(browser, nora)
    page = browser.poster(f"/invitations/{nora.id}", moyen="feuille").text
    assert "Une feuille préparée avant celle-ci ne sert plus" in page
    troisieme = re.search(r'class="code-imprime">([^<]+)<', page)
    assert troisieme
    for code, status in ((premier, 422), (second, 422), (troisieme[1], 303)):
        assert app.test_client().poster("/invitation", code=code).status_code == status


def test_un_code_sur_papier_ouvre_un_compte_sans_adresse(
    app: Flask, client: Any, as_: Any, monde: Monde, nadege: Compte
) -> None:
    inconnu = invite(None, "Ilyes", par=nadege)
    ouvrir_mandat(inconnu, make_promotion(monde.lavande), RoleMandat.TITULAIRE, par=nadege)
    assert db.session.scalar(select(func.count()).select_from(Jeton)) == 0
    code = feuille(as_(nadege), inconnu)
    assert len(code.replace(" ", "")) == 13
    assert (
        client.poster("/invitation", code=f" {code.upper().replace(' ', '-')} ").location
        == "/premiere-visite"
    )
    accueil = client.get("/premiere-visite").text
    assert "sans mot de passe" not in accueil
    assert 'name="courriel"' not in accueil
    assert 'name="confirmation"' not in accueil
    assert client.poster("/premiere-visite", sans="1").status_code == 422
    assert client.poster("/premiere-visite", nouveau=MDP).location == "/mon-espace"
    db.session.refresh(inconnu)
    identifiant = dire_identifiant(inconnu.identifiant or "")
    arrivee = client.get("/mon-espace").text
    assert f"votre identifiant, {identifiant}" in arrivee
    assert "Ajouter une adresse" in arrivee
    autre = app.test_client()
    assert autre.poster("/connexion", courriel=identifiant, mot_de_passe=MDP).status_code == 303
    voleur = app.test_client()
    assert voleur.poster("/invitation", code=code).status_code == 422


def test_un_mot_de_passe_oublie_sans_adresse_demande_une_nouvelle_feuille(
    app: Flask, client: Any, as_: Any, monde: Monde, nadege: Compte
) -> None:
    ilyes = invite(None, "Ilyes", par=nadege)
    promotion = make_promotion(monde.lavande)
    ouvrir_mandat(ilyes, promotion, RoleMandat.TITULAIRE, par=nadege)
    bureau, chez_lui = as_(nadege), app.test_client()
    chez_lui.poster("/invitation", code=feuille(bureau, ilyes))
    chez_lui.poster("/premiere-visite", nouveau=MDP)
    assert "Mot de passe oublié" in bureau.get(f"/promotions/{promotion.id}").text
    assert "Nouvelle feuille" in bureau.get("/invitations").text
    client.poster("/invitation", code=feuille(bureau, ilyes))
    assert chez_lui.get("/mon-compte").status_code == 200  # entering the code changes nothing yet
    assert client.poster("/premiere-visite", nouveau=AUTRE_MDP).location == "/mon-espace"
    assert chez_lui.get("/mon-compte").status_code == 401
    identifiant = db.session.scalars(select(Compte.identifiant).where(Compte.id == ilyes.id)).one()
    assert chez_lui.poster("/connexion", courriel=identifiant, mot_de_passe=MDP).status_code == 422
    assert chez_lui.poster("/connexion", courriel=identifiant, mot_de_passe=AUTRE_MDP).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Courriel)) == 0


def test_qui_a_prouve_son_adresse_n_est_ouvert_par_aucune_feuille(
    as_: Any, monde: Monde, nadege: Compte
) -> None:
    lea = make_delegue(make_promotion(monde.lavande), "Lea")
    with pytest.raises(DonneeInvalide, match="déjà venu"):
        imprimer_code(lea, par=nadege)
    assert "Préparer la feuille" not in as_(nadege).get(f"/invitations/{lea.id}").text


def test_la_premiere_visite_montre_le_mot_de_passe_sans_javascript(
    client: Any, nora: Compte, nadege: Compte
) -> None:
    client.poster("/invitation", code=imprimer_code(nora, par=nadege))
    assert '<noscript><p><a href="/premiere-visite?clair=1">' in client.get("/premiere-visite").text
    assert 'type="password"' not in client.get("/premiere-visite?clair=1").text


def test_une_deleguee_d_avant_garde_son_compte(
    app: Flask, client: Any, as_: Any, monde: Monde, nadege: Compte
) -> None:
    """A délégué·e elected again elsewhere, with a printed code, may keep her present account."""
    elue = invite(None, "Samira", par=nadege)
    mandat = ouvrir_mandat(elue, make_promotion(monde.lavande), RoleMandat.TITULAIRE, par=nadege)
    code = imprimer_code(elue, par=nadege)
    samira = as_(monde.samira)
    samira.poster("/invitation", code=code)
    assert "C’est moi : garder ce compte" in samira.get("/premiere-visite").text
    assert samira.poster("/premiere-visite", rejoindre="1").location == "/mon-espace"
    db.session.refresh(mandat)
    assert mandat.compte is monde.samira
    assert mandat.promotion_id in roles_de(monde.samira).delegue_de
    db.session.refresh(elue)
    assert not elue.est_ouvert
    assert as_(monde.samira).poster("/invitation", code=code).status_code == 422


def test_un_code_n_entre_pas_dans_le_compte_d_un_autre(as_: Any, monde: Monde, nadege: Compte) -> None:
    """A signed-in account may not join the invitation if its owner has another name, works for the
    organisme, or is already a délégué·e of the promotion."""
    homonyme = make_agent(monde.lavande, "Ilyes")
    promotion = make_promotion(monde.lavande)
    deja = make_delegue(promotion, "Ilyes")
    elu = invite(None, "Ilyes", par=nadege)
    elu.nom = "Durand"
    mandat = ouvrir_mandat(elu, promotion, RoleMandat.SUPPLEANT, par=nadege)
    for qui, statut in ((monde.lea, 422), (homonyme, 422), (deja, 422)):
        ici = as_(qui)
        ici.poster("/invitation", code=imprimer_code(elu, par=nadege))
        assert ici.poster("/premiere-visite", rejoindre="1").status_code == statut
        assert ("garder ce compte" in ici.get("/premiere-visite").text) is (qui is not monde.lea)
        db.session.expire_all()
        assert mandat.compte is elu
        assert elu.est_ouvert


def test_le_carre_remplit_le_code_et_attend_le_bouton(client: Any, nora: Compte, nadege: Compte) -> None:
    code = imprimer_code(nora, par=nadege)
    arrivee = client.get(f"/code/{code}")
    assert (arrivee.status_code, arrivee.location) == (303, "/invitation")
    assert arrivee.headers["Referrer-Policy"] == "no-referrer"
    assert f'value="{code}"' in client.get("/invitation").text
    assert client.get("/premiere-visite").status_code == 410
    assert client.poster("/invitation", code=code).location == "/premiere-visite"
    assert client.get("/premiere-visite").status_code == 200


def test_une_nouvelle_feuille_annule_la_precedente(client: Any, nora: Compte, nadege: Compte) -> None:
    premier = imprimer_code(nora, par=nadege)
    imprimer_code(nora, par=nadege)
    assert client.poster("/invitation", code=premier).status_code == 422


def test_un_code_n_est_pas_un_lien(client: Any, nora: Compte, nadege: Compte) -> None:
    """The secret of a QR code and that of an e-mail link are not interchangeable."""
    client.get(f"/invitation/{imprimer_code(nora, par=nadege)}")
    assert client.get("/premiere-visite").status_code == 410
    client.get(f"/code/{lien_recu(NORA).rpartition('/')[2]}")
    assert client.poster("/invitation", code=lien_recu(NORA).rpartition("/")[2]).status_code == 422


@pytest.mark.parametrize("code", ["", "\x00", "😀😀", "k" * 61, "x" * 9999, "' OR 1=1", "k7mp q2xd 9wfza"])
def test_un_code_invente_est_refuse_et_garde(client: Any, code: str) -> None:
    page = client.poster("/invitation", code=code)
    assert page.status_code == 422
    assert client.get("/code/" + ("%00" if code == "\x00" else "abc")).status_code == 303


def test_on_ne_devine_pas_un_code_en_essayant(app: Flask, client: Any, nora: Compte, nadege: Compte) -> None:
    code = imprimer_code(nora, par=nadege)
    app.config["MSE_ECHECS_PAR_ADRESSE"] = 5
    try:
        for _fois in range(5):
            assert client.poster("/invitation", code="abcdefghjkmnp").status_code == 422
        refus = client.poster("/invitation", code=code)
    finally:
        app.config["MSE_ECHECS_PAR_ADRESSE"] = 100
    assert refus.status_code == 429
    assert int(refus.headers["Retry-After"]) > 0
    assert f'value="{code}"' in refus.text
    ailleurs = {"REMOTE_ADDR": "203.0.113.9"}
    jeton = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/invitation").text)
    assert jeton
    envoi = {"csrf_token": jeton[1], "code": code}
    assert client.post("/invitation", data=envoi, environ_base=ailleurs).status_code == 303


def test_entrer_par_un_lien_rend_l_invitation_inutile(client: Any, nora: Compte, nadege: Compte) -> None:
    code = imprimer_code(nora, par=nadege)
    write_mails()  # send the invitation before the sign-in link is requested
    client.poster("/connexion/lien", courriel=NORA)
    client.get(lien_recu(NORA))
    assert client.poster("/connexion/entrer").location == "/mon-espace"
    restants = db.session.scalars(select(Jeton.nature).where(Jeton.utilise_le.is_(None))).all()
    assert restants == []
    assert client.poster("/invitation", code=code).status_code == 422


def test_la_feuille_porte_un_identifiant_et_ne_demande_pas_d_adresse(
    as_: Any, monde: Monde, nora: Compte, nadege: Compte
) -> None:
    ilyes = invite(None, "Ilyes", par=nadege)
    ouvrir_mandat(ilyes, make_promotion(monde.lavande), RoleMandat.TITULAIRE, par=nadege)
    feuilles = [
        as_(nadege).poster(f"/invitations/{compte.id}", moyen="feuille").text for compte in (ilyes, nora)
    ]
    assert ["Écrivez votre adresse" in feuille for feuille in feuilles] == [False, False]
    for compte, page in zip((ilyes, nora), feuilles, strict=True):
        db.session.refresh(compte)
        assert f">{dire_identifiant(compte.identifiant or '')}</strong>" in page
    assert all('data-imprimer="Imprimer"' in feuille for feuille in feuilles)
    assert ["hoisissez un mot de passe" in feuille for feuille in feuilles] == [True, True]


def test_qui_n_a_plus_de_role_est_invite_sans_phrase_coupee(as_: Any, monde: Monde, nora: Compte) -> None:
    """The mandat ended before the account was activated. An animateur may still invite, without naming a
    role."""
    nora.mandats[0].fin = today() - timedelta(days=1)
    nora.mandats[0].debut = today() - timedelta(days=9)
    db.session.commit()
    anouk = as_(monde.animatrice)
    assert '"intro">Vous êtes' not in anouk.poster(f"/invitations/{nora.id}", moyen="feuille").text
    assert '<p class="intro"></p>' not in anouk.get(f"/invitations/{nora.id}").text
    assert '<p class="meta"><br>' not in anouk.get("/invitations").text


def test_la_promotion_ne_mene_pas_a_une_invitation_qui_n_existe_pas(
    as_: Any, monde: Monde, nora: Compte, nadege: Compte
) -> None:
    """Once Nora is also an agent elsewhere, her organisme alone may no longer invite her."""
    page = as_(nadege).get(f"/promotions/{nora.mandats[0].promotion_id}").text
    assert f"/invitations/{nora.id}" in page
    ouvrir_appartenance(nora, monde.transports)
    page = as_(nadege).get(f"/promotions/{nora.mandats[0].promotion_id}").text
    assert "Compte pas encore ouvert" in page
    assert f"/invitations/{nora.id}" not in page
    assert f"/invitations/{nora.id}" in as_(monde.animatrice).get("/invitations").text


def test_la_derniere_invitation_ouverte_est_la_bonne_sur_un_ordinateur_partage(
    client: Any, as_: Any, monde: Monde, nora: Compte, nadege: Compte
) -> None:
    """Ilyes typed his code and left. Nora then opens her own link on the same computer and must get her own
    account."""
    ilyes = invite("ilyes@exemple.fr", "Ilyes", par=nadege)
    ouvrir_mandat(ilyes, make_promotion(monde.lavande), RoleMandat.TITULAIRE, par=nadege)
    code = imprimer_code(ilyes, par=nadege)
    client.get(f"/code/{code}")
    assert client.poster("/invitation", code=code).location == "/premiere-visite"
    assert "Bienvenue Ilyes" in client.get("/premiere-visite").text
    client.get(lien_recu(NORA))
    assert "Bienvenue Nora" in client.get("/premiere-visite").text
    assert code not in client.get("/invitation").text
    client.poster("/invitation", code=code)
    assert "Bienvenue Ilyes" in client.get("/premiere-visite").text
