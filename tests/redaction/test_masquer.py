"""A public file of an answer is masked by an animateur, with a reason."""

import shutil
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from devtools.factories import JOUR, LONGUE, Monde, make_fiche
from mse.core.clock import at
from mse.core.errors import Interdit, TransitionInterdite
from mse.extensions import db
from mse.fiches.models import Etape
from mse.moderation.use_cases import masquer_etape, retablir_fiche, retirer_fiche
from mse.redaction.models import PieceReponse
from mse.redaction.use_cases.fichiers import effacer_pieces_masquees, masquer_piece
from mse.sauvegarde.sauvegarder import STORES
from tests.fichiers import pdf, photo
from tests.notifications.conftest import take_mails
from tests.redaction.fichiers import joindre, list_pieces, repondre_avec, statements

pytestmark = pytest.mark.usefixtures("jour")
MOTIF = "Ce document nommait une personne."
NOM = "CANARI-LISTE-DES-ABSENTS.pdf"


@pytest.fixture(autouse=True)
def _no_file_of_another_test(app: Flask) -> None:
    shutil.rmtree(PieceReponse.store.root, ignore_errors=True)


def statuts(as_: Any, piece: PieceReponse, *gens: Any) -> list[int]:
    return [as_(qui).get(f"/reponses/pieces/{piece.id}").status_code for qui in gens]


def test_une_piece_masquee_garde_sa_ligne_et_perd_son_nom(monde: Monde, as_: Any) -> None:
    piece = repondre_avec(monde.saisine, monde.agent, (NOM, pdf()))[0]
    page = f"/fiches/{monde.fiche.id}"
    anouk = as_(monde.animatrice)
    assert f"/reponses/pieces/{piece.id}/masquage" in anouk.get(page).text
    assert anouk.poster(f"/reponses/pieces/{piece.id}/masquage", texte=MOTIF).status_code == 303
    tous = (None, monde.samira, monde.agent, monde.referent, monde.admin)
    for qui in tous:
        html = as_(qui).get(page).text
        assert MOTIF in html
        assert NOM not in html
    assert statuts(as_, piece, *tous, monde.animatrice) == [404, 404, 404, 404, 404, 200]
    assert NOM in anouk.get(page).text
    assert NOM not in as_(None).get(f"{page}.atom").text
    assert LONGUE in as_(None).get(page).text  # the text of the answer stays
    with pytest.raises(TransitionInterdite):
        masquer_piece(piece, f"{MOTIF} Encore.", par=monde.animatrice)


def test_seule_l_animation_masque(monde: Monde) -> None:
    piece = repondre_avec(monde.saisine, monde.agent)[0]
    for qui in (monde.agent, monde.referent, monde.samira, monde.admin):
        with pytest.raises(Interdit):
            masquer_piece(piece, MOTIF, par=qui)


def test_un_brouillon_ne_se_masque_pas(monde: Monde, as_: Any) -> None:
    joindre(monde.saisine, monde.agent)
    url = f"/reponses/pieces/{list_pieces()[0].id}/masquage"
    assert [as_(qui).get(url).status_code for qui in (monde.animatrice, monde.agent)] == [404, 403]


def test_douze_mois_apres_le_fichier_est_efface_et_la_ligne_reste(monde: Monde, as_: Any) -> None:
    masquee, publique = repondre_avec(monde.saisine, monde.agent, (NOM, pdf()), ("arret.jpg", photo()))
    masquer_piece(masquee, MOTIF, par=monde.animatrice)
    fichiers = set(publique.fichiers)
    with at(JOUR + timedelta(days=364)):
        assert effacer_pieces_masquees() == 0
        assert statuts(as_, masquee, monde.animatrice) == [200]
    with at(JOUR + timedelta(days=366)):
        assert effacer_pieces_masquees() == 1
        assert effacer_pieces_masquees() == 0
        assert statuts(as_, masquee, monde.animatrice) == [404]
        html = as_(monde.animatrice).get(f"/fiches/{monde.fiche.id}").text
        assert MOTIF in html
        assert NOM not in html
    assert {fichier.name for fichier in PieceReponse.store.root.iterdir()} == fichiers
    assert [piece.nom for piece in list_pieces()] == ["", "arret.jpg"]


def test_une_fiche_retiree_cache_ses_fichiers(monde: Monde, as_: Any) -> None:
    piece = repondre_avec(monde.saisine, monde.agent)[0]
    retirer_fiche(monde.fiche, MOTIF, par=monde.animatrice)
    gens = (None, monde.samira, monde.agent, monde.animatrice)
    assert statuts(as_, piece, *gens) == [404, 404, 404, 200]
    retablir_fiche(monde.fiche, par=monde.animatrice)
    assert statuts(as_, piece, *gens) == [200, 200, 200, 200]


def test_masquer_une_etape_masque_ses_fichiers(monde: Monde, as_: Any) -> None:
    piece = repondre_avec(monde.saisine, monde.agent, (NOM, pdf()))[0]
    masquer_etape(db.session.get_one(Etape, piece.etape_id), MOTIF, par=monde.animatrice)
    assert (list_pieces()[0].masquee_motif, list_pieces()[0].masquee_par_id) == (MOTIF, monde.animatrice.id)
    assert statuts(as_, piece, None, monde.agent, monde.animatrice) == [404, 404, 200]
    assert NOM not in as_(None).get(f"/fiches/{monde.fiche.id}").text


def test_le_courriel_dit_le_fichier_sans_l_envoyer(monde: Monde) -> None:
    repondre_avec(monde.saisine, monde.agent, (NOM, pdf()))
    lettre = next(une for une in take_mails() if une.destinataire == monde.samira.courriel)
    assert "Un fichier est joint à ce texte" in lettre.texte
    assert "Un fichier est joint à ce texte" in lettre.html
    assert NOM not in lettre.texte + lettre.html


def test_le_flux_et_l_autre_responsable_donnent_le_fichier(monde: Monde, as_: Any) -> None:
    fiche = make_fiche(monde.promotion, monde.samira, monde.transports, monde.remuneration)
    piece = repondre_avec(fiche.saisines[0], monde.agent, ("plan.pdf", pdf()))[0]
    lien = f"/reponses/pieces/{piece.id}"
    assert lien in as_(None).get(f"/fiches/{fiche.id}.atom").text
    html = as_(monde.autre_agent).get(f"/fiches/{fiche.id}/saisines/{fiche.saisines[1].id}/reponse").text
    assert lien in html


def test_la_sauvegarde_prend_les_fichiers() -> None:
    assert PieceReponse.store in STORES


@pytest.mark.parametrize("nombre", [1, 5])
def test_les_fichiers_d_une_fiche_se_lisent_en_une_requete(monde: Monde, as_: Any, nombre: int) -> None:
    public, page = as_(None), f"/fiches/{monde.fiche.id}"
    public.get(page)
    with statements() as sans:
        public.get(page)
    repondre_avec(monde.saisine, monde.agent, *[(f"n{rang}.pdf", pdf(str(rang))) for rang in range(nombre)])
    with statements() as avec:
        public.get(page)
    assert len(avec) == len(sans) + 1
