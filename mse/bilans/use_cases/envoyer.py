"""Send the report of a quarter to an acteur, and store its PDF."""

from typing import IO, Any

from mse.annuaire.models import Acteur
from mse.bilans.events import BilanEnvoye
from mse.bilans.models import EnvoiBilan
from mse.bilans.policies import peut_envoyer_bilan
from mse.bilans.queries.rapports import find_destinations, get_envoi, read_rapport
from mse.bilans.trimestres import Trimestre
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.database import one_at_a_time, reading
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, release, use_case
from mse.extensions import db


def envoyer_bilan(acteur: Acteur, trimestre: Trimestre, *, par: Compte) -> bool:
    """Send the report, whose figures are frozen. Return False if it was sent before: it is not sent again.

    The figures are computed before the transaction. Raise `DonneeInvalide` if nobody can be reached or
    nothing was due, `TransitionInterdite` if the quarter is not over.
    """
    acteur_id = acteur.id
    release()
    with reading():
        contenu = read_rapport(acteur_id, trimestre, le=today()).figer()
    release()
    return _envoyer(acteur, trimestre, contenu, par=par)


@use_case
def _envoyer(acteur: Acteur, trimestre: Trimestre, contenu: dict[str, Any], *, par: Compte) -> bool:
    exige_droit(peut_envoyer_bilan(par, acteur), _("Seule l’équipe d’animation envoie les bilans."))
    trimestre.exige_fini(today())
    one_at_a_time(f"bilan:{acteur.id}")
    if get_envoi(acteur.id, trimestre) is not None:
        return False
    if not contenu["lignes"]:
        raise DonneeInvalide(_("Aucune réponse n’était attendue ce trimestre\u202f: rien à envoyer."))
    destination = find_destinations([acteur], le=today()).get(acteur.id)
    if destination is None:
        raise DonneeInvalide(_("Personne ne peut être joint\u202f: invitez quelqu’un, ou donnez une boîte."))
    envoi = EnvoiBilan(
        acteur_id=acteur.id,
        debut=trimestre.debut,
        par_id=par.id,
        le=now(),
        a_qui=destination.a_qui,
        destinataires=len(destination.adresses),
        contenu=contenu,
    )
    db.session.add(envoi)
    db.session.flush()
    record(BilanEnvoye(envoi_id=envoi.id, par_id=par.id))
    return True


def ranger_pdf(envoi_id: int, contenu: IO[bytes]) -> None:
    """Write the file before its row (ADR 13). If another worker was faster, delete the new file."""
    nom = EnvoiBilan.store.save(contenu)
    if not _nommer_pdf(envoi_id, nom):
        EnvoiBilan.store.remove([nom])


@use_case
def _nommer_pdf(envoi_id: int, nom: str) -> bool:
    envoi = db.session.get_one(EnvoiBilan, envoi_id, with_for_update=True, populate_existing=True)
    if envoi.pdf is None:
        envoi.pdf = nom
    return envoi.pdf == nom
