"""Backups opened, and made wrong on purpose."""

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
    """A copy in which one entry says something else, or is missing; its own checksums are right."""
    autre = archive.with_name("autre.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(autre, "w") as copie:
        for entree in source.namelist():
            contenu = source.read(entree) if entree != nom else change(source.read(entree))
            if contenu is not None:
                copie.writestr(entree, contenu)
    return autre
