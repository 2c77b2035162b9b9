"""Writing an answer: insert a template, keep a draft, look at the preview."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from devtools.factories import LONGUE, Monde, make_fiche
from mse.core.clock import at, now
from mse.core.errors import Conflit, Interdit
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.use_cases.traiter import regler_saisine, repondre_saisine
from mse.redaction.models import BrouillonReponse
from mse.redaction.queries.brouillons import list_brouillons_de
from mse.redaction.use_cases.brouillons import garder_brouillon, oublier_brouillons
from mse.redaction.workflow import Geste
from mse.responsables.use_cases import transferer_saisine
from tests.notifications.conftest import take_mails
from tests.redaction.fichiers import statements
from tests.redaction.modeles import make_modele

SECRET = "CANARI-BROUILLON-DE-REPONSE"
MOTIF = "Ces horaires dépendent de vous, pas de nous."


def page(saisine: Saisine, suite: str = "reponse") -> str:
    return f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/{suite}"


def bouton(saisine: Saisine, nom: str, geste: str = "repondre") -> str:
    return page(saisine, f"redaction/{geste}/{nom}")


def texte_du_champ(html: str) -> str:
    trouve = re.search(r'<textarea[^>]*name="texte"[^>]*>\s*(.*?)</textarea>', html, re.S)
    assert trouve is not None
    return unescape(trouve[1]).replace("\r\n", "\n")


def list_textes() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(BrouillonReponse).order_by(BrouillonReponse.id))
    return [(un.compte.prenom, un.texte) for un in rows]


def test_un_modele_s_ajoute_a_ce_qui_est_ecrit(monde: Monde, as_: Any) -> None:
    modele = make_modele(monde, texte="Nous traitons « {titre} ».")
    ada = as_(monde.agent)
    assert "Horaires des cars" in ada.get(page(monde.saisine)).text
    envoi = {"texte": "Bonjour à toutes et à tous.", "modele": modele.id, "retour": "/mon-espace"}
    html = ada.poster(bouton(monde.saisine, "modele"), page(monde.saisine), **envoi).text
    rempli = "Nous traitons « Le premier car arrive après le début des cours »."
    assert texte_du_champ(html) == f"Bonjour à toutes et à tous.\n\n{rempli}"
    assert f'action="{page(monde.saisine)}"' in html
    assert 'name="retour" type="hidden" value="/mon-espace"' in html
    assert list_textes() == []
    rien = ada.poster(bouton(monde.saisine, "modele"), page(monde.saisine), texte="Bonjour.")
    assert "Choisissez un modèle" in rien.text
    assert texte_du_champ(rien.text) == "Bonjour."


def test_un_script_recoit_le_modele_rempli(monde: Monde, as_: Any) -> None:
    modele = make_modele(monde, texte="Nous traitons « {titre} ».")
    ada = as_(monde.agent)
    jeton = re.search(r'name="csrf_token" value="([^"]+)', ada.get(page(monde.saisine)).text)
    assert jeton is not None
    reponse = ada.post(
        bouton(monde.saisine, "modele"),
        data={"csrf_token": jeton[1], "autre_modele": modele.id},
        headers={"Accept": "text/plain"},
    )
    assert reponse.mimetype == "text/plain"
    assert reponse.get_data(as_text=True).startswith("Nous traitons « Le premier car")


def test_le_brouillon_est_repris_puis_disparait_avec_la_reponse(monde: Monde, as_: Any) -> None:
    ada = as_(monde.agent)
    garde = ada.poster(bouton(monde.saisine, "brouillon"), page(monde.saisine), texte=f"{SECRET} un début.")
    assert (garde.status_code, garde.location) == (303, page(monde.saisine))
    html = ada.get(page(monde.saisine)).text
    assert "Votre brouillon est repris" in html
    assert texte_du_champ(html) == f"{SECRET} un début."
    assert texte_du_champ(ada.get(page(monde.saisine, "reglement")).text) == ""  # each act has its own
    assert SECRET in ada.get("/mes-brouillons").text
    assert ada.poster(page(monde.saisine), texte=LONGUE).status_code == 303
    assert list_textes() == []
    garder_brouillon(monde.saisine, Geste.REPONDRE, LONGUE, par=monde.agent)  # a last save of the page
    assert list_textes() == []


def test_un_texte_vide_et_le_bouton_suppriment_le_brouillon(monde: Monde, as_: Any) -> None:
    ada = as_(monde.agent)
    for vide in ("", "  "):
        garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
        ada.poster(bouton(monde.saisine, "brouillon"), page(monde.saisine), texte=vide)
        assert list_textes() == []
    garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    for _clic in range(3):
        fait = ada.poster(f"/mes-brouillons/{monde.saisine.id}/repondre/suppression", page(monde.saisine))
        assert fait.status_code == 303
    assert list_textes() == []


def test_un_brouillon_survit_a_un_conflit_et_a_un_collegue(monde: Monde) -> None:
    version = monde.saisine.version
    garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    garder_brouillon(monde.saisine, Geste.REPONDRE, "Le brouillon de René.", par=monde.referent)
    repondre_saisine(monde.saisine, LONGUE, version=version, par=monde.referent)
    with pytest.raises(Conflit):
        regler_saisine(monde.saisine, f"{LONGUE} Autre.", version=version, par=monde.agent)
    assert list_textes() == [("Ada", SECRET)]


def test_apres_un_transfert_son_auteur_seul_le_lit(monde: Monde, as_: Any) -> None:
    garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    transferer_saisine(monde.saisine, monde.remuneration.id, MOTIF, par=monde.agent)
    ada, otto = as_(monde.agent), as_(monde.autre_agent)
    miens = ada.get("/mes-brouillons").text
    assert SECRET in miens
    assert "n’est plus confiée à votre équipe" in miens
    assert "Reprendre" not in miens
    html = otto.get(page(monde.saisine)).text
    assert SECRET not in html
    assert "écrit aussi" not in html  # a former owner is no colleague
    with pytest.raises(Interdit):
        garder_brouillon(monde.saisine, Geste.REPONDRE, "Encore.", par=monde.agent)
    ada.poster(f"/mes-brouillons/{monde.saisine.id}/repondre/suppression", "/mes-brouillons")
    assert list_textes() == []


def test_on_voit_qu_un_collegue_ecrit_sans_le_lire(monde: Monde, as_: Any) -> None:
    with at(now() - timedelta(minutes=2)):
        garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    rene = as_(monde.referent).get(page(monde.saisine)).text
    assert "Ada écrit aussi sur cette fiche, il y a 2 minutes." in rene
    assert SECRET not in rene
    assert "écrit aussi" not in as_(monde.agent).get(page(monde.saisine)).text
    fiche = f"/fiches/{monde.fiche.id}"
    assert "Ada écrit sur cette fiche, il y a 2 minutes." in as_(monde.referent).get(fiche).text
    for qui in (None, monde.agent, monde.autre_agent, monde.samira, monde.animatrice, monde.admin):
        with statements() as lues:
            assert "écrit sur cette fiche" not in as_(qui).get(fiche).text
        assert any("brouillons_reponse" in une for une in lues) == (qui is monde.agent)
    with at(now() + timedelta(hours=1)):
        assert list_brouillons_de(monde.saisine, monde.referent, Geste.REPONDRE) == (None, [])


def test_personne_d_autre_ne_lit_un_brouillon_ni_un_modele(monde: Monde, as_: Any) -> None:
    make_modele(monde, "CANARI-MODELE", texte="CANARI-MODELE {titre}")
    garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    garder_brouillon(monde.saisine, Geste.ETAPE, SECRET, par=monde.agent)
    pages = [
        "/mon-espace",
        f"/mon-espace?liste=a-faire&ouvrir={monde.saisine.id}",
        "/mes-brouillons",
        f"/fiches/{monde.fiche.id}",
        f"/acteurs/{monde.transports.id}",
        f"/acteurs/{monde.transports.id}/gestion",
        f"/acteurs/{monde.transports.id}/modeles",
        *(page(monde.saisine, suite) for suite in ("reponse", "reglement", "abandon", "etape", "transfert")),
        *(bouton(monde.saisine, nom) for nom in ("modele", "apercu", "brouillon")),
    ]
    gens = (None, monde.samira, monde.karim, monde.lea, monde.autre_agent, monde.animatrice, monde.admin)
    for personne in gens:
        for adresse in pages:
            assert "CANARI" not in as_(personne).get(adresse).text, adresse
    for adresse in pages:  # a colleague reads the templates, not the draft
        assert SECRET not in as_(monde.referent).get(adresse).text


@pytest.mark.usefixtures("jour")
def test_un_brouillon_oublie_disparait(monde: Monde) -> None:
    """After 60 working days without a change."""
    debut = now()
    garder_brouillon(monde.saisine, Geste.REPONDRE, SECRET, par=monde.agent)
    for jours, reste in ((84, [("Ada", SECRET)]), (90, [])):
        with at(debut + timedelta(days=jours)):
            oublier_brouillons()
        assert list_textes() == reste


def test_l_apercu_est_ce_que_les_delegues_recoivent(monde: Monde, as_: Any) -> None:
    texte = f"{LONGUE}\n\n- **lundi** : le car part plus tard ;\n- mardi aussi."
    ada = as_(monde.agent)
    vu = ada.poster(bouton(monde.saisine, "apercu"), page(monde.saisine), texte=texte)
    assert vu.status_code == 200
    assert "<strong>lundi</strong>" in vu.text
    assert 'class="grand reponse"' in vu.text  # the public line
    assert list_textes() == [("Ada", texte)]  # nothing is published
    corriger = ada.poster(bouton(monde.saisine, "apercu"), page(monde.saisine), texte=texte, corriger="1")
    assert texte_du_champ(corriger.text) == texte
    take_mails()
    assert ada.poster(page(monde.saisine), texte=texte).status_code == 303
    mail = next(mail for mail in take_mails() if mail.destinataire == monde.samira.courriel)
    recu = _mots((mail.html or "").partition("<body")[2].partition(">")[2])
    assert mail.sujet in unescape(vu.text)
    assert _mots(vu.text.partition('class="apercu-courriel">')[2]).startswith(recu)


def test_l_apercu_rappelle_ce_qui_reste_a_completer(monde: Monde, as_: Any) -> None:
    ada = as_(monde.agent)
    for texte, attendu in (
        (f"{LONGUE} Avant le [date], avec [qui], le [date].", "Il reste à compléter : [date], [qui]."),
        (f"{LONGUE} Voir [la page](https://exemple.fr).", None),
    ):
        vu = ada.poster(bouton(monde.saisine, "apercu"), page(monde.saisine), texte=texte).text
        assert ("Il reste à compléter" in vu) == bool(attendu)
        assert attendu is None or attendu in vu


def test_un_texte_trop_court_n_a_pas_d_apercu(monde: Monde, as_: Any) -> None:
    court = as_(monde.agent).poster(bouton(monde.saisine, "apercu"), page(monde.saisine), texte="Trop court.")
    assert court.status_code == 422
    assert "Ajoutez quelques mots" in court.text
    assert texte_du_champ(court.text) == "Trop court."
    assert as_(monde.agent).get(bouton(monde.saisine, "apercu", "etape")).status_code == 404


@pytest.mark.parametrize("nom", ["modele", "apercu", "brouillon"])
def test_une_session_terminee_garde_le_texte(monde: Monde, as_: Any, client: Any, nom: str) -> None:
    texte = f"{LONGUE} Gardé."
    ferme = client.post(bouton(monde.saisine, nom), data={"texte": texte})
    assert ferme.status_code in (400, 401)
    assert texte in unescape(ferme.text)


def test_un_responsable_lit_les_autres_reponses(monde: Monde, as_: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration)
    mienne, autre = sorted(fiche.saisines, key=lambda une: une.acteur_id != monde.transports.id)
    assert "autre responsable" not in as_(monde.agent).get(page(mienne)).text
    repondre_saisine(autre, f"{LONGUE} Signé Otto.", par=monde.autre_agent)
    html = as_(monde.agent).get(page(mienne)).text
    assert "Lire la réponse d’un autre responsable" in html
    assert "Signé Otto." in html
    assert "Lire la réponse" not in as_(monde.autre_agent).get(page(autre)).text


def _mots(html: str) -> str:
    """The words of a page, without the address of the secret link."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
