"""Helpers that read backups and write damaged copies."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from mse.core.files import Envoi
from mse.sauvegarde.manifeste import Manifeste

Ouvrir = Callable[[str], Any]


def envois(**fichiers: bytes) -> list[Envoi]:
    return [Envoi(nom.replace("__", "."), BytesIO(contenu)) for nom, contenu in fichiers.items()]


def manifeste_de(archive: Path) -> Manifeste:
    with zipfile.ZipFile(archive) as ouverte:
        return Manifeste.read(ouverte)


def rewrite(archive: Path, nom: str, change: Callable[[bytes], bytes | None]) -> Path:
    """Return a copy with one entry changed or removed. The ZIP checksums of the copy are correct."""
    autre = archive.with_name("autre.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(autre, "w") as copie:
        for entree in source.namelist():
            contenu = source.read(entree) if entree != nom else change(source.read(entree))
            if contenu is not None:
                copie.writestr(entree, contenu)
    return autre
