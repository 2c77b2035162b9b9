"""Accounts, their sessions and their tokens.

Roles are stored elsewhere: agents in `annuaire`, delegates in `representation`.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.core.database import UTCDateTime, partial_index, state
from mse.core.sort_keys import SortedByName
from mse.core.text import fold
from mse.extensions import Model

# SQL condition: invited, and never opened (`Compte.est_attendu`).
ATTENDU = "active_le IS NULL AND mot_de_passe IS NULL AND ferme_le IS NULL"


class Compte(SortedByName, Model):
    """A person who can sign in. Nobody else sees the mail address."""

    __tablename__ = "comptes"
    __table_args__ = (
        CheckConstraint(
            "courriel IS NOT NULL OR identifiant IS NOT NULL OR mot_de_passe IS NULL", name="reconnaissable"
        ),
        Index(None, "tri", "id"),
        partial_index("ix_comptes_attendus", "id", where=ATTENDU),
    )
    SORTED_BY = ("nom", "prenom")

    id: Mapped[int] = mapped_column(primary_key=True)
    prenom: Mapped[str] = mapped_column(String(80))
    nom: Mapped[str] = mapped_column(String(80))
    courriel: Mapped[str | None] = mapped_column(String(254), unique=True)
    # Address of the invitation while the account does not own it: another account has it, or it is not
    # verified. Emptied once the account has an address of its own, is joined to another, or is closed.
    courriel_invite: Mapped[str | None] = mapped_column(String(254), index=True)
    # Sign-in name of an account without address. Not secret; drawn when a code is printed.
    identifiant: Mapped[str | None] = mapped_column(String(40), unique=True)
    # When a link mailed to that address was used; None: not verified. An account in use gets a role only if
    # verified.
    courriel_prouve_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    mot_de_passe: Mapped[str | None] = mapped_column(String(200))  # argon2 hash
    est_animateur: Mapped[bool] = mapped_column(default=False)
    est_administrateur: Mapped[bool] = mapped_column(default=False)
    # An administrateur lets this member of the team read confidential reports (`mse.confidentiel`).
    est_referent_confidentiel: Mapped[bool] = mapped_column(default=False, server_default=false())
    # The web server refuses to start in production if such an account exists.
    est_demonstration: Mapped[bool] = mapped_column(default=False)
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    active_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first password or first sign-in
    ferme_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    @property
    def adresse(self) -> str | None:
        """Return the address of the invitation; another account may own it."""
        return self.courriel or self.courriel_invite

    @property
    def est_ouvert(self) -> bool:
        return self.ferme_le is None

    @property
    def est_de_bonne_foi(self) -> bool:
        """False if the account is in use with an unverified mail address."""
        return self.courriel is None or self.active_le is None or self.courriel_prouve_le is not None

    @property
    def est_joignable(self) -> bool:
        """True if the account is open and its address verified: mails may contain more than an invitation."""
        return self.est_ouvert and self.courriel is not None and self.courriel_prouve_le is not None

    @property
    def est_attendu(self) -> bool:
        """True if the person is invited and has not signed in yet:
        an invitation can still open the account."""
        return self.est_ouvert and self.active_le is None and self.mot_de_passe is None

    @property
    def s_ouvre_par_code(self) -> bool:
        """True if a printed code opens the account:
        at first, and later to change the password while no address is verified."""
        return self.est_ouvert and (self.est_attendu or self.courriel_prouve_le is None)

    @property
    def nom_de_connexion(self) -> str:
        """Return the address or the identifiant that the owner types to sign in."""
        return self.courriel or dire_identifiant(self.identifiant or "")

    @property
    def mots(self) -> set[str]:
        """Return the folded words of the person's name."""
        return mots_du_nom(self.prenom, self.nom)

    @property
    def est_equipe(self) -> bool:
        """True for animateurs and administrateurs."""
        return self.est_animateur or self.est_administrateur

    def __repr__(self) -> str:
        return f"<Compte {self.id}>"


def mots_du_nom(prenom: str, nom: str) -> set[str]:
    """Return the folded words of a name. Two names without a common word belong to two people."""
    return set(fold(f"{prenom} {nom}").split())


