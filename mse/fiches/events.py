"""What happens to fiches. Ids only, but for words that are erased: whoever reacts reads the rest itself."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BrouillonCommence(Event):
    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class BrouillonEcrit(Event):
    """One step of it was saved with other words than before."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheDeposee(Event):
    """Filed by a delegate, public or held back."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRetenue(Event):
    """Filed, but waits for a moderator."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FichePubliee(Event):
    """Public from now on: its saisines open, its clocks start."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRendue(Event):
    """The moderator gave it back to its delegates, with a reason."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheTraitee(Event):
    """Its first detailed answer came, from whichever owner."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRetiree(Event):
    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class PieceJointe(Event):
    piece_id: int


@dataclass(frozen=True, kw_only=True)
class PieceRetiree(Event):
    piece_id: int


@dataclass(frozen=True, kw_only=True)
class SaisineOuverte(Event):
    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDeSaisine(Event):
    """Something that left an étape in a saisine's history."""

    saisine_id: int
    etape_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDeFiche(Event):
    """Something that left an étape in the fiche's own history."""

    fiche_id: int
    etape_id: int


class FicheRetablie(EvenementDeFiche):
    """Withdrawn by mistake, public again."""


class FichePrecisee(EvenementDeFiche):
    pass


class FicheSignaleePlusActuelle(EvenementDeFiche):
    pass


class FicheOrientee(EvenementDeFiche):
    """Nobody was ticked for it; an animateur found its owners."""


class FicheElargie(EvenementDeSaisine):
    """One more acteur owns it: the saisine is the new one."""


class SaisineTransferee(EvenementDeSaisine):
    """It has another owner than before."""


@dataclass(frozen=True, kw_only=True)
class EtapeMasquee(Event):
    """`texte` and its `html`: the words that are erased, for whoever quoted them; nothing else keeps them."""

    etape_id: int
    texte: str
    html: str


class SaisinePriseEnCharge(EvenementDeSaisine):
    pass


class EtapeAjoutee(EvenementDeSaisine):
    pass


class SaisineRepondue(EvenementDeSaisine):
    pass


class SaisineReglee(EvenementDeSaisine):
    pass


class SaisineAbandonnee(EvenementDeSaisine):
    pass


class SaisineRouverte(EvenementDeSaisine):
    pass


class AvisDonne(EvenementDeSaisine):
    pass


class ReouvertureDemandee(EvenementDeSaisine):
    pass


class ReouvertureRefusee(EvenementDeSaisine):
    pass


class ReouvertureContestee(EvenementDeSaisine):
    pass


class ReouvertureRejetee(EvenementDeSaisine):
    pass
