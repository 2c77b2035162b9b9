"""The démarche of this instance: its words, delays, thèmes and territoires.

It is the file that `mse initialiser --demarche` installed, else paca.toml.
"""

import shutil
from importlib import resources
from pathlib import Path

from mse.config import ConfigDangereuse
from mse.demarche.fichier import check_pictograms, read_demarche
from mse.demarche.modele import Demarche, ReglagesMeteo

__all__ = [
    "DOSSIER",
    "Demarche",
    "ReglagesMeteo",
    "adopt",
    "check_pictograms",
    "choose",
    "find_beside",
    "get_demarche",
]

DOSSIER = "demarche"  # folder in the instance
_NOM = "demarche.toml"
_PROVIDED = Path(str(resources.files(__name__)))

_chemin = _PROVIDED / "paca.toml"
_demarche = read_demarche(_chemin)


def get_demarche() -> Demarche:
    return _demarche


def choose(instance: Path) -> None:
    """Load the démarche of the instance. A process serves one instance only. Raises `ConfigDangereuse`."""
    global _chemin, _demarche
    sienne = instance / DOSSIER / _NOM
    chemin = sienne if sienne.is_file() else _PROVIDED / "paca.toml"
    _chemin, _demarche = chemin, read_demarche(chemin)


def adopt(fichier: Path, instance: Path) -> None:
    """Copy `fichier` and the files that it names into the instance, then load it.
    Raises `ConfigDangereuse`."""
    demarche = read_demarche(fichier)
    dossier = instance / DOSSIER
    dossier.mkdir(mode=0o700, exist_ok=True)
    for nom in filter(None, (demarche.apparence.logo, demarche.territoires.communes)):
        if (fichier.parent / nom).is_file():
            shutil.copyfile(fichier.parent / nom, dossier / nom)
    shutil.copyfile(fichier, dossier / _NOM)
    choose(instance)


def find_beside(nom: str) -> Path:
    """Return the path of a file that the démarche names: in the folder of its own file, else among those
    provided with the software. Raises `ConfigDangereuse`."""
    for dossier in (_chemin.parent, _PROVIDED):
        if nom and (dossier / nom).is_file():
            return dossier / nom
    raise ConfigDangereuse(f"le fichier « {nom} » de la démarche ne se trouve pas à côté de {_chemin}.")
