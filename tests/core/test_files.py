"""Uploads: the format is checked, metadata is removed, the file is flushed to disk before use."""

import errno
import os
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageFile

from mse.core.clock import now
from mse.core.errors import DonneeInvalide
from mse.core.files import Format, PlusDePlace, Store, images, prepare
from mse.core.files.prepare import clean_name
from tests.fichiers import SECRETS, bombe, capture, date_file, docx, odt, pdf, photo

MAX = 10 * 1024 * 1024


def ready(name: str, content: bytes, max_bytes: int = MAX) -> Any:
    return prepare(name, BytesIO(content), max_bytes=max_bytes)


def test_une_photo_oublie_ou_elle_a_ete_prise_et_se_redresse() -> None:
    sent = photo((640, 480))
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    prete = ready("IMG_2041.JPG", sent)
    kept, thumbnail = prete.content.read(), prete.thumbnail.read()
    assert not any(secret in kept + thumbnail for secret in SECRETS)
    for content in (kept, thumbnail):
        image = Image.open(BytesIO(content))
        assert image.format == "JPEG"
        assert dict(image.getexif()) == {}
        assert image.height > image.width  # rotated upright
    assert (prete.name, prete.format, prete.size) == ("IMG_2041.jpg", Format.JPEG, len(kept))


def test_une_capture_garde_sa_transparence_pas_son_auteur() -> None:
    prete = ready("écran.png", capture())
    kept = prete.content.read()
    assert not any(secret in kept + prete.thumbnail.read() for secret in SECRETS)
    assert Image.open(BytesIO(kept)).getpixel((5, 5)) == (20, 90, 60, 120)


def test_une_grande_photo_est_reduite() -> None:
    kept = Image.open(ready("grande.jpg", photo((5000, 2000), orientation=1)).content)
    assert kept.size == (images.SIDE_MAX, 1200)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_toutes_les_sortes_d_images_se_lisent(mode: str) -> None:
    content, kind = BytesIO(), "jpg" if mode == "CMYK" else "png"
    Image.new(mode, (40, 30)).save(content, {"jpg": "JPEG", "png": "PNG"}[kind])
    assert ready(f"image.{kind}", content.getvalue()).thumbnail is not None


REFUSES = {
    "vide.pdf": (b"", "vide"),
    "page.svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "acceptés"),
    "page.html": (b"<script>alert(1)</script>", "acceptés"),
    "photo.HEIC": (b"ftypheic", "JPEG"),
    "sans-extension": (pdf(), "acceptés"),
    "photo.jpg.exe": (photo(), "acceptés"),
    "page.pdf": (b"<!doctype html><script>alert(1)</script>", "son contenu"),
    "dessin.png": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "son contenu"),
    "photo.png": (photo(), "son contenu"),
    "photo.pdf": (capture(), "son contenu"),
    "lettre.docx": (odt(), "son contenu"),
    "liste.odt": (docx(), "son contenu"),
    "archive.docx": (pdf(), "son contenu"),
    "coupee.jpg": (photo()[:-400], "incomplète"),
    "coupee.png": (capture()[:60], "incomplète"),
    "coupe.docx": (docx()[:-30], "incomplet"),
    "macro.docx": (docx(macros=True), "son contenu"),
    "projet.docx": (docx(**{"word/vbaProject.bin": b"Sub AutoOpen"}), "macro"),
    "basic.odt": (odt(**{"Basic/Standard/Module1.xml": "Sub Main"}), "macro"),
    "dehors.docx": (docx(**{"../../etc/passwd": "x"}), "structure"),
    "absolu.odt": (odt(**{"/etc/passwd": "x"}), "structure"),
    "bombe.docx": (bombe(101 * 1024 * 1024), "trop gros"),
    "miettes.docx": (docx(**{f"word/{n}.xml": "" for n in range(2_100)}), "trop gros"),
}


