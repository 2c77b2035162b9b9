"""Files of an answer: joined while writing, public with the answer."""

import re
import shutil
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.core.clock import at
from mse.core.errors import Interdit
from mse.core.files import Envoi
from mse.extensions import db
from mse.fiches.models import Etape, Saisine
from mse.fiches.use_cases.traiter import repondre_saisine
from mse.redaction.models import BrouillonReponse, PieceReponse
from mse.redaction.use_cases.brouillons import effacer_brouillon, garder_brouillon, oublier_brouillons
from mse.redaction.use_cases.fichiers import joindre_pieces, retirer_piece
from mse.redaction.workflow import Geste
from mse.responsables.use_cases import transferer_saisine
from tests.fichiers import SECRETS, bombe, docx, pdf, photo
from tests.redaction.fichiers import joindre, list_pieces, repondre_avec

pytestmark = pytest.mark.usefixtures("jour")
CANARI = "CANARI-PIECE-DE-REPONSE.pdf"


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(PieceReponse.store.root, ignore_errors=True)


def page(saisine: Saisine, suite: str = "reponse") -> str:
    return f"/fiches/{saisine.fiche_id}/saisines/{saisine.id}/{suite}"


def sur_disque() -> set[str]:
    return {fichier.name for fichier in PieceReponse.store.root.glob("*")}


def un(nom: str, octets: bytes) -> tuple[BytesIO, str]:
    return BytesIO(octets), nom


