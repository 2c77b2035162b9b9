"""Events of fiches. They carry ids only, except erased words; handlers load the rest."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class FicheDeposee(Event):
    """A delegate filed the fiche; it is public or retained for moderation."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRetenue(Event):
    """The filed fiche must be read by an animateur before its publication."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FichePubliee(Event):
    """The fiche becomes public: its saisines open and their time limits start."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRendue(Event):
    """A moderator returned the fiche to its delegates, with a reason."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheTraitee(Event):
    """The fiche received its first detailed answer, from any of its owners."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class FicheRetiree(Event):
    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class SaisineOuverte(Event):
    saisine_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDeSaisine(Event):
    """An event that added an étape to the history of a saisine."""

    saisine_id: int
    etape_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDeFiche(Event):
    """An event that added an étape to the history of the fiche itself."""

    fiche_id: int
    etape_id: int


class FicheRetablie(EvenementDeFiche):
    """A withdrawn fiche is public again."""


class FichePrecisee(EvenementDeFiche):
    pass


class FicheSignaleePlusActuelle(EvenementDeFiche):
    pass


class FicheOrientee(EvenementDeFiche):
    """An animateur chose the owners of a fiche that had none."""


class FicheElargie(EvenementDeSaisine):
    """An acteur was added to the owners, by a new saisine."""


class SaisineTransferee(EvenementDeSaisine):
    """The saisine has a new owner."""


class TransfertAnnule(EvenementDeSaisine):
    """The former owner has taken its transfer back and owns the saisine again."""


@dataclass(frozen=True, kw_only=True)
class EtapeMasquee(Event):
    """The text of an étape was hidden. Handlers also remove the erased `texte` and `html` from mails; they
    are not stored anywhere else."""

    etape_id: int
    texte: str
    html: str


class SaisinePriseEnCharge(EvenementDeSaisine):
    pass


class EtapeAjoutee(EvenementDeSaisine):
    pass


class SaisineProlongee(EvenementDeSaisine):
    """The owner postponed the due date of its answer."""


class SaisineRepondue(EvenementDeSaisine):
    pass


class SaisineReglee(EvenementDeSaisine):
    pass


class SaisineAbandonnee(EvenementDeSaisine):
    pass


class SaisineRouverte(EvenementDeSaisine):
    pass
