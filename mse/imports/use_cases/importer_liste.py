"""Import of the public list from a page: the request stores the file, the worker imports it."""

import logging
from collections import Counter
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import select

from mse.annuaire.policies import tient_annuaire
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.csv_writing import open_csv
from mse.core.database import one_at_a_time, reading
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.files.store import PlusDePlace, is_disk_full
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import release, use_case
from mse.extensions import db
from mse.imports.bilan import TITRES, Issue, cells
from mse.imports.lecture_organismes import FichierInconnu
from mse.imports.models import EtatImport, ImportOrganismes
from mse.imports.queries import a_un_import_a_finir, get_import_a_faire, list_fichiers_connus
from mse.imports.use_cases.importer_organismes import LOT, importer_organismes

logger = logging.getLogger(__name__)

OCTETS_MAX = 60 * 1024 * 1024  # the list of the whole country is about 30 MB
ABANDONNE = timedelta(minutes=10)  # without a heartbeat of the worker; another one then restarts the import
GARDE = timedelta(days=30)  # age at which a report is deleted


def demander_import(
    nom: str, contenu: IO[bytes], *, essai: bool, partout: bool = False, par: Compte
) -> ImportOrganismes:
    """Save the file, then its row (ADR 13). Raise `DonneeInvalide` if another import is not finished."""
    release()
    blocs = iter(lambda: contenu.read(1 << 20), b"")
    total = sum(max(bloc.count(b"\n"), bloc.count(b"\r")) for bloc in blocs)
    fichier = ImportOrganismes.store.save(contenu)
    try:
        return _noter_demande(nom, fichier, total, essai=essai, partout=partout, par=par)
    except (DonneeInvalide, Interdit):
        ImportOrganismes.store.remove([fichier])
        raise


@use_case
def _noter_demande(
    nom: str, fichier: str, total: int, *, essai: bool, partout: bool, par: Compte
) -> ImportOrganismes:
    exige_droit(
        tient_annuaire(par), _("Seules l’équipe d’animation et l’administration importent la liste publique.")
    )
    one_at_a_time("imports_organismes")
    if a_un_import_a_finir():
        raise DonneeInvalide(_("Un import est déjà en cours : attendez qu’il soit fini."))
    demande = ImportOrganismes(
        nom=nom[:100],
        essai=essai,
        partout=partout,
        par_id=par.id,
        demande_le=now(),
        fichier=fichier,
        total=max(total, 1),
    )
    db.session.add(demande)
    db.session.flush()
    return demande


def importer_liste() -> None:
    """Worker task: run the waiting import. After a crash it restarts from the first line, since the import is
    idempotent."""
    demande_id = _prendre() if a_un_import_a_finir() else None
    if demande_id is None:
        return
    with reading():
        demande = db.session.get_one(ImportOrganismes, demande_id)
        fichier, choix = demande.fichier, {"essai": demande.essai, "partout": demande.partout}
    release()
    comptes: Counter[Issue] = Counter()
    phrase = rapport = None
    with TemporaryFile() as sortie:
        ecrire = open_csv(sortie)
        ecrire(TITRES)
        try:
            for bilan in importer_organismes(ImportOrganismes.store.path(fichier or ""), **choix):
                ecrire(cells(bilan))
                comptes[bilan.issue] += 1
                if comptes.total() % LOT == 0:
                    _avancer(demande_id, comptes)
            rapport = ImportOrganismes.store.save(sortie)
        except (FichierInconnu, PlusDePlace) as error:
            phrase = str(error)
        except OSError as error:
            lu = not is_disk_full(error)
            phrase = _("Le fichier n’a pas pu être lu. Envoyez-le de nouveau.") if lu else str(PlusDePlace())
        except Exception:
            logger.exception("the import %s broke down", demande_id)
            phrase = _("L’import s’est arrêté en route. Recommencez : rien ne sera doublé.")
    _finir(demande_id, comptes, rapport, phrase)
    if fichier:
        ImportOrganismes.store.remove([fichier])


@use_case
def _prendre() -> int | None:
    """Take the next import to run; return its id, or None."""
    demande = get_import_a_faire(abandonnes_avant=now() - ABANDONNE)
    if demande is None:
        return None
    demande.etat, demande.vu_le = EtatImport.EN_COURS, now()
    return demande.id


@use_case
def _avancer(demande_id: int, comptes: Counter[Issue]) -> None:
    _noter_comptes(db.session.get_one(ImportOrganismes, demande_id), comptes)


@use_case
def _finir(demande_id: int, comptes: Counter[Issue], rapport: str | None, phrase: str | None) -> None:
    demande = db.session.get_one(ImportOrganismes, demande_id)
    _noter_comptes(demande, comptes)
    demande.etat = EtatImport.REFUSE if phrase else EtatImport.FINI
    demande.phrase, demande.rapport, demande.fichier = phrase, rapport, None


def _noter_comptes(demande: ImportOrganismes, comptes: Counter[Issue]) -> None:
    demande.vu_le, demande.lues = now(), comptes.total()
    demande.crees, demande.actualises = comptes[Issue.CREE], comptes[Issue.ACTUALISE]
    demande.inchanges, demande.refuses = comptes[Issue.INCHANGE], comptes[Issue.REFUSE]
    demande.laisses = comptes[Issue.LAISSE]


def balayer_imports() -> int:
    """Worker task: delete old reports, and files that no row names. Return the number of these files."""
    ImportOrganismes.store.remove(_oublier_anciens())
    with reading():
        return ImportOrganismes.store.sweep(list_fichiers_connus)


@use_case
def _oublier_anciens() -> list[str]:
    anciens = select(ImportOrganismes).where(ImportOrganismes.demande_le < now() - GARDE)
    noms = []
    for demande in db.session.scalars(anciens):
        noms += [nom for nom in (demande.fichier, demande.rapport) if nom]
        db.session.delete(demande)
    return noms
