"""Attachments of a fiche: adding, access control, removal and orphan files."""

import errno
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from devtools.factories import Monde, hidden_fields, make_brouillon, make_delegue, make_promotion
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import ErreurMetier, Interdit, TransitionInterdite
from mse.core.files import Envoi, rows, sweep
from mse.depot.limites import PIECES_MAX
from mse.depot.use_cases import joindre as cas
from mse.depot.use_cases.deposer import deposer_fiche, supprimer_brouillon
from mse.depot.use_cases.joindre import joindre_pieces, retirer_piece
from mse.extensions import db
from mse.fiches.models import Fiche, Piece
from mse.fiches.policies import peut_lire_pieces
from mse.journal.models import LigneJournal
from mse.moderation.use_cases import retirer_fiche
from tests.fichiers import SECRETS, capture, date_file, docx, pdf, photo


@pytest.fixture(autouse=True)
def _reserve_vide(app: Flask) -> None:
    for path in _on_disk():
        path.unlink()


def _on_disk() -> list[Path]:
    return sorted(Piece.store.root.iterdir()) if Piece.store.root.is_dir() else []


def _named() -> set[str]:
    return {nom for piece in db.session.scalars(select(Piece)) for nom in piece.fichiers}


def _joindre(fiche: Fiche, par: Any, **fichiers: bytes) -> list[str]:
    """Keyword names are file names with `__` for the dot. Return the refusals."""
    envois = [Envoi(nom.replace("__", "."), BytesIO(contenu)) for nom, contenu in fichiers.items()]
    return joindre_pieces(fiche, envois, par=par)


def _count(fiche: Fiche) -> int:
    """Check that the stored count equals the number of rows, and return it."""
    compte = db.session.scalar(select(func.count()).select_from(Piece).where(Piece.fiche_id == fiche.id))
    assert fiche.nombre_pieces == compte
    return compte


@pytest.fixture
def brouillon(monde: Monde) -> Fiche:
    return make_brouillon(monde.promotion, monde.samira, destinataires=[monde.transports.id])


@pytest.fixture
def deposee(monde: Monde, brouillon: Fiche) -> Fiche:
    """A fiche filed with `transports`, with a photo and a letter."""
    assert _joindre(brouillon, monde.samira, arret__jpg=photo(), lettre__docx=docx()) == []
    deposer_fiche(brouillon, par=monde.samira)
    return brouillon


def test_chaque_fichier_est_juge_seul(monde: Monde, brouillon: Fiche) -> None:
    refus = _joindre(brouillon, monde.samira, arret__jpg=photo(), page__svg=b"<svg/>", plan__pdf=pdf())
    assert refus == ["« page.svg » : seuls les fichiers JPEG, PNG, PDF, DOCX et ODT sont acceptés."]
    assert _count(brouillon) == 2
    assert {path.name for path in _on_disk()} == _named()  # the photo, its thumbnail, the document
    assert len(_named()) == 3
    assert not any(secret in path.read_bytes() for path in _on_disk() for secret in SECRETS)
    lignes = db.session.scalars(select(LigneJournal.action).where(LigneJournal.objet == "piece"))
    assert list(lignes) == ["piece_jointe", "piece_jointe"]


def test_envoyer_deux_fois_c_est_joindre_une_fois(monde: Monde, brouillon: Fiche) -> None:
    for qui in (monde.samira, monde.karim):
        assert _joindre(brouillon, qui, arret__jpg=photo()) == []
    assert _count(brouillon) == 1
    assert {path.name for path in _on_disk()} == _named()


def test_cinq_fichiers_pas_un_de_plus(monde: Monde, brouillon: Fiche) -> None:
    refus = _joindre(brouillon, monde.samira, **{f"n{n}__pdf": pdf(f"{n}") for n in range(7)})
    assert len(refus) == 2
    assert "« n5.pdf » : la fiche a déjà 5 fichiers" in refus[0]
    assert _count(brouillon) == PIECES_MAX == len(_on_disk())