@pytest.mark.parametrize("name", REFUSES)
def test_ce_qui_n_est_pas_ce_qu_il_dit_est_refuse_avec_une_phrase(name: str) -> None:
    content, raison = REFUSES[name]
    with pytest.raises(DonneeInvalide, match=rf"(?i)« {name} » : .*{raison}"):
        ready(name, content)


def test_une_photo_coupee_est_refusee_aussi_dans_le_processus_qui_ecrit_les_pdf(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # what loading WeasyPrint does
    with pytest.raises(DonneeInvalide, match="incomplète"):
        ready("coupee.jpg", REFUSES["coupee.jpg"][0])


def test_un_fichier_trop_lourd_dit_son_poids() -> None:
    with pytest.raises(DonneeInvalide, match="il fait 1,5 Mo ; le maximum est 1 Mo"):
        ready("gros.pdf", pdf() + b"\0" * 1536 * 1024, 1024 * 1024)


def test_une_image_bombe_est_refusee_avant_d_etre_depliee(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)  # restored after the test
    monkeypatch.setitem(images.PIXELS_MAX, "PNG", 50_000)
    monkeypatch.setitem(images.PIXELS_MAX, "JPEG", 50_000)
    with pytest.raises(DonneeInvalide, match="trop grande"):
        ready("bombe.png", capture((300, 200)))
    with pytest.raises(DonneeInvalide, match="trop grande"):
        ready("bombe.jpg", photo((3000, 3000)))


def test_une_photo_aux_mille_passages_est_refusee_aussitot() -> None:
    sent = photo()
    debut = sent.index(b"\xff\xda")
    with pytest.raises(DonneeInvalide, match="trop grande"):
        ready("lente.jpg", sent[:debut] + sent[debut:-2] * 1000)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\samira\\Photo.JPG", "Photo.jpg"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "ab Set-Cookie_ x.pdf"),
        ("facture\u202egnp.pdf", "facture gnp.pdf"),
        ("\ud800mot\udfff.odt", "mot.odt"),
        ('<img src=x onerror="alert(1)">.png', "_img src=x onerror=_alert(1)__.png"),
        ("  .pdf", "pdf"),
        ("", "fichier"),
        ("🚌 car.jpeg", "🚌 car.jpeg"),
        ("é" * 400 + ".docx", "é" * 95 + ".docx"),
    ],
)
def test_le_nom_montre_est_nettoye(sent: str, shown: str) -> None:
    assert clean_name(sent) == shown


def test_un_fichier_est_sur_le_disque_avec_son_dossier(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[bool] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda fd: (flushed.append(os.path.isdir(f"/proc/self/fd/{fd}")), fsync(fd))
    )
    store = Store("essai")
    name = store.save(BytesIO(b"bonjour"))
    assert store.path(name).read_bytes() == b"bonjour"
    assert flushed[-2:] == [False, True]  # the file, then the folder that holds its name
    assert store.path(name).stat().st_mode & 0o077 == 0


def test_le_disque_plein_ne_laisse_rien_puis_tout_remarche(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store("essai")
    before = set(store.root.iterdir()) if store.root.is_dir() else set()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _no_space)
        with pytest.raises(PlusDePlace, match="plus de place"):
            store.save(BytesIO(b"bonjour"))
    assert set(store.root.iterdir()) == before
    assert store.path(store.save(BytesIO(b"bonjour"))).exists()


def _no_space(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_le_menage_ne_touche_ni_ce_qui_est_nomme_ni_ce_qui_est_recent(app: Flask) -> None:
    store = Store("menage")
    nomme, orphelin, recent = (store.save(BytesIO(b"x")) for _n in range(3))
    for name, heures in ((nomme, 25), (orphelin, 25), (recent, 23)):
        date_file(store.path(name), now() - timedelta(hours=heures))
    assert store.sweep(lambda names: {nomme} & set(names)) == 1
    assert [store.path(name).exists() for name in (nomme, orphelin, recent)] == [True, False, True]
    assert Store("jamais-servi").sweep(lambda names: names) == 0


def test_qui_ne_voit_jamais_de_fichier_ne_paie_pas_pillow() -> None:
    code = "import sys, mse.cli; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
