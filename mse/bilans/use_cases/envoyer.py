"""Send the report of a quarter to an acteur, or to all, and store its PDF."""

from collections.abc import Collection
from typing import IO, Any

from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_acteurs_par_id
from mse.bilans.events import BilanEnvoye
from mse.bilans.models import EnvoiBilan
from mse.bilans.policies import peut_envoyer_bilan
from mse.bilans.queries.rapports import find_destinations, get_envoi, read_rapport
from mse.bilans.trimestres import Trimestre
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.database import one_at_a_time, reading
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit
from mse.core.text import _
from mse.core.use_cases import record, release, use_case
from mse.extensions import db

LOT = 20  # reports that one click computes and sends, while the person waits


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


def envoyer_bilans(ids: Collection[int], trimestre: Trimestre, *, par: Compte) -> int:
    """Send the reports of these acteurs, one transaction each: after a failure the same click goes on. Return
    their number. Those that were sent before, or whom nobody can be reached at, are skipped."""
    acteurs = list_acteurs_par_id(ids)
    joignables = find_destinations(acteurs, le=today())
    return sum(
        envoyer_bilan(acteur, trimestre, par=par)
        for acteur_id, acteur in [(acteur.id, acteur) for acteur in acteurs]
        if acteur_id in joignables
    )


@use_case
def _envoyer(acteur: Acteur, trimestre: Trimestre, contenu: dict[str, Any], *, par: Compte) -> bool:
    exige_droit(peut_envoyer_bilan(par, acteur), _("Seule l’équipe d’animation envoie les bilans."))
    if not trimestre.est_fini(today()):
        raise TransitionInterdite(
            _("Ce trimestre n’est pas fini\u202f: son bilan s’envoie après le dernier jour.")
        )
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
