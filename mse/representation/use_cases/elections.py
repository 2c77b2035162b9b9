"""Record the election of a promotion: Code du travail, articles R6352-9 to R6352-13."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from mse.annuaire.queries import list_reconnus
from mse.comptes.api import inviter
from mse.comptes.models import Compte
from mse.core.clock import now, today
from mse.core.dates import date_longue
from mse.core.email_addresses import normalize_adresse
from mse.core.errors import DonneeInvalide
from mse.core.text import _, clean, fold
from mse.core.use_cases import record, use_case
from mse.extensions import db
from mse.representation.events import CarenceConstatee, ElectionEnregistree
from mse.representation.mandats import add_mandat
from mse.representation.models import Election, Mandat, NatureElection, Promotion, RoleMandat
from mse.representation.promotions import exige_gestion
from mse.representation.queries import list_mandats_ouverts
from mse.representation.queries.elections import get_election_par_cle
from mse.representation.queries.promotions import lock_promotion

REMARQUE_MAX = 1000


@dataclass(frozen=True, kw_only=True)
class Elu:
    """An elected person. Without `courriel`, a printed code opens the account."""

    prenom: str
    nom: str
    courriel: str | None = None


@use_case
def enregistrer_resultat(
    promotion: Promotion,
    *,
    cle: str,
    le: date,
    titulaire: Elu,
    suppleant: Elu | None,
    tour: int = 1,
    inscrits: int | None = None,
    votants: int | None = None,
    par: Compte | None,
) -> Election:
    """Open the mandats and invite the elected. The same `cle` (a double click) returns the same election."""
    exige_gestion(par, promotion.organisme)
    deja = _lock_and_check(promotion, cle, le)
    if deja is not None:
        return deja
    _exige_nombres(inscrits, votants, minimum=1)
    if suppleant is not None:
        _exige_deux_personnes(titulaire, suppleant)
    election = _record(promotion, NatureElection.RESULTAT, cle, le, inscrits, votants, par)
    election.tour = tour
    election.titulaire = _elire(titulaire, promotion, RoleMandat.TITULAIRE, le, par)
    if suppleant is not None:
        election.suppleant = _elire(suppleant, promotion, RoleMandat.SUPPLEANT, le, par)
    record(ElectionEnregistree(election_id=election.id, par_id=election.saisie_par_id))
    return election


@use_case
def constater_carence(
    promotion: Promotion,
    *,
    cle: str,
    le: date,
    remarque: str = "",
    inscrits: int | None = None,
    votants: int | None = None,
    par: Compte | None,
) -> Election:
    """Record that nobody could be elected (R6352-12). A later election remains possible."""
    exige_gestion(par, promotion.organisme)
    deja = _lock_and_check(promotion, cle, le)
    if deja is not None:
        return deja
    _exige_nombres(inscrits, votants, minimum=0)
    remarque = clean(remarque)
    if len(remarque) > REMARQUE_MAX:
        raise DonneeInvalide(
            _(
                "Votre remarque est trop longue : %(n)s caractères, pour un maximum de %(max)s.",
                n=len(remarque),
                max=REMARQUE_MAX,
            )
        )
    election = _record(promotion, NatureElection.CARENCE, cle, le, inscrits, votants, par)
    election.remarque = remarque or None
    record(CarenceConstatee(election_id=election.id, par_id=election.saisie_par_id))
    return election


def _lock_and_check(promotion: Promotion, cle: str, le: date) -> Election | None:
    """Lock the promotion. Return the election that the same form already recorded, else None.

    Raise `DonneeInvalide` if no election could take place on the day `le`.
    """
    lock_promotion(promotion)
    deja = get_election_par_cle(cle)
    if deja is not None and deja.promotion_id == promotion.id:
        return deja
    if le > today():
        raise DonneeInvalide(
            _("Cette date n’est pas encore passée : enregistrez le vote quand il a eu lieu.")
        )
    if le < promotion.debut:
        raise DonneeInvalide(
            _(
                "La formation a commencé le %(date)s : le vote a lieu ce jour-là ou après.",
                date=date_longue(promotion.debut),
            )
        )
    if le > promotion.fin or promotion.fin < today():
        raise DonneeInvalide(
            _(
                "La formation s’est terminée le %(date)s : elle n’élit plus personne.",
                date=date_longue(promotion.fin),
            )
        )
    for mandat in list_mandats_ouverts(promotion, le=le):
        raise DonneeInvalide(
            _(
                "Un siège était occupé ce jour-là (%(prenom)s, jusqu’au %(date)s). "
                "On vote de nouveau quand les deux sièges sont libres.",
                prenom=mandat.compte.prenom,
                date=date_longue(mandat.fin or promotion.fin),
            )
        )
    return None


def _exige_nombres(inscrits: int | None, votants: int | None, *, minimum: int) -> None:
    if inscrits is not None and inscrits < 1:
        raise DonneeInvalide(_("Écrivez au moins 1 personne inscrite."))
    if votants is not None and votants < minimum:
        raise DonneeInvalide(_("Personne n’a voté ? Enregistrez plutôt une carence."))
    if inscrits is not None and votants is not None and votants > inscrits:
        raise DonneeInvalide(
            _(
                "%(votants)s personnes ont voté sur %(inscrits)s inscrites : vérifiez ces nombres.",
                votants=votants,
                inscrits=inscrits,
            )
        )


def _exige_deux_personnes(titulaire: Elu, suppleant: Elu) -> None:
    """Raise `DonneeInvalide` if both seats go to one person. Namesakes need two different addresses."""
    adresses = [normalize_adresse(elu.courriel) for elu in (titulaire, suppleant) if elu.courriel]
    if len(adresses) == 2 and adresses[0] == adresses[1]:
        raise DonneeInvalide(
            _("La même adresse est écrite deux fois : chaque personne a la sienne, ou un code.")
        )
    if _list_words(titulaire) == _list_words(suppleant) and len(adresses) < 2:
        raise DonneeInvalide(
            _("La même personne est écrite deux fois : les deux sièges vont à deux personnes.")
        )


def _elire(elu: Elu, promotion: Promotion, role: RoleMandat, le: date, par: Compte | None) -> Mandat:
    compte = inviter(
        prenom=elu.prenom,
        nom=elu.nom,
        courriel=elu.courriel,
        par=par,
        reconnait=partial(list_reconnus, par),
    )
    return add_mandat(compte, promotion, role, debut=le, par=par)


def _list_words(elu: Elu) -> list[str]:
    return sorted(fold(f"{elu.prenom} {elu.nom}").split())


def _record(
    promotion: Promotion,
    nature: NatureElection,
    cle: str,
    le: date,
    inscrits: int | None,
    votants: int | None,
    par: Compte | None,
) -> Election:
    election = Election(
        cle=cle,
        promotion=promotion,
        nature=nature,
        le=le,
        inscrits=inscrits,
        votants=votants,
        saisie_par_id=par.id if par else None,
        saisie_le=now(),
    )
    db.session.add(election)
    db.session.flush()
    return election
