"""Events of initiatives. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementInitiative(Event):
    initiative_id: int


class InitiativeProposee(EvenementInitiative):
    pass


class InitiativeModifiee(EvenementInitiative):
    """Its texts, its thème or its porteurs changed."""


class InitiativeRetiree(EvenementInitiative):
    pass


class InitiativeRetablie(EvenementInitiative):
    pass


@dataclass(frozen=True, kw_only=True)
class InitiativeAvancee(EvenementInitiative):
    """Its status changed."""

    ligne_id: int


@dataclass(frozen=True, kw_only=True)
class NouvelleDonnee(EvenementInitiative):
    ligne_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDePortage(EvenementInitiative):
    demande_id: int


class PortageDemande(EvenementDePortage):
    """A promotion or an organisme asks to carry it too."""


class PortageAccepte(EvenementDePortage):
    pass


class PortageDecline(EvenementDePortage):
    pass


class DemandePortageRetiree(EvenementDePortage):
    """The requesters withdrew their request."""


class ParticipationCommencee(EvenementInitiative):
    """`par_id` takes part from now on."""


class ParticipationTerminee(EvenementInitiative):
    pass


@dataclass(frozen=True, kw_only=True)
class InitiativeLiee(EvenementInitiative):
    """It is linked to a fiche that it answers."""

    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class InitiativeDeliee(EvenementInitiative):
    fiche_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentAjoute(EvenementInitiative):
    document_id: int


@dataclass(frozen=True, kw_only=True)
class DocumentRetire(EvenementInitiative):
    """A document was removed by a porteur or an animateur; its file is deleted."""

    document_id: int


@dataclass(frozen=True, kw_only=True)
class LigneMasquee(EvenementInitiative):
    ligne_id: int
