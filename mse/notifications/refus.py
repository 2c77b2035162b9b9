"""Addresses whose last mail was refused; pages display the refusal beside the person."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, delete, func, select

from mse.annuaire.models import Acteur
from mse.comptes.models import AdresseRefusee, Compte, MotifRefus
from mse.core.clock import now
from mse.core.database import upsert
from mse.extensions import db
from mse.suivis.models import Abonne


class Titulaire(StrEnum):
    """Kind of the holder of an address."""

    COMPTE = "compte"
    ACTEUR = "acteur"


@dataclass(frozen=True, kw_only=True)
class Refusee:
    """An address whose last mail was refused. Pages name its holder and never show the address, so it is not
    loaded."""

    titulaire: Titulaire
    id: int
    nom: str
    est_attendu: bool  # an invited person, whose address can be corrected
    refus: AdresseRefusee


def list_adresses_refusees(count: int = 100) -> list[Refusee]:
    """Return the refused addresses of open accounts and of mailboxes, latest first."""
    query = select(AdresseRefusee).order_by(AdresseRefusee.le.desc(), AdresseRefusee.courriel).limit(count)
    refus = {une.courriel: une for une in db.session.scalars(query)}
    adresse = func.coalesce(Compte.courriel, Compte.courriel_invite)
    comptes = select(Compte).where(adresse.in_(refus), Compte.ferme_le.is_(None))
    acteurs = select(Acteur).where(func.lower(Acteur.courriel).in_(refus), Acteur.ferme_le.is_(None))
    trouvees = [
        Refusee(
            titulaire=Titulaire.COMPTE,
            id=compte.id,
            nom=f"{compte.prenom} {compte.nom}",
            est_attendu=compte.est_attendu,
            refus=refus[compte.adresse or ""],
        )
        for compte in db.session.scalars(comptes)
    ]
    trouvees += [
        Refusee(
            titulaire=Titulaire.ACTEUR,
            id=acteur.id,
            nom=acteur.nom,
            est_attendu=False,
            refus=refus[(acteur.courriel or "").lower()],
        )
        for acteur in db.session.scalars(acteurs)
    ]
    return sorted(trouvees, key=lambda une: une.refus.le, reverse=True)


def get_refus(titulaire: Titulaire, titulaire_id: int) -> AdresseRefusee | None:
    table = Compte if titulaire == Titulaire.COMPTE else Acteur
    proprietaire = db.session.get(table, titulaire_id)
    adresse = getattr(proprietaire, "adresse", None) or getattr(proprietaire, "courriel", None)
    return db.session.get(AdresseRefusee, adresse.lower()) if adresse else None


def noter_refus(adresse: str, motif: MotifRefus, *, par_retour: bool = False) -> None:
    """Store the refusal. Call within a use case."""
    row = upsert(AdresseRefusee).values(
        courriel=adresse.lower(), motif=motif, le=now(), par_retour=par_retour
    )
    nouveau = {nom: getattr(row.excluded, nom) for nom in ("motif", "le", "par_retour")}
    db.session.execute(row.on_conflict_do_update(index_elements=["courriel"], set_=nouveau))


def lever_refus(adresse: str) -> None:
    """Delete the refusal, because a mail server has accepted a mail for the address. Call within a use
    case."""
    _oublier(AdresseRefusee.courriel == adresse.lower(), ~AdresseRefusee.par_retour)


def oublier_refus() -> None:
    """Delete the refusals of addresses that no account, acteur or follower has any more. Call within a use
    case."""
    _oublier(
        AdresseRefusee.courriel.not_in(select(Compte.courriel).where(Compte.courriel.is_not(None))),
        AdresseRefusee.courriel.not_in(
            select(Compte.courriel_invite).where(Compte.courriel_invite.is_not(None))
        ),
        AdresseRefusee.courriel.not_in(select(Acteur.courriel).where(Acteur.courriel.is_not(None))),
        AdresseRefusee.courriel.not_in(select(Abonne.courriel)),
    )


def _oublier(*conditions: ColumnElement[bool]) -> None:
    statement = delete(AdresseRefusee).where(*conditions)
    db.session.execute(statement.execution_options(synchronize_session=False))
