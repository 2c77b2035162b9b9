"""What happens to accounts and sessions. Ids only: whoever reacts reads the rest itself."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CompteCree(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteFerme(Event):
    """Nobody signs in with it any more. Who knows its roles ends them."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteRouvert(Event):
    """It can sign in again; what ended when it was closed stays ended."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class EquipeRejointe(Event):
    """A compte is of the association's team, or runs the instance, from now on."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class IdentiteChangee(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CourrielPropose(Event):
    """`courriel`: the address that is to be proved, and that nothing else keeps."""

    compte_id: int
    courriel: str


@dataclass(frozen=True, kw_only=True)
class CourrielChange(Event):
    """`ancien`: the proved address that is told, and that nothing else keeps; empty if there was none."""

    compte_id: int
    ancien: str


@dataclass(frozen=True, kw_only=True)
class MotDePasseChange(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class LienDemande(Event):
    """Somebody who gave this compte's address asks for a link that signs in."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class ReinitialisationDemandee(Event):
    """Somebody who gave this compte's address has forgotten its password."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationRenvoyee(Event):
    """Who was invited is written to once more."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class AdresseCorrigee(Event):
    """Who was invited is written to at another address from now on."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CodeImprime(Event):
    """Who was invited is handed a code on paper."""

    compte_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAcceptee(Event):
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class CompteRejoint(Event):
    """Who was invited has an account already: what `compte_id` had becomes `vers_id`'s."""

    compte_id: int
    vers_id: int


@dataclass(frozen=True, kw_only=True)
class SessionOuverte(Event):
    """Somebody signed in. Who knows a role that shortens sessions reacts."""

    session_id: int
    compte_id: int


@dataclass(frozen=True, kw_only=True)
class SessionFermee(Event):
    """By its owner, by an administrateur, or because the password changed."""

    session_id: int