def test_deux_delegues_a_la_fois_ne_depassent_pas_cinq(
    app: Flask, monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    _joindre(brouillon, monde.samira, **{f"n{n}__pdf": pdf(f"{n}") for n in range(4)})
    rendez_vous, compter = Barrier(2, timeout=1), cas.compter_pieces

    def attendre_l_autre(fiche: Fiche) -> None:
        with suppress(BrokenBarrierError):
            rendez_vous.wait()  # without a lock both threads count four files here
        compter(fiche)

    def envoyer(compte_id: int) -> None:
        with app.app_context():
            fiche, par = db.session.get_one(Fiche, brouillon_id), db.session.get_one(Compte, compte_id)
            _joindre(fiche, par, **{f"de{compte_id}__pdf": pdf(f"de {compte_id}")})
            db.session.remove()

    monkeypatch.setattr(cas, "compter_pieces", attendre_l_autre)
    brouillon_id, comptes = brouillon.id, [monde.samira.id, monde.karim.id]
    db.session.rollback()
    with ThreadPoolExecutor() as ensemble:
        list(ensemble.map(envoyer, comptes))
    assert _count(brouillon) == PIECES_MAX
    assert {path.name for path in _on_disk()} == _named()


def test_joindre_ne_derange_pas_qui_ecrit_le_texte(as_: Any, monde: Monde, brouillon: Fiche) -> None:
    browser, url = as_(monde.karim), f"/fiches/{brouillon.id}/brouillon/causes"
    ouverte = hidden_fields(browser.get(url).text)
    _joindre(brouillon, monde.samira, arret__jpg=photo())
    assert browser.post(url, data={**ouverte, "causes": "Le car a changé."}).status_code == 303
    assert brouillon.causes == "Le car a changé."


def test_seuls_les_delegues_du_brouillon_y_touchent(monde: Monde, brouillon: Fiche) -> None:
    _joindre(brouillon, monde.samira, plan__pdf=pdf())
    (numero,) = db.session.scalars(select(Piece.id))
    for personne in (monde.lea, monde.ancienne, monde.agent, monde.animatrice, monde.admin):
        with pytest.raises(Interdit):
            _joindre(brouillon, personne, autre__pdf=pdf("autre"))
        with pytest.raises(Interdit):
            retirer_piece(brouillon, numero, par=personne)
    assert _count(brouillon) == 1 == len(_on_disk())


def test_une_fois_deposee_plus_rien_ne_change(monde: Monde, deposee: Fiche) -> None:
    (premiere, *_autres) = db.session.scalars(select(Piece.id))
    with pytest.raises(TransitionInterdite):
        _joindre(deposee, monde.samira, autre__pdf=pdf())
    with pytest.raises(TransitionInterdite):
        retirer_piece(deposee, premiere, par=monde.samira)
    assert _count(deposee) == 2
    assert {path.name for path in _on_disk()} == _named()


def test_retirer_efface_la_ligne_et_les_fichiers(monde: Monde, brouillon: Fiche) -> None:
    _joindre(brouillon, monde.samira, arret__jpg=photo(), plan__pdf=pdf())
    image, plan = db.session.scalars(select(Piece.id).order_by(Piece.id))
    for _fois in range(2):  # double click
        retirer_piece(brouillon, image, par=monde.karim)
    assert _count(brouillon) == 1
    assert {path.name for path in _on_disk()} == _named()
    autre = make_brouillon(monde.promotion, monde.samira)
    retirer_piece(autre, plan, par=monde.samira)  # a file of another fiche: no effect
    assert _count(brouillon) == 1 == len(_on_disk())


def test_un_brouillon_supprime_emporte_ses_fichiers(monde: Monde, brouillon: Fiche) -> None:
    _joindre(brouillon, monde.samira, arret__jpg=photo(), plan__pdf=pdf())
    supprimer_brouillon(brouillon, par=monde.karim)
    assert db.session.scalar(select(func.count()).select_from(Piece)) == 0
    assert _on_disk() == []


def test_une_suppression_defaite_garde_les_fichiers(
    monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    _joindre(brouillon, monde.samira, arret__jpg=photo())
    monkeypatch.setattr(db.session(), "commit", _cut)
    with pytest.raises(KeyboardInterrupt):
        supprimer_brouillon(brouillon, par=monde.samira)
    monkeypatch.undo()
    assert _count(brouillon) == 1
    assert {path.name for path in _on_disk()} == _named()


def _cut() -> None:
    raise KeyboardInterrupt


def test_tue_entre_le_fichier_et_la_ligne_il_ne_reste_qu_un_orphelin(
    app: Flask, monde: Monde, brouillon: Fiche
) -> None:
    _joindre(brouillon, monde.samira, plan__pdf=pdf())
    (nomme,) = _named()
    environ = {"MSE_INSTANCE": app.instance_path, "MSE_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"]}
    arguments = [sys.executable, "-c", _TUE_AU_COMMIT, str(brouillon.id), str(monde.samira.id)]
    db.session.rollback()
    tue = subprocess.run(arguments, env={**os.environ, **environ}, input=photo(), check=False)
    assert tue.returncode == -signal.SIGKILL
    assert (_count(brouillon), _named()) == (1, {nomme})
    assert len(_on_disk()) == 3  # the photo and its thumbnail are orphans: their row was not committed
    for heures, retires in ((23, 0), (25, 2)):  # younger than 24 h, the row may still be committed
        for path in _on_disk():
            date_file(path, now() - timedelta(hours=heures))
        assert sweep(Piece) == retires
        db.session.rollback()
    assert [path.name for path in _on_disk()] == [nomme]


_TUE_AU_COMMIT = """
import os, signal, sys
from mse.app import create_app
from mse.comptes.models import Compte
from mse.core.files import Envoi
from mse.extensions import db
from mse.fiches.models import Fiche
from mse.depot.use_cases.joindre import joindre_pieces
with create_app().app_context():
    fiche, samira = db.session.get(Fiche, int(sys.argv[1])), db.session.get(Compte, int(sys.argv[2]))
    db.session().commit = lambda: os.kill(os.getpid(), signal.SIGKILL)
    joindre_pieces(fiche, [Envoi("arret.jpg", __import__("io").BytesIO(sys.stdin.buffer.read()))], par=samira)
"""


def test_le_disque_plein_est_une_phrase_puis_tout_remarche(
    as_: Any, monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, url = as_(monde.samira), f"/fiches/{brouillon.id}/brouillon/pieces"
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _no_space)
        response = browser.poster(url, fichiers=(BytesIO(photo()), "arret.jpg"))
    assert response.status_code == 422
    assert "plus de place" in response.text
    assert _count(brouillon) == 0 == len(_on_disk())
    assert browser.poster(url, fichiers=(BytesIO(photo()), "arret.jpg")).status_code == 303
    assert _count(brouillon) == 1


def _no_space(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_le_brouillon_supprime_pendant_l_envoi(
    monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = rows.prepare

    def lentement(*args: Any, **kwargs: Any) -> Any:
        supprimer_brouillon(db.session.get_one(Fiche, numero), par=monde.karim)
        return prepare(*args, **kwargs)

    numero = brouillon.id
    monkeypatch.setattr(rows, "prepare", lentement)
    with pytest.raises(ErreurMetier, match="supprimé"):
        _joindre(brouillon, monde.samira, arret__jpg=photo())
    assert _on_disk() == []


def test_aucune_transaction_pendant_que_l_image_est_refaite(
    monde: Monde, brouillon: Fiche, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouvertes = []
    prepare = rows.prepare
    monkeypatch.setattr(
        rows, "prepare", lambda *a, **k: (ouvertes.append(db.session().in_transaction()), prepare(*a, **k))[1]
    )
    _joindre(brouillon, monde.samira, arret__jpg=photo(), capture__png=capture())
    assert ouvertes == [False, False]


def test_qui_lit_les_pieces(monde: Monde, deposee: Fiche) -> None:
    suivante = make_promotion(monde.lavande, "Agent de cuisine 2", succede_a_id=monde.promotion.id)
    nour = make_delegue(suivante, "Nour")
    lecteurs = (
        monde.samira,
        monde.karim,
        nour,
        monde.agent,
        monde.referent,
        monde.animatrice,
    )
    assert all(peut_lire_pieces(personne, deposee) for personne in lecteurs)
    assert not any(
        peut_lire_pieces(personne, deposee)
        for personne in (None, monde.lea, monde.ancienne, monde.autre_agent, monde.admin)
    )


def test_une_fiche_retiree_ferme_ses_pieces_a_son_responsable(as_: Any, monde: Monde, deposee: Fiche) -> None:
    (premiere, *_autres) = db.session.scalars(select(Piece.id))
    url = f"/fiches/{deposee.id}/pieces/{premiere}"
    assert as_(monde.agent).get(url).status_code == 200
    retirer_fiche(deposee, "Une personne y est reconnaissable.", par=monde.animatrice)
    assert as_(monde.agent).get(url).status_code == 404
    for personne in (monde.samira, monde.animatrice):
        assert as_(personne).get(url).status_code == 200
