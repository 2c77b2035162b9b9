"""Write a draft and file it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from devtools.factories import JOUR, Monde, hidden_fields, keep, make_brouillon, make_delegue, make_promotion
from mse.core.clock import at, today
from mse.core.errors import Conflit, DonneeInvalide, Interdit, TransitionInterdite
from mse.depot.brouillons import read_etape
from mse.depot.use_cases.deposer import commencer_fiche, deposer_fiche, ecrire_brouillon, supprimer_brouillon
from mse.extensions import db
from mse.fiches.models import Compteur, Fiche, FicheTerritoire, Saisine
from mse.fiches.queries.routage import propose
from mse.fiches.workflow import NatureEtape, Publication, Statut
from mse.representation.models import Mandat, RoleMandat

pytestmark = pytest.mark.usefixtures("jour")


def test_deposer_ouvre_une_saisine_et_ses_delais(monde: Monde) -> None:
    with at(JOUR):
        fiche = make_brouillon(monde.promotion, monde.samira)
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.publication == Publication.PUBLIEE
    assert fiche.deposee_le == JOUR
    (saisine,) = fiche.saisines
    assert saisine.acteur == monde.transports
    assert saisine.statut == Statut.EN_COURS
    assert saisine.theme_code == fiche.theme_code
    assert saisine.prise_en_charge_due.isoformat() == "2026-11-23"
    assert saisine.reponse_due.isoformat() == "2026-12-14"
    assert fiche.prochaine_echeance == saisine.reponse_due
    assert [etape.nature for etape in fiche.etapes] == [NatureEtape.DEPOT]
    codes = db.session.scalars(
        select(FicheTerritoire.territoire_code).where(FicheTerritoire.fiche_id == fiche.id)
    )
    assert set(codes) == {"93", "13", "13-9312"}


def test_le_second_clic_dit_aussi_que_la_fiche_est_deposee(monde: Monde, as_: Any) -> None:
    samira, fiche = as_(monde.samira), make_brouillon(monde.promotion, monde.samira)
    page = f"/fiches/{fiche.id}/brouillon/relecture"
    champs = hidden_fields(samira.get(page).text)
    for _clic in range(2):
        assert samira.post(page, data=champs).status_code == 303
        assert "Votre fiche est déposée" in samira.get(f"/fiches/{fiche.id}").text


def test_un_acteur_peut_avoir_ses_propres_delais(monde: Monde) -> None:
    monde.transports.delai_reponse = 5
    db.session.commit()
    with at(JOUR):
        fiche = make_brouillon(monde.promotion, monde.samira)
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.saisines[0].reponse_due.isoformat() == "2026-11-23"


def test_deposer_deux_fois_c_est_deposer_une_fois(monde: Monde) -> None:
    avant = db.session.scalar(select(func.count()).select_from(Saisine))
    fiche = make_brouillon(monde.promotion, monde.samira)
    version = fiche.version
    deposer_fiche(fiche, par=monde.samira, version=version)
    deposer_fiche(fiche, par=monde.samira, version=version)
    assert db.session.scalar(select(func.count()).select_from(Saisine)) == avant + 1
    assert db.session.get(Compteur, "publiees").valeur == 2  # this fiche and `monde.fiche`


def test_un_double_clic_commence_un_seul_brouillon(monde: Monde) -> None:
    cle = str(uuid4())
    champs = {"cle": cle, "promotion_id": monde.promotion.id, "theme_code": "transport", "par": monde.samira}
    assert commencer_fiche(**champs) is commencer_fiche(**champs)


def test_l_autre_delegue_finit_le_brouillon(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    ecrire_brouillon(fiche, par=monde.karim, causes="Le car a été supprimé.")
    deposer_fiche(fiche, par=monde.karim)
    assert fiche.est_publique


def test_une_deleguee_d_ailleurs_n_y_touche_pas(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            ecrire_brouillon(fiche, par=personne, causes="Autre chose.")
        with pytest.raises(Interdit):
            deposer_fiche(fiche, par=personne)
    assert fiche.causes == "Les horaires ont changé en septembre."


def test_une_promotion_qui_prend_la_suite_herite_du_brouillon(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    suivante = make_promotion(monde.lavande, "Agent de cuisine 2", succede_a_id=monde.promotion.id)
    nour = make_delegue(suivante, "Nour")
    ecrire_brouillon(fiche, par=nour, causes="Repris par la promotion suivante.")
    assert fiche.causes.startswith("Repris")


def test_le_mandat_fini_on_n_ecrit_plus(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    mandat = db.session.scalar(
        select(Mandat).where(Mandat.compte_id == monde.samira.id, Mandat.role == RoleMandat.TITULAIRE)
    )
    mandat.fin = mandat.debut
    keep(mandat)
    with pytest.raises(Interdit):
        deposer_fiche(fiche, par=monde.samira)


def test_deux_fenetres_sur_le_meme_brouillon(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    lue = read_etape(fiche, ["causes"])["version"]
    ecrire_brouillon(fiche, par=monde.karim, lue=lue, causes="Écrit par Karim.")
    with pytest.raises(Conflit, match="Entre-temps"):
        ecrire_brouillon(fiche, par=monde.samira, lue=lue, causes="Écrit par Samira.")
    assert fiche.causes == "Écrit par Karim."


def test_il_manque_une_partie(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, solution="")
    with pytest.raises(DonneeInvalide, match="la solution proposée"):
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.est_brouillon


def test_un_texte_trop_long_est_refuse_avec_son_compte(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    with pytest.raises(DonneeInvalide, match="5001"):
        ecrire_brouillon(fiche, par=monde.samira, causes="é" * 5001)
    ecrire_brouillon(fiche, par=monde.samira, causes="e\u0301" * 5000)  # 5,000 characters in NFC
    assert fiche.causes == "é" * 5000


def test_un_brouillon_se_supprime_une_fiche_non(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    numero = fiche.id
    supprimer_brouillon(fiche, par=monde.karim)
    assert db.session.get(Fiche, numero) is None
    with pytest.raises(TransitionInterdite):
        supprimer_brouillon(monde.fiche, par=monde.samira)


def test_la_proposition_coche_qui_est_competent_et_dit_pourquoi(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, theme="transport")
    service, organisme = propose(fiche)
    assert (service.acteur, service.coche) == (monde.transports, True)
    assert "transport" in service.raison
    assert "Bouches-du-Rhône" in service.raison
    assert (organisme.acteur, organisme.coche) == (monde.lavande, False)


def test_l_organisme_est_coche_pour_ses_themes_jamais_pour_une_discrimination(monde: Monde) -> None:
    coches = {}
    for theme in ("materiel_locaux", "discriminations"):
        fiche = make_brouillon(monde.promotion, monde.samira, theme=theme)
        coches[theme] = [p.acteur for p in propose(fiche) if p.coche]
    assert coches == {"materiel_locaux": [monde.lavande], "discriminations": []}


def test_personne_de_coche_la_fiche_est_a_orienter(monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, destinataires=[])
    deposer_fiche(fiche, par=monde.samira)
    assert fiche.statut == Statut.EN_COURS
    assert not fiche.est_orientee


def test_la_date_locale_compte_pas_celle_du_serveur(monde: Monde) -> None:
    with at(JOUR.replace(hour=23, minute=30)):  # already Tuesday in Paris
        assert today().isoformat() == "2026-11-17"
        fiche = make_brouillon(monde.promotion, monde.samira)
        deposer_fiche(fiche, par=monde.samira)
    assert fiche.saisines[0].reponse_due.isoformat() == "2026-12-15"


def test_finir_plus_tard_garde_ce_qui_est_ecrit_meme_incomplet(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    url = f"/fiches/{fiche.id}/brouillon/"
    browser = as_(monde.samira)
    response = browser.poster(f"{url}probleme", titre="Un titre seul", probleme="", plus_tard="1")
    assert response.status_code == 303
    assert (fiche.titre, fiche.probleme) == ("Un titre seul", "")
    assert browser.poster(f"{url}probleme", titre="", probleme="Le car.").status_code == 422
    for tape, phrase in (
        ("douze", "Écrivez un nombre, en chiffres."),
        ("1000000", "Écrivez un nombre entre 1 et 100\u202f000."),
        ("9" * 400, "Écrivez un nombre entre 1 et 100\u202f000."),
        ("0", "Écrivez un nombre entre 1 et 100\u202f000."),
    ):
        page = browser.poster(f"{url}effectif", effectif_concerne=tape)
        assert page.status_code == 422
        assert page.text.count("Écrivez un nombre") == page.text.count(phrase), tape
        assert f'value="{tape}"' in page.text
    assert browser.poster(f"{url}effectif", effectif_concerne="1 200").status_code == 303
    assert browser.poster(f"{url}effectif", effectif_concerne="", plus_tard="1").status_code == 303
    assert fiche.effectif_concerne is None


def test_ce_qui_manque_mene_a_ce_qui_manque(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira, causes="")
    page = as_(monde.samira).get(f"/fiches/{fiche.id}/brouillon/relecture").text
    encart = page[page.index("Il manque encore") :].partition("</div>")[0]
    assert re.findall(r"brouillon/(\w+)", encart) == ["causes"]


def test_revenir_sur_ses_pas_garde_ce_qui_est_ecrit(as_: Any, monde: Monde) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    url = f"/fiches/{fiche.id}/brouillon/"
    browser = as_(monde.samira)
    page = browser.get(f"{url}causes").text
    assert not re.findall(rf'href="{url}', page), "un lien perdrait le texte qui n’est pas envoyé"
    assert re.search(r'name="aller" value="probleme">Revenir', page)
    response = browser.poster(f"{url}causes", causes="Un seul car", aller="probleme")
    assert (response.status_code, response.location) == (303, f"{url}probleme")
    assert fiche.causes == "Un seul car"
    response = browser.poster(f"{url}causes", causes="Un seul car", aller="../../ailleurs")
    assert response.location == f"{url}consequences"


def test_un_acteur_ferme_entre_temps_ne_bloque_pas_la_publication(monde: Monde) -> None:
    from mse.moderation.use_cases import publier_fiche

    fiche = make_brouillon(monde.promotion, monde.samira, causes="Appelez le 06 12 34 56 78.")
    deposer_fiche(fiche, par=monde.samira, insiste=True)
    monde.transports.ferme_le = today()
    keep(monde.transports)
    publier_fiche(fiche, par=monde.animatrice)
    assert fiche.est_publique
    assert not fiche.est_orientee


@pytest.mark.parametrize("page", ["causes", "probleme"])
def test_ce_qu_on_ecrivait_est_rendu_quand_l_autre_delegue_a_depose(
    as_: Any, monde: Monde, page: str
) -> None:
    fiche = make_brouillon(monde.promotion, monde.samira)
    samira, url = as_(monde.samira), f"/fiches/{fiche.id}/brouillon/{page}"
    ouverte = hidden_fields(samira.get(url).text)
    deposer_fiche(fiche, par=monde.karim)
    texte = "Le transporteur dit que personne ne lui a demandé d’autres horaires."
    reponse = samira.post(url, data={**ouverte, page: texte, "titre": "Le car part trop tôt"})
    assert reponse.status_code == 409
    assert "Entre-temps, cette fiche a été déposée" in reponse.text
    assert texte in reponse.text
    assert samira.get(url).status_code == 303  # a bookmark redirects to the fiche


def test_un_theme_qu_on_ne_propose_plus_reste_celui_du_brouillon(as_: Any, monde: Monde) -> None:
    """The form still shows the retired theme as chosen, and the draft can be filed with it."""
    fiche = make_brouillon(monde.promotion, monde.samira)
    fiche.theme.retire_le = today()
    db.session.commit()
    samira, url = as_(monde.samira), f"/fiches/{fiche.id}/brouillon/theme"
    cochee = re.search(r'<input[^>]*checked[^>]*value="transport"', samira.get(url).text)
    try:
        assert cochee
        assert samira.poster(url, theme_code="transport").status_code == 303
        assert deposer_fiche(fiche, par=monde.samira) == Publication.PUBLIEE
        assert 'value="transport"' not in samira.get("/fiches/nouvelle").text
    finally:
        fiche.theme.retire_le = None  # all tests share the thèmes
        db.session.commit()


def test_le_second_a_ecrire_lit_ce_que_l_autre_a_enregistre(as_: Any, monde: Monde) -> None:
    """On a conflict the field keeps the input and the page shows the saved text beside it."""
    fiche = make_brouillon(monde.promotion, monde.samira)
    karim, url = as_(monde.karim), f"/fiches/{fiche.id}/brouillon/causes"
    ouverte = hidden_fields(karim.get(url).text)
    ecrire_brouillon(fiche, par=monde.samira, causes="Le transporteur a supprimé *deux* cars.")
    page = karim.post(url, data={**ouverte, "causes": "Le centre ouvre plus tôt."})
    assert page.status_code == 409
    assert "Le centre ouvre plus tôt.</textarea>" in page.text
    assert "Le transporteur a supprimé <em>deux</em> cars." in page.text
    assert (
        karim.post(url, data={**hidden_fields(page.text), "causes": "Deux cars de moins."}).status_code == 303
    )
