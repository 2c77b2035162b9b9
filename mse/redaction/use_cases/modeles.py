"""Write, archive and delete answer templates."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mse.annuaire.models import Acteur, Theme
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.text_length import require_length
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.fiches.api import REPONSE_MAX
from mse.redaction.events import ModeleEcrit, ModeleSupprime
from mse.redaction.libelles import INTERDIT
from mse.redaction.limites import MODELES_MAX, TITRE_MAX
from mse.redaction.models import ModeleReponse
from mse.redaction.placeholders import check_placeholders
from mse.redaction.policies import peut_ecrire_modele, peut_supprimer_modele, peut_voir_modeles
from mse.redaction.queries.modeles import count_modeles
from mse.redaction.workflow import Geste


@dataclass(frozen=True, kw_only=True)
class Contenu:
    """What a template says, when it is offered and for what. `theme_code`: None for every thème."""

    titre: str
    geste: Geste
    theme_code: str | None
    texte: str
    debut: date | None = None
    fin: date | None = None


@use_case
def creer_modele(acteur: Acteur, contenu: Contenu, *, cle: str, par: Compte) -> ModeleReponse:
    """Create a template. `cle` is an idempotency key: a double click returns the same template."""
    exige_droit(peut_voir_modeles(par, acteur), INTERDIT)
    one_at_a_time(f"modeles:{acteur.id}")
    deja = db.session.scalar(select(ModeleReponse).where(ModeleReponse.cle == cle))
    if deja is not None:
        exige_droit(deja.acteur_id == acteur.id, INTERDIT)
        return deja
    if count_modeles(acteur.id) >= MODELES_MAX:
        raise DonneeInvalide(
            _("Votre équipe a déjà %(max)s modèles\u202f: supprimez-en un d’abord.", max=MODELES_MAX)
        )
    modele = ModeleReponse(cle=cle, acteur_id=acteur.id)
    _ecrire(modele, contenu)
    db.session.add(modele)
    db.session.flush()
    record(ModeleEcrit(modele_id=modele.id, par_id=par.id))
    return modele


@use_case
def modifier_modele(
    modele: ModeleReponse, contenu: Contenu, *, archive: bool, par: Compte, version: int | None = None
) -> None:
    """Change a template, archive it or offer it again. Refused if a colleague has changed it meanwhile."""
    exige_droit(peut_ecrire_modele(par, modele), INTERDIT)
    avant = _lire(modele), modele.est_archive
    if avant == (_nettoyer(contenu), archive):
        return
    exige_version(modele, version, _dire_modifie)
    _ecrire(modele, contenu)
    if archive != modele.est_archive:
        modele.archive_le = now() if archive else None
    record(ModeleEcrit(modele_id=modele.id, par_id=par.id))


@use_case
def supprimer_modele(modele: ModeleReponse, *, par: Compte) -> None:
    exige_droit(peut_supprimer_modele(par, modele), INTERDIT)
    db.session.delete(modele)
    record(ModeleSupprime(modele_id=modele.id, par_id=par.id))


def _ecrire(modele: ModeleReponse, contenu: Contenu) -> None:
    propre = _nettoyer(contenu)
    if propre.debut and propre.fin and propre.fin < propre.debut:
        raise DonneeInvalide(_("Cette date vient avant la première\u202f: échangez-les."), champ="fin")
    if propre.theme_code is not None and db.session.get(Theme, propre.theme_code) is None:
        raise DonneeInvalide(_("Ce thème n’existe plus. Choisissez de nouveau."), champ="theme_code")
    for nom, valeur in vars(propre).items():
        setattr(modele, nom, valeur)
    modele.modifie_le = now()


def _nettoyer(contenu: Contenu) -> Contenu:
    """Return the content with a title on one line. Raise `DonneeInvalide` if a text is empty or too long, or
    has an unknown placeholder."""
    return Contenu(
        titre=" ".join(require_length(contenu.titre, 1, TITRE_MAX).split()),
        geste=contenu.geste,
        theme_code=contenu.theme_code or None,
        texte=check_placeholders(require_length(contenu.texte, 1, REPONSE_MAX)),
        debut=contenu.debut,
        fin=contenu.fin,
    )


def _lire(modele: ModeleReponse) -> Contenu:
    return Contenu(
        titre=modele.titre,
        geste=modele.geste,
        theme_code=modele.theme_code,
        texte=modele.texte,
        debut=modele.debut,
        fin=modele.fin,
    )


def _dire_modifie() -> str:
    return _(
        "Entre-temps, quelqu’un de votre équipe a changé ce modèle. Votre texte est gardé\u202f: relisez."
    )
