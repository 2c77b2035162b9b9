"""Who works for an acteur: its référents see to it, the team brings in the first one."""

from functools import partial

from mse.annuaire.events import AppartenanceFermee, ReferentDemis, ReferentNomme
from mse.annuaire.models import Acteur, Appartenance, NatureChangement
from mse.annuaire.policies import peut_gerer, peut_reconnaitre, tient_annuaire
from mse.annuaire.queries import count_referents
from mse.annuaire.use_cases.creer import add_appartenance
from mse.annuaire.use_cases.droits import exige_droit, lock
from mse.annuaire.use_cases.exigences import exige_autre
from mse.annuaire.use_cases.historique import noter, vient_de
from mse.comptes.invites import inviter
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.errors import TransitionInterdite
from mse.core.textes import _
from mse.core.use_cases import record, use_case
from mse.extensions import db


@use_case
def accueillir_agent(
    acteur: Acteur, *, prenom: str, nom: str, courriel: str, referent: bool, par: Compte
) -> Appartenance:
    """From today on; somebody whose compte `par` may see keeps it, with the name it bears."""
    exige_droit(peut_gerer(par, acteur))
    compte = inviter(
        prenom=prenom, nom=nom, courriel=courriel, par=par, reconnait=partial(peut_reconnaitre, par)
    )
    return add_appartenance(compte, acteur, referent=referent, debut=today(), par=par)


@use_case
def nommer_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Référent already, nothing is done."""
    _exige_en_poste(appartenance, par=par)
    exige_autre(appartenance.compte, par)
    if appartenance.est_referent:
        return
    set_referent(appartenance, True, par=par)


@use_case
def demettre_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """Remains an agent. No référent already, nothing is done."""
    _exige_en_poste(appartenance, par=par)
    if not appartenance.est_referent:
        return
    set_referent(appartenance, False, par=par)


def set_referent(appartenance: Appartenance, referent: bool, *, par: Compte) -> None:
    """Within a use case that checked the right of `par`."""
    lock(appartenance.acteur)
    if not referent:
        _exige_un_autre_referent(appartenance, par=par)
    appartenance.est_referent = referent
    nature = NatureChangement.REFERENT if referent else NatureChangement.PLUS_REFERENT
    noter(appartenance.acteur, nature, compte=appartenance.compte, par=par)
    event = ReferentNomme if referent else ReferentDemis
    record(event(appartenance_id=appartenance.id, par_id=par.id))


@use_case
def terminer_appartenance(appartenance: Appartenance, *, par: Compte) -> None:
    """No access any more from this instant on. Sent twice, it is done once."""
    if vient_de(appartenance.acteur, NatureChangement.DEPART, par=par, compte=appartenance.compte):
        return
    _exige_en_poste(appartenance, par=par)
    if appartenance.est_referent:
        _exige_un_autre_referent(appartenance, par=par)
    end_appartenance(appartenance, par=par)


def end_appartenance(appartenance: Appartenance, *, par: Compte | None) -> None:
    """Within a use case that checked the right of `par`. What had not begun yet ends as it begins."""
    appartenance.fin = max(today(), appartenance.debut)
    noter(appartenance.acteur, NatureChangement.DEPART, compte=appartenance.compte, par=par)
    record(AppartenanceFermee(appartenance_id=appartenance.id, par_id=par.id if par else None))


def _exige_en_poste(appartenance: Appartenance, *, par: Compte) -> None:
    exige_droit(peut_gerer(par, appartenance.acteur))
    lock(appartenance.acteur)
    db.session.refresh(appartenance)  # as whoever held the lock before left it
    if not appartenance.est_en_cours(today()):
        raise TransitionInterdite(
            _("Cette personne ne travaille plus pour %(acteur)s.", acteur=appartenance.acteur.nom)
        )


def _exige_un_autre_referent(appartenance: Appartenance, *, par: Compte) -> None:
    """An acteur that nobody manages any more is the team's decision, never its last référent's own."""
    if not tient_annuaire(par) and count_referents(appartenance.acteur, le=today()) == 1:
        raise TransitionInterdite(
            _(
                "Vous êtes la seule personne référente de %(acteur)s. Nommez d’abord quelqu’un d’autre, "
                "ou demandez à l’équipe d’animation.",
                acteur=appartenance.acteur.nom,
            )
        )