def test_un_agent_repond_avec_une_photo_et_tout_le_monde_la_lit(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    formulaire = ada.get(page(saisine)).text
    assert "Tout le monde pourra lire ce fichier" in formulaire
    fait = ada.poster(page(saisine), texte=LONGUE, fichiers=un("arrêt du car.jpg", photo()))
    assert fait.status_code == 303
    piece = list_pieces()[0]
    assert (piece.nom, piece.etape.texte, piece.etape.nombre_pieces) == ("arrêt du car.jpg", LONGUE, 1)
    assert sur_disque() == set(piece.fichiers)
    assert not any(secret in piece.chemin.read_bytes() for secret in SECRETS)
    public = as_(None)
    html = public.get(f"/fiches/{saisine.fiche_id}").text
    assert "arrêt du car.jpg" in html
    recue = public.get(re.search(r'href="(/reponses/pieces/\d+)"', html)[1])
    assert recue.headers["Content-Disposition"].startswith("attachment")
    assert recue.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in recue.headers["Content-Security-Policy"]
    assert recue.data == piece.chemin.read_bytes()


def test_un_texte_refuse_garde_le_fichier(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    court = ada.poster(page(saisine), texte="Trop court.", fichiers=un("plan.pdf", pdf()))
    assert court.status_code == 422
    assert "plan.pdf" in court.text
    assert "Trop court." in court.text
    assert ada.poster(page(saisine), texte=LONGUE, piece=str(list_pieces()[0].id)).status_code == 303
    assert [(piece.nom, piece.etape.texte) for piece in list_pieces()] == [("plan.pdf", LONGUE)]


def test_un_fichier_refuse_ne_publie_rien_et_garde_les_autres(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    envois = [un("plan.pdf", pdf()), un("page.pdf", b"<html><script>1</script></html>")]
    refuse = ada.poster(page(saisine), texte=LONGUE, fichiers=envois)
    assert refuse.status_code == 422
    assert "son contenu n’est pas celui d’un fichier PDF" in refuse.text
    assert LONGUE in refuse.text
    assert [(piece.nom, piece.etape_id) for piece in list_pieces()] == [("plan.pdf", None)]
    db.session.rollback()
    assert monde.saisine.est_en_cours


@pytest.mark.parametrize(
    ("nom", "octets", "raison"),
    [
        ("page.pdf", b"<html></html>", "contenu"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "seuls les fichiers"),
        ("lettre.docx", docx(macros=True), "document"),
        ("lettre.docx", docx(**{"word/vbaProject.bin": b"x"}), "macro"),
        ("lettre.docx", bombe(101 * 1024 * 1024), "trop gros"),
        ("vide.pdf", b"", "vide"),
        ("photo.heic", b"x", "JPEG"),
        ("lourd.pdf", pdf() + b" " * 11 * 1024 * 1024, "maximum"),
    ],
)
def test_un_fichier_dangereux_est_refuse(monde: Monde, nom: str, octets: bytes, raison: str) -> None:
    refus = joindre(monde.saisine, monde.agent, (nom, octets))
    assert [nom in phrase and raison in phrase for phrase in refus] == [True]
    assert list_pieces() == []
    assert sur_disque() == set()


@pytest.mark.parametrize(
    ("envoye", "affiche"),
    [
        ("../../etc/été 2026.pdf", "été 2026.pdf"),
        ("plan\r\nSet-Cookie: a=b.pdf", "plan Set-Cookie_ a=b.pdf"),
        ("facture\u202efdp.pdf", "facture fdp.pdf"),
    ],
)
def test_un_nom_de_fichier_est_nettoye(monde: Monde, as_: Any, envoye: str, affiche: str) -> None:
    piece = repondre_avec(monde.saisine, monde.agent, (envoye, pdf()))[0]
    assert piece.nom == affiche
    recue = as_(None).get(f"/reponses/pieces/{piece.id}")
    assert recue.status_code == 200
    assert "Set-Cookie" not in recue.headers or "a=b" not in recue.headers["Set-Cookie"]


def test_joindre_puis_retirer_sans_perdre_le_texte(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    bouton = page(saisine, "redaction/repondre/fichiers")
    rien = ada.poster(bouton, page(saisine), texte="Un début.")
    assert (rien.status_code, "Choisissez au moins un fichier" in rien.text) == (422, True)
    jointe = ada.poster(bouton, page(saisine), texte="Un début.", fichiers=un("plan.pdf", pdf()))
    assert jointe.status_code == 200
    assert "Un début." in jointe.text
    assert "plan.pdf" in jointe.text
    assert "plan.pdf" in ada.get(page(saisine)).text  # the draft keeps it
    assert "plan.pdf" in ada.get("/mes-brouillons").text
    assert "plan.pdf" not in as_(monde.referent).get(page(saisine)).text
    sans = ada.poster(bouton, page(saisine), texte="Un début.", retirer=list_pieces()[0].id)
    assert "plan.pdf" not in sans.text
    assert "Un début." in sans.text
    assert (list_pieces(), sur_disque()) == ([], set())


def test_l_apercu_montre_le_fichier_et_le_publie(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    apercu = page(saisine, "redaction/repondre/apercu")
    html = ada.poster(apercu, page(saisine), texte=LONGUE, fichiers=un("plan.pdf", pdf())).text
    assert "Tout le monde pourra lire ce fichier." in html
    assert "plan.pdf" in html
    assert "Un fichier est joint à ce texte" in html  # the mail
    cachees = dict(re.findall(r'<input type="hidden" name="(piece)" value="(\d+)">', html))
    assert ada.poster(page(saisine), texte=LONGUE, **cachees).status_code == 303
    assert [piece.etape_id is not None for piece in list_pieces()] == [True]


def test_trois_clics_joignent_une_fois(monde: Monde, as_: Any) -> None:
    ada, saisine = as_(monde.agent), monde.saisine
    jeton = re.search(r'name="csrf_token" value="([^"]+)', ada.get(page(saisine)).text)[1]
    for _clic in range(3):
        envoi = {"csrf_token": jeton, "texte": LONGUE, "version": "1", "fichiers": un("plan.pdf", pdf())}
        assert ada.post(page(saisine), data=envoi).status_code == 303
    piece = list_pieces()[0]
    assert len(list_pieces()) == 1
    assert sur_disque() == set(piece.fichiers)
    assert db.session.query(BrouillonReponse).count() == 0


def test_au_plus_cinq_fichiers(monde: Monde) -> None:
    six = [(f"plan{rang}.pdf", pdf(str(rang))) for rang in range(6)]
    assert ["maximum" in phrase for phrase in joindre(monde.saisine, monde.agent, *six)] == [True]
    assert len(list_pieces()) == 5


def test_les_fichiers_suivent_leur_texte_et_pas_un_autre(monde: Monde) -> None:
    """The same answer given to several fiches does not publish the files of a draft that it does not show."""
    joindre(monde.saisine, monde.agent, (CANARI, pdf()), texte=f"{LONGUE} Brouillon.")
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert (list_pieces(), sur_disque()) == ([], set())
    assert db.session.query(Etape).filter(Etape.nombre_pieces > 0).count() == 0


def test_le_fichier_d_un_collegue_reste_dans_son_brouillon(monde: Monde) -> None:
    joindre(monde.saisine, monde.referent, (CANARI, pdf()))
    repondre_saisine(monde.saisine, LONGUE, par=monde.agent)
    assert [piece.etape_id for piece in list_pieces()] == [None]


def test_qui_n_est_pas_responsable_ne_joint_rien(monde: Monde) -> None:
    sans_agent = make_fiche(monde.promotion, monde.samira, monde.ailleurs).saisines[0]
    for saisine in (monde.saisine, sans_agent):
        for qui in (monde.animatrice, monde.admin, monde.samira, monde.autre_agent):
            with pytest.raises(Interdit):
                joindre(saisine, qui)
    joindre(monde.saisine, monde.agent)
    with pytest.raises(Interdit):
        retirer_piece(monde.saisine, Geste.REPONDRE, list_pieces()[0].id, par=monde.samira)
    retirer_piece(monde.saisine, Geste.REPONDRE, list_pieces()[0].id, par=monde.referent)  # not his draft
    assert len(list_pieces()) == 1
    with pytest.raises(Interdit):  # a step takes no file
        joindre_pieces(monde.saisine, Geste.ETAPE, "", [Envoi("a.pdf", BytesIO(pdf()))], par=monde.agent)


def test_un_animateur_qui_clot_ne_voit_pas_de_champ(monde: Monde, as_: Any) -> None:
    sans_agent = make_fiche(monde.promotion, monde.samira, monde.ailleurs).saisines[0]
    html = as_(monde.animatrice).get(page(sans_agent, "abandon")).text
    assert 'type="file"' not in html
    assert 'type="file"' in as_(monde.agent).get(page(monde.saisine, "abandon")).text


@pytest.mark.parametrize("fin", ["effacé", "oublié", "vidé"])
def test_un_brouillon_emporte_ses_fichiers(monde: Monde, fin: str) -> None:
    joindre(monde.saisine, monde.agent)
    if fin == "effacé":
        effacer_brouillon(monde.saisine.id, Geste.REPONDRE, par=monde.agent)
    elif fin == "oublié":
        with at(JOUR + timedelta(days=400)):
            oublier_brouillons()
    else:
        garder_brouillon(monde.saisine, Geste.REPONDRE, "", par=monde.agent)
        assert len(list_pieces()) == 1  # a file is a draft too
        retirer_piece(monde.saisine, Geste.REPONDRE, list_pieces()[0].id, par=monde.agent)
    assert (list_pieces(), sur_disque()) == ([], set())


def test_apres_un_transfert_le_fichier_reste_a_son_auteur(monde: Monde, as_: Any) -> None:
    joindre(monde.saisine, monde.agent, (CANARI, pdf()))
    transferer_saisine(monde.saisine, monde.remuneration.id, "Cela dépend de vous.", par=monde.agent)
    url = f"/reponses/pieces/{list_pieces()[0].id}"
    assert as_(monde.agent).get(url).status_code == 200
    for qui in (None, monde.autre_agent, monde.samira, monde.animatrice, monde.admin):
        assert as_(qui).get(url).status_code == 404
    assert CANARI not in as_(monde.autre_agent).get(page(monde.saisine)).text