def dire_identifiant(identifiant: str) -> str:
    """Format an identifiant for print: `ilyes4821` becomes `ilyes-4821`."""
    lettres = identifiant.rstrip("0123456789")
    return f"{lettres}-{identifiant[len(lettres) :]}" if lettres else identifiant


class SessionCompte(Model):
    """One signed-in browser. The cookie holds a random reference, this table its hash."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference_hash: Mapped[str] = mapped_column(String(64), unique=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"), index=True)
    ouverte_le: Mapped[datetime] = mapped_column(UTCDateTime)
    vue_le: Mapped[datetime] = mapped_column(UTCDateTime)
    inactivite_max: Mapped[int]  # seconds without a request after which it is closed
    expire_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    fermee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)

    compte: Mapped[Compte] = relationship()


class NatureJeton(StrEnum):
    CONNEXION = "connexion"
    REINITIALISATION = "reinitialisation"
    INVITATION = "invitation"
    CODE = "code"  # an invitation that is printed and typed by hand
    AVIS = "avis"  # allows a verdict on one answer without signing in; reusable


DUREES = {
    NatureJeton.CONNEXION: timedelta(minutes=10),
    NatureJeton.REINITIALISATION: timedelta(minutes=30),
    NatureJeton.INVITATION: timedelta(days=14),
    NatureJeton.CODE: timedelta(days=14),
    NatureJeton.AVIS: timedelta(days=30),
}
LETTRES = "23456789abcdefghjkmnpqrstuvwxyz"  # without characters that look alike
LETTRES_PAR_CODE = 13  # 64 bits


class Jeton(Model):
    """A token that opens an account once, until it expires (AVIS is reusable).
    Only its hash is stored: a stolen table is useless."""

    __tablename__ = "jetons"
    __table_args__ = (Index(None, "compte_id", "nature"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    nature: Mapped[NatureJeton] = mapped_column(state(NatureJeton))
    compte_id: Mapped[int] = mapped_column(ForeignKey("comptes.id", ondelete="CASCADE"))
    emis_le: Mapped[datetime] = mapped_column(UTCDateTime)
    expire_le: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    utilise_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    objet_id: Mapped[int | None]  # the saisine of an AVIS token; no foreign key to another capability

    compte: Mapped[Compte] = relationship()

    @classmethod
    def emettre(
        cls, compte: Compte, nature: NatureJeton, *, le: datetime, objet_id: int | None = None
    ) -> "tuple[Jeton, str]":
        """Return the row, to be added by the caller, and the secret, which is not stored."""
        if nature == NatureJeton.CODE:
            secret = "".join(secrets.choice(LETTRES) for _lettre in range(LETTRES_PAR_CODE))
        else:
            secret = secrets.token_urlsafe(32)
        jeton = cls(
            secret_hash=hash_secret(secret),
            nature=nature,
            compte=compte,
            emis_le=le,
            expire_le=le + DUREES[nature],
            objet_id=objet_id,
        )
        return jeton, secret


class MotifRefus(StrEnum):
    """Why a mail server refused a mail permanently."""

    ADRESSE = "adresse"  # the address does not exist, or receives no mail
    COURRIEL = "courriel"  # that mail only was refused: another one may be accepted


class AdresseRefusee(Model):
    """An address to which the last mail could not be delivered.

    The row is deleted when a mail server accepts a later mail for it. `par_retour`: the server accepted the
    mail, then returned it; such a server accepts every mail, so the row is deleted only when a mailed link is
    used, or by an animateur.
    """

    __tablename__ = "adresses_refusees"

    courriel: Mapped[str] = mapped_column(String(254), primary_key=True)
    motif: Mapped[MotifRefus] = mapped_column(state(MotifRefus))
    le: Mapped[datetime] = mapped_column(UTCDateTime)
    par_retour: Mapped[bool] = mapped_column(default=False, server_default=false())


def hash_secret(secret: str) -> str:
    """Hash a secret. It is random and long, so a hash without salt cannot be reversed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def hash_code(code: str) -> str:
    """Hash a printed code; capitals, spaces and dashes are ignored."""
    return hash_secret("".join(signe for signe in code.lower() if signe in LETTRES))
