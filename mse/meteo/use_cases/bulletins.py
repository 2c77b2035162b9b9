"""Use cases of bulletins: compose, edit, publish, delete, store the PDF."""

from datetime import date, timedelta
from typing import IO

from sqlalchemy import select

from mse.annuaire.models import Territoire
from mse.comptes.models import Compte
from mse.core.clock import is_recent, now, today
from mse.core.database import one_at_a_time
from mse.core.dates import date_longue
from mse.core.errors import Conflit, DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.html import Sanitized, sanitized
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import prepared, record, use_case
from mse.demarche import get_demarche
from mse.extensions import db
from mse.meteo.events import BulletinCompose, BulletinPublie, BulletinSupprime
from mse.meteo.limites import TEXTE_MAX, TEXTE_MIN, TITRE_MAX
from mse.meteo.models import Bulletin
from mse.meteo.policies import peut_composer
from mse.meteo.queries.chiffres import get_jour, get_premier_jour, list_enfants, read_releves
from mse.verification.api import exige_sans_injures


def _exige_titre(texte: str) -> str:
    return exige_sans_injures(require_length(texte, 1, TITRE_MAX))


def _exige_texte(texte: str) -> Sanitized:
    return sanitized(exige_sans_injures(require_length(texte, TEXTE_MIN, TEXTE_MAX)))


@prepared(titre=_exige_titre, texte=_exige_texte)
@use_case
def composer_bulletin(*, cle: str, titre: str, texte: str, jour: date, par: Compte) -> Bulletin:
    """Create a draft. `cle` is an idempotency key: a double click returns the same bulletin."""
    _exige(par)
    one_at_a_time(cle)
    deja = db.session.scalars(select(Bulletin).where(Bulletin.cle == cle)).first()
    if deja is not None:
        return deja
    bulletin = Bulletin(cle=cle, cree_le=now())
    _ecrire(bulletin, titre, texte, jour)
    db.session.add(bulletin)
    db.session.flush()
    record(BulletinCompose(bulletin_id=bulletin.id, par_id=par.id))
    return bulletin


@prepared(titre=_exige_titre, texte=_exige_texte)
@use_case
def modifier_bulletin(
    bulletin: Bulletin, *, titre: str, texte: str, jour: date, version: int | None = None, par: Compte
) -> None:
    """Change a draft. Do nothing if all values are stored already, as after a double click."""
    _exige(par)
    if (bulletin.titre, bulletin.texte, bulletin.jour) == (titre, texte, jour):
        return
    _exige_brouillon(bulletin, version)
    _ecrire(bulletin, titre, texte, jour)
    record(BulletinCompose(bulletin_id=bulletin.id, par_id=par.id))


@use_case
def publier_bulletin(bulletin: Bulletin, *, version: int | None = None, par: Compte) -> None:
    """Publish the draft with a copy of its figures, so that later changes of the facts do not alter it.

    A repeated request does nothing. Raise `Conflit` if the draft changed since it was read.
    """
    _exige(par)
    if bulletin.publie_le is not None and is_recent(bulletin.publie_le):
        return
    _exige_brouillon(bulletin, version)
    _exige_des_chiffres(bulletin.jour)
    calcul = get_jour(bulletin.jour)
    if calcul is None or calcul.jour != bulletin.jour:
        raise DonneeInvalide(_("Les chiffres de ce jour ne sont pas encore comptés : attendez dix minutes."))
    racine = db.session.get_one(Territoire, get_demarche().territoires.racine)
    lieux = [racine, *list_enfants(racine.code)]
    avant = bulletin.jour - timedelta(days=get_demarche().meteo.fenetre)
    releves = read_releves([lieu.code for lieu in lieux], [bulletin.jour, avant])
    bulletin.figer(
        [(x.code, x.nom, releves[x.code, bulletin.jour], releves[x.code, avant]) for x in lieux], le=now()
    )
    record(BulletinPublie(bulletin_id=bulletin.id, par_id=par.id))


@use_case
def supprimer_bulletin(bulletin: Bulletin, *, version: int | None = None, par: Compte) -> None:
    _exige(par)
    _exige_brouillon(bulletin, version)
    record(BulletinSupprime(bulletin_id=bulletin.id, par_id=par.id))
    db.session.delete(bulletin)


def ranger_pdf(bulletin_id: int, contenu: IO[bytes]) -> None:
    """Write the file before its row (ADR 13). If another worker was faster, delete the new file."""
    nom = Bulletin.store.save(contenu)
    if not _nommer_pdf(bulletin_id, nom):
        Bulletin.store.remove([nom])


@use_case
def _nommer_pdf(bulletin_id: int, nom: str) -> bool:
    bulletin = db.session.get_one(Bulletin, bulletin_id, with_for_update=True, populate_existing=True)
    if bulletin.pdf is None:
        bulletin.pdf = nom
    return bulletin.pdf == nom


def _ecrire(bulletin: Bulletin, titre: str, texte: str, jour: date) -> None:
    if jour > today():
        raise DonneeInvalide(
            _("Cette date n’est pas encore passée : choisissez aujourd’hui ou un jour d’avant.")
        )
    _exige_des_chiffres(jour)
    bulletin.ecrire(titre=titre, texte=texte, jour=jour)


def _exige_des_chiffres(jour: date) -> None:
    """Raise `DonneeInvalide` for a day before the first stored one, because the worker never counts earlier
    days by itself."""
    premier = get_premier_jour()
    if premier is not None and jour < premier:
        raise DonneeInvalide(
            _(
                "Les chiffres ne sont comptés que depuis le %(date)s : choisissez un jour à partir de "
                "celui-là, ou demandez à l’administration de compter les jours d’avant.",
                date=date_longue(premier),
            )
        )


def _exige(par: Compte) -> None:
    exige_droit(peut_composer(par), _("Seule l’équipe d’animation écrit les bulletins."))


def _exige_brouillon(bulletin: Bulletin, version: int | None) -> None:
    """Raise `TransitionInterdite` if published, `Conflit` if somebody else changed the draft. `version` is
    None if the request does not come from a form."""
    if bulletin.publie_le is not None:
        raise TransitionInterdite(_("Ce bulletin est publié : ses mots et ses chiffres ne changent plus."))
    if version is not None and version != bulletin.version:
        raise Conflit(
            _(
                "Entre-temps, quelqu’un d’autre a écrit dans ce bulletin : relisez-le. "
                "Ce que vous avez écrit est gardé."
            )
        )
