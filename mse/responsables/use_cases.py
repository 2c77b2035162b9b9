"""Transfer a saisine, take a transfer back, or add an owner.

A form sent twice by the same person acts once."""

from functools import partial

from mse.annuaire.models import Acteur
from mse.annuaire.queries.acteurs import lock_acteurs
from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.errors import DonneeInvalide, TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.fiches.api import (
    INTERDIT,
    NatureEtape,
    add_etape,
    dire_depassee,
    est_renvoi,
    exige_motif,
    verrouille,
)
from mse.fiches.events import FicheElargie, SaisineTransferee, TransfertAnnule
from mse.fiches.models import Fiche, Saisine
from mse.fiches.policies import (
    peut_annuler_transfert,
    peut_elargir,
    peut_traiter,
    peut_transferer,
)
from mse.responsables.queries import a_agi_depuis


@prepared(texte=exige_motif)
@use_case
@verrouille
def transferer_saisine(
    saisine: Saisine, acteur_id: int, texte: str, *, par: Compte, version: int | None = None
) -> None:
    """Transfer to another owner. The étape names the former owner, or the animateurs if one of them acts."""
    exige_droit(peut_transferer(par, saisine), INTERDIT)
    if saisine.acteur_id == acteur_id and est_renvoi(saisine, NatureEtape.TRANSFERT, texte, par=par):
        return
    exige_version(saisine, version, partial(dire_depassee, saisine, par))
    vers = _nouveau_responsable(saisine.fiche, acteur_id)
    etape = add_etape(
        saisine.fiche,
        NatureEtape.TRANSFERT,
        le=now(),
        par=par,
        saisine=saisine,
        acteur_id=saisine.acteur_id if peut_traiter(par, saisine) else None,
        texte=texte,
    )
    saisine.transferer(vers, etape, le=now())
    record(SaisineTransferee(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))


@use_case
@verrouille
def annuler_transfert(saisine: Saisine, *, par: Compte) -> None:
    """Take back a transfer made by mistake, as the former owner. Refused once the new owner has taken the
    saisine up or has written about it."""
    exige_droit(peut_annuler_transfert(par, saisine), INTERDIT)
    if est_renvoi(saisine, NatureEtape.TRANSFERT, None, par=par):
        return
    if saisine.transferts[-1].annule_id is not None:
        raise TransitionInterdite(_("Ce transfert est déjà annulé."))
    transfert = saisine.transfert_a_annuler()
    if transfert is None or a_agi_depuis(saisine, transfert):
        raise TransitionInterdite(
            _("%(acteur)s s’en occupe déjà : ce transfert ne s’annule plus.", acteur=saisine.acteur.nom)
        )
    de = _nouveau_responsable(saisine.fiche, transfert.de_id)
    etape = add_etape(
        saisine.fiche, NatureEtape.TRANSFERT, le=now(), par=par, saisine=saisine, acteur_id=de.id
    )
    saisine.annuler_transfert(transfert, de, etape, le=now())
    record(TransfertAnnule(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))


@prepared(texte=exige_motif)
@use_case
@verrouille
def elargir_fiche(fiche: Fiche, acteur_id: int, texte: str, *, par: Compte) -> Saisine:
    """Add an owner, whose time limits start today. The étape is in the name of the owner who asked for it."""
    exige_droit(peut_elargir(par, fiche), INTERDIT)
    fiche.exige_orientee()
    deja = next((saisine for saisine in fiche.saisines if saisine.acteur_id == acteur_id), None)
    if deja is not None and est_renvoi(deja, NatureEtape.ELARGISSEMENT, texte, par=par):
        return deja
    demandeur = next((saisine for saisine in fiche.saisines if peut_traiter(par, saisine)), None)
    saisine = Saisine.ouvrir(fiche, _nouveau_responsable(fiche, acteur_id), le=now())
    db.session.add(saisine)
    db.session.flush()
    etape = add_etape(
        fiche,
        NatureEtape.ELARGISSEMENT,
        le=now(),
        par=par,
        saisine=saisine,
        acteur_id=demandeur.acteur_id if demandeur else None,
        texte=texte,
    )
    fiche.actualiser()
    record(FicheElargie(saisine_id=saisine.id, etape_id=etape.id, par_id=par.id))
    return saisine


def _nouveau_responsable(fiche: Fiche, acteur_id: int) -> Acteur:
    """Return an open acteur that does not own the fiche. A former owner is allowed."""
    acteur = next(iter(lock_acteurs([acteur_id])), None)
    if acteur is None:
        raise DonneeInvalide(_("Ce service ou cet organisme n’existe plus. Choisissez de nouveau."))
    if any(saisine.acteur_id == acteur.id for saisine in fiche.saisines):
        raise DonneeInvalide(
            _(
                "%(acteur)s est déjà responsable de cette fiche. Choisissez quelqu’un d’autre.",
                acteur=acteur.nom,
            )
        )
    return acteur
