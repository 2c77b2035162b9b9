"""Events about accounts and sessions: ids, and addresses that are stored nowhere else."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompteCree(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteFerme(Event):
    """The account cannot sign in any more. Handlers end its roles."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteRouvert(Event):
    """The account can sign in again. Roles that ended with its closing stay ended."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class EquipeRejointe(Event):
    """An account becomes animateur or administrateur."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class IdentiteChangee(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CourrielPropose(Event):
    """A new address was requested for the account. `courriel`: the address to verify, stored nowhere else."""

    compte_id: int
    courriel: str


@dataclass(frozen=True, kw_only=True)
class CourrielChange(Event):
    """The address of the account was changed. `ancien`: the former verified address, to be notified and
    stored nowhere else; empty if there was none."""

    compte_id: int
    ancien: str


@dataclass(frozen=True, kw_only=True)
class MotDePasseChange(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class LienDemande(Event):
    """A sign-in link is requested for the address of this account."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class ReinitialisationDemandee(Event):
    """A new password is requested for the address of this account."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationRenvoyee(Event):
    """The invitation is sent again by mail."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class AdresseCorrigee(Event):
    """The invitation is sent to another address from now on."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CodeImprime(Event):
    """The invited person is given a printed code."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAcceptee(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteRejoint(Event):
    """An invited person already has an account: the roles of `compte_id` pass to `vers_id`."""

    compte_id: int
    vers_id: int


@dataclass(frozen=True, kw_only=True)
class SessionOuverte(Event):
    """Somebody signed in. Handlers shorten the session for some roles."""

    session_id: int
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class SessionFermee(Event):
    """A session was closed by its owner, by an administrateur, or by a change of the password."""

    session_id: int
