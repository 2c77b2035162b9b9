"""Edit thèmes and territoires: the words may change, the codes never do."""

import re

from mse.annuaire.events import TerritoireRenomme, ThemeModifie
from mse.annuaire.historique import est_renvoi, noter
from mse.annuaire.libelles import INTERDIT, dire_depassee
from mse.annuaire.models import NatureChangement, Territoire, Theme
from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import lock_themes
from mse.annuaire.validation import exige_texte
from mse.comptes.models import Compte
from mse.core.cache import clear_caches
from mse.core.clock import today
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _, fold
from mse.core.use_cases import after_commit, record, use_case
from mse.extensions import db

LIBELLE_MAX, NOM_MAX, CODE_MAX = 80, 120, 40


@use_case
def creer_theme(libelle: str, *, apres: str = "", organisme: bool = False, par: Compte) -> Theme:
    """Create a thème; its code is made from its libellé. A form sent twice creates it once.

    `apres`: the code of the thème before it; empty for the first place.
    """
    exige_droit(tient_annuaire(par), INTERDIT)
    themes = lock_themes()
    libelle = exige_texte(libelle, _("Le libellé"), LIBELLE_MAX)
    deja = next((theme for theme in themes if theme.libelle == libelle), None)
    if deja is not None and est_renvoi(deja, NatureChangement.CREATION, par=par, apres=libelle):
        return deja
    libelle = _libelle_libre(libelle, themes)
    theme = Theme(code=_new_code(libelle, {t.code for t in themes}), libelle=libelle, importe={})
    theme.organisme = organisme
    _move(theme, apres, themes)
    db.session.add(theme)
    db.session.flush()
    _record_change(theme, NatureChangement.CREATION, apres=libelle, par=par)
    return theme


@use_case
def modifier_theme(
    theme: Theme,
    *,
    libelle: str,
    apres: str,
    organisme: bool,
    retire: bool,
    par: Compte,
    version: int | None = None,
) -> bool:
    """Change the label, the rank or the availability of a thème. A retired thème stays on its fiches but is
    no longer offered. Return False if nothing changed."""
    exige_droit(tient_annuaire(par), INTERDIT)
    themes = lock_themes()
    autres = [autre for autre in themes if autre is not theme]
    libelle = _libelle_libre(libelle, autres)
    dit = (theme.libelle, theme.organisme, theme.retire_le is not None)
    if dit == (libelle, organisme, retire) and _has_rank(theme, _rank(apres, autres), autres):
        return False
    exige_version(theme, version, dire_depassee)
    if retire and all(autre.retire_le for autre in autres):
        raise DonneeInvalide(_("C’est le dernier thème proposé : ajoutez-en un autre avant de le retirer."))
    changes: list[tuple[NatureChangement, dict[str, str]]] = []
    if libelle != theme.libelle:
        mots = {"champ": "libelle", "avant": theme.libelle, "apres": libelle}
        changes.append((NatureChangement.CHAMP, mots))
    if _move(theme, apres, autres):
        precedent = next((autre.libelle for autre in autres if autre.code == apres), None)
        place = _("après « %(theme)s »", theme=precedent) if precedent else _("en premier")
        changes.append((NatureChangement.CHAMP, {"champ": "ordre", "apres": place}))
    if organisme != theme.organisme:
        avant, nouveau = (_("oui"), _("non")) if theme.organisme else (_("non"), _("oui"))
        changes.append((NatureChangement.CHAMP, {"champ": "organisme", "avant": avant, "apres": nouveau}))
    if retire != (theme.retire_le is not None):
        changes.append((NatureChangement.RETRAIT if retire else NatureChangement.RETOUR, {}))
        theme.retire_le = today() if retire else None
    theme.libelle, theme.organisme = libelle, organisme
    for nature, detail in changes:
        _record_change(theme, nature, par=par, **detail)
    return bool(changes)


@use_case
def renommer_territoire(territoire: Territoire, nom: str, *, par: Compte, version: int | None = None) -> bool:
    """Rename a territoire and record the change in the history. Return False if the name is unchanged."""
    exige_droit(tient_annuaire(par), INTERDIT)
    nom, avant = exige_texte(nom, _("Le nom"), NOM_MAX), territoire.nom
    if nom == avant:
        return False
    exige_version(territoire, version, dire_depassee)
    territoire.nom = nom
    changement = noter(territoire, NatureChangement.CHAMP, champ="nom", avant=avant, apres=nom, par=par)
    record(TerritoireRenomme(changement_id=changement.id, par_id=par.id))
    after_commit(clear_caches)
    return True


def _libelle_libre(libelle: str, autres: list[Theme]) -> str:
    libelle = exige_texte(libelle, _("Le libellé"), LIBELLE_MAX)
    if any(fold(autre.libelle) == fold(libelle) for autre in autres):
        raise DonneeInvalide(_("Il y a déjà un thème « %(libelle)s ».", libelle=libelle))
    return libelle


def _new_code(libelle: str, pris: set[str]) -> str:
    racine = re.sub("[^a-z0-9]+", "_", fold(libelle)).strip("_")[: CODE_MAX - 4].strip("_") or "theme"
    essais = [racine, *(f"{racine}_{n}" for n in range(2, len(pris) + 3))]
    return next(code for code in essais if code not in pris)


def _move(theme: Theme, apres: str, autres: list[Theme]) -> bool:
    """Move the thème after the one of code `apres` (empty: first). Return False if it is there already."""
    rang = _rank(apres, autres)
    if _has_rank(theme, rang, autres):
        return False
    for numero, une in enumerate([*autres[:rang], theme, *autres[rang:]], start=1):
        une.ordre = numero
    return True


def _rank(apres: str, autres: list[Theme]) -> int:
    codes = [autre.code for autre in autres]
    if apres and apres not in codes:
        raise DonneeInvalide(_("Choisissez une place dans la liste."), champ="apres")
    return codes.index(apres) + 1 if apres else 0


def _has_rank(theme: Theme, rang: int, autres: list[Theme]) -> bool:
    """True if the thème already has that rank. A new thème has none."""
    return theme.ordre is not None and rang == len(
        [autre for autre in autres if (autre.ordre, autre.code) < (theme.ordre, theme.code)]
    )


def _record_change(
    theme: Theme,
    nature: NatureChangement,
    *,
    par: Compte,
    champ: str | None = None,
    avant: str | None = None,
    apres: str | None = None,
) -> None:
    changement = noter(theme, nature, champ=champ, avant=avant, apres=apres, par=par)
    record(ThemeModifie(changement_id=changement.id, par_id=par.id))
    after_commit(clear_caches)
