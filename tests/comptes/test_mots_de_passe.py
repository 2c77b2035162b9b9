"""Refusal of weak passwords, and password hashes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from mse.comptes import mots_de_passe
from mse.comptes.mots_de_passe import (
    hash_mot_de_passe,
    mots_du_contexte,
    needs_rehash,
    reproche,
    verify_mot_de_passe,
)
from mse.extensions import db
from tests.comptes.gens import MDP, make_inscrit, se_connecter

CONTEXTE = mots_du_contexte("Samira", "Ben Ali", "s.benali@lavande-formation.fr")


@pytest.fixture
def phrases(sqlite_app: Flask) -> Iterator[None]:
    """Translated messages need an application context, no database."""
    with sqlite_app.app_context():
        yield


@pytest.mark.parametrize(
    ("mot_de_passe", "raison"),
    [
        ("quatorze carac", "au moins 15 caractères"),
        ("", "au moins 15 caractères"),
        ("é" * 7 + "e\u0301" * 7, "au moins 15 caractères"),
        ("x" * 1025, "1024 caractères au plus"),
        ("a" * 2_000_000, "1024 caractères au plus"),
        ("aaaaaaaaaaaaaaa", "trop courant"),
        ("abababababababab", "trop courant"),
        ("               ", "trop courant"),
        ("???????????????", "trop courant"),
        ("123456789012345", "trop courant"),
        ("987654321098765", "trop courant"),
        ("azertyuiopqsdfgh", "trop courant"),
        ("1qaz2wsx3edc4rfv", "trop courant"),
        ("MotDePasse123456", "trop courant"),
        ("P4ssw0rd12345678", "trop courant"),
        ("Bonjour2026Bonjour", "trop courant"),
        ("marseille-13-marseille", "trop courant"),
        ("correct horse battery staple", "trop courant"),
        ("mission-possible", "trop courant"),
        ("Mission (im)possible ?", "trop courant"),
        ("missionimpossible2026", "le nom du site"),
        ("moderniser sans exclure", "le nom du site"),
        ("SamiraBenAli1998!", "le nom du site"),
        ("lavande-formation", "trop courant"),
    ],
)
@pytest.mark.usefixtures("phrases")
def test_refuse(mot_de_passe: str, raison: str) -> None:
    assert raison in (reproche(mot_de_passe, CONTEXTE) or "")


@pytest.mark.parametrize(
    "mot_de_passe",
    [
        MDP,
        "quinze caracter",
        "ilfaitbeauaujourdhui",
        "847362910583746",
        "g7#kQz!9pLx@2mVt",
        "كلمة السر الطويلة جدا",
        "🐎🔋📎🌈🦊🐙🍇🎈🚲🧦🪁🧊🥁🌵🛶",
        "Samira mange la lune à midi",
        "un mot de passe de plus de soixante-quatre signes, avec des espaces et des virgules",
    ],
)
@pytest.mark.usefixtures("phrases")
def test_accepte(mot_de_passe: str) -> None:
    assert reproche(mot_de_passe, CONTEXTE) is None


def test_chaque_empreinte_a_son_sel() -> None:
    assert hash_mot_de_passe(MDP) != hash_mot_de_passe(MDP)


def test_le_meme_mot_de_passe_sur_un_autre_clavier() -> None:
    password_hash = hash_mot_de_passe("éééééééé où ça ?\0\ud800")
    assert verify_mot_de_passe(password_hash, "e\u0301" * 8 + " ou\u0300 c\u0327a ?\0\ud800")
    assert not verify_mot_de_passe(password_hash, "eeeeeeee ou ca ?\0\ud800")
    assert not verify_mot_de_passe(password_hash, "éééééééé où ça ?\0\ud800 ")


def test_sans_empreinte_c_est_toujours_non() -> None:
    assert not verify_mot_de_passe(None, "personne ne connaît ce mot de passe")
    assert not verify_mot_de_passe("", "")
    assert not verify_mot_de_passe("abimee", MDP)


@pytest.mark.usefixtures("phrases")
def test_un_texte_enorme_ne_retient_pas_le_serveur() -> None:
    debut = time.monotonic()
    verify_mot_de_passe(hash_mot_de_passe(MDP), "a" + "\u0301\u0323" * 400_000)
    reproche("a" + "\u0301\u0323" * 400_000)
    reproche("\ufdfa" * 1024, CONTEXTE)
    assert time.monotonic() - debut < 3


def test_deux_calculs_a_la_fois_au_plus(monkeypatch: pytest.MonkeyPatch) -> None:
    en_cours, maximum = 0, 0

    class Lent:
        def hash(self, mot_de_passe: bytes) -> str:
            nonlocal en_cours, maximum
            en_cours += 1
            maximum = max(maximum, en_cours)
            time.sleep(0.02)
            en_cours -= 1
            return ""

    monkeypatch.setattr(mots_de_passe, "_hasher", Lent())
    threads = [Thread(target=hash_mot_de_passe, args=(MDP,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert maximum == 2


def test_une_empreinte_coute_ce_que_demande_l_owasp() -> None:
    """Read the real argon2 parameters in a subprocess, since the suite lowers them."""
    code = "from mse.comptes.mots_de_passe import _hasher as h; print(h.memory_cost, h.time_cost, h.type)"
    lu = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert lu.split() == [str(19 * 1024), "2", "Type.ID"]


def test_une_empreinte_trop_faible_est_refaite_a_la_connexion(client: Any) -> None:
    faible = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(MDP)
    samira = make_inscrit(mot_de_passe=faible)
    assert needs_rehash(faible)
    assert se_connecter(client, mot_de_passe="faux").status_code == 422
    db.session.refresh(samira)
    assert samira.mot_de_passe == faible
    assert se_connecter(client).status_code == 303
    db.session.refresh(samira)
    assert samira.mot_de_passe is not None
    assert not needs_rehash(samira.mot_de_passe)
    assert verify_mot_de_passe(samira.mot_de_passe, MDP)
