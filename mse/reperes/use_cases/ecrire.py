"""Write a draft from an answer, publish it, write a new version."""

from sqlalchemy import select

from mse.comptes.models import Compte
from mse.core.clock import now
from mse.core.database import one_at_a_time
from mse.core.errors import Conflit, TransitionInterdite
from mse.core.guards import exige_droit, exige_version
from mse.core.text import _
from mse.core.use_cases import prepared, record, use_case
from mse.extensions import db
from mse.fiches.models import Saisine
from mse.fiches.policies import peut_promouvoir, peut_traiter
from mse.reperes.contenu import keep_version, read_contenu_de, write_contenu
from mse.reperes.events import RepereEcrit, RepereModifie, ReperePublie, RepereSupprime
from mse.reperes.libelles import INTERDIT, dire_change
from mse.reperes.models import Repere, RepereFiche
from mse.reperes.policies import peut_supprimer, peut_tenir
from mse.reperes.portees import count_links, write_portees
from mse.reperes.queries.pages import get_repere_tire, get_reponse
from mse.reperes.validation import Contenu, exige_motif, read_brouillon, read_contenu
from mse.reperes.workflow import ActionRepere


@prepared(contenu=read_brouillon)
@use_case
def creer_repere(saisine: Saisine, contenu: Contenu, *, cle: str, par: Compte) -> Repere:
    """Create a draft from the last answer of a saisine. It belongs to the service if `par` is one of its
    agents, else to the association. `cle` is an idempotency key: a double click returns the same draft."""
    exige_droit(peut_promouvoir(par, saisine), INTERDIT)
    one_at_a_time(f"reperes:{saisine.id}")
    deja = db.session.scalar(select(Repere).where(Repere.cle == cle))
    if deja is not None:
        exige_droit(peut_tenir(par, deja), INTERDIT)
        return deja
    etape = get_reponse(saisine)
    if etape is None:
        raise TransitionInterdite(_("Cette fiche n’a pas de réponse dont faire un repère."))
    if get_repere_tire(etape.id) is not None:
        raise Conflit(
            _("Quelqu’un a déjà tiré un repère de cette réponse\u202f: rouvrez la fiche pour le voir.")
        )
    du_service = peut_traiter(par, saisine) and not saisine.acteur.est_organisme
    repere = Repere(
        cle=cle,
        acteur_id=saisine.acteur_id if du_service else None,
        cree_le=now(),
        numero=1,
    )
    write_contenu(repere, contenu)
    db.session.add(repere)
    db.session.flush()
    lien = RepereFiche(repere_id=repere.id, fiche_id=saisine.fiche_id, etape_id=etape.id, lie_le=now())
    db.session.add(lien)
    record(RepereEcrit(repere_id=repere.id, par_id=par.id))
    return repere


@prepared(contenu=read_brouillon)
@use_case
def ecrire_repere(repere: Repere, contenu: Contenu, *, par: Compte, version: int | None = None) -> None:
    """Change a draft. Refused if somebody has changed it meanwhile."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    if not repere.est_brouillon:
        raise TransitionInterdite(
            _("Entre-temps, ce repère a été publié\u202f: relisez-le, puis recommencez.")
        )
    if read_contenu_de(repere) == contenu:
        return
    exige_version(repere, version, dire_change)
    write_contenu(repere, contenu)
    record(RepereEcrit(repere_id=repere.id, par_id=par.id))


@use_case
def supprimer_repere(repere: Repere, *, par: Compte) -> None:
    exige_droit(peut_supprimer(par, repere), INTERDIT)
    if not repere.est_brouillon:
        raise TransitionInterdite(
            _("Ce repère a été publié\u202f: retirez-le plutôt, son texte reste lisible.")
        )
    record(RepereSupprime(repere_id=repere.id, par_id=par.id))
    db.session.delete(repere)


def publier_repere(repere: Repere, *, par: Compte, version: int | None = None) -> None:
    """Publish a draft. What it says is checked again before the transaction, because a date may have passed.
    A second click does nothing."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    if repere.est_brouillon:
        version = repere.version if version is None else version
        read_contenu(read_contenu_de(repere))
    _publier(repere, par=par, version=version)


@use_case
def _publier(repere: Repere, *, par: Compte, version: int | None) -> None:
    exige_droit(peut_tenir(par, repere), INTERDIT)
    if repere.est_publie and repere.numero == 1:
        return
    exige_version(repere, version, dire_change)
    repere.avancer(ActionRepere.PUBLIER)
    repere.publie_le = now()
    _derive(repere)
    record(ReperePublie(repere_id=repere.id, par_id=par.id))


@prepared(contenu=read_contenu, motif=exige_motif)
@use_case
def modifier_repere(
    repere: Repere, contenu: Contenu, motif: str, *, par: Compte, version: int | None = None
) -> None:
    """Publish a new version. The old one stays readable, with its dates and with the reason of the change."""
    exige_droit(peut_tenir(par, repere), INTERDIT)
    if read_contenu_de(repere) == contenu:
        return
    exige_version(repere, version, dire_change)
    repere.avancer(ActionRepere.MODIFIER)
    ancienne = keep_version(repere, motif)
    write_contenu(repere, contenu)
    repere.publie_le = ancienne.au = now()
    repere.numero, repere.rappele_le, repere.confirme_le = repere.numero + 1, None, None
    db.session.add(ancienne)
    _derive(repere)
    record(RepereModifie(repere_id=repere.id, numero=repere.numero, par_id=par.id))


def _derive(repere: Repere) -> None:
    write_portees(repere)
    fiches = select(RepereFiche.fiche_id).where(RepereFiche.repere_id == repere.id)
    count_links(db.session.scalars(fiches).all())
