"""The manifest of a backup: a ZIP file whose `manifeste.json`
lists its tables and files with their checksums."""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Self

from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.sauvegarde.lignes import Somme

FORMAT = 1
NOM = "manifeste.json"
_BLOCK = 256 * 1024
# Names given by `Store.save`; names of démarche files.
_FILE = re.compile(r"[0-9a-f]{40}|[\w-]+\.(?:toml|csv|svg|png)")


class SauvegardeAbimee(DonneeInvalide):
    def __init__(self, raison: str) -> None:
        super().__init__(_("Cette sauvegarde est abîmée ou incomplète : %(raison)s.", raison=raison))


@dataclass
class Manifeste:
    revision: str  # revision of the database schema
    le: str  # the instant, ISO 8601
    tables: dict[str, Somme] = field(default_factory=dict)
    fichiers: dict[str, str] = field(default_factory=dict)  # «pieces/<name>»: SHA-256

    @property
    def lignes(self) -> int:
        return sum(somme.lignes for somme in self.tables.values())

    def write(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> Self:
        """Read the manifest. Raises `SauvegardeAbimee` if a file is missing,
        `DonneeInvalide` if this is not a backup or a newer one."""
        try:
            brut = json.loads(archive.read(NOM))
            version = brut.pop("format")
            tables = {table: Somme(**somme) for table, somme in brut.pop("tables").items()}
            manifeste = cls(tables=tables, **brut)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise DonneeInvalide(_("Ce fichier n’est pas une sauvegarde de « mse sauvegarder ».")) from error
        if version != FORMAT:
            raise DonneeInvalide(
                _("Cette sauvegarde vient d’une version plus récente : installez-la d’abord.")
            )
        expected = {NOM, *map(nom_table, manifeste.tables), *map(nom_fichier, manifeste.fichiers)}
        if manquants := sorted(expected - set(archive.namelist())):
            raise SauvegardeAbimee(_("il manque %(nom)s", nom=manquants[0]))
        return manifeste


def is_application_file(nom: str) -> bool:
    """True if the application gives files such names.
    Other files in its folders are neither backed up nor restored."""
    return _FILE.fullmatch(nom) is not None


def nom_table(table: str) -> str:
    return f"tables/{table}.jsonl"


def nom_fichier(fichier: str) -> str:
    return f"fichiers/{fichier}"


def copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy the content and return its SHA-256."""
    digest = hashlib.sha256()
    for block in _blocks(source):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block
