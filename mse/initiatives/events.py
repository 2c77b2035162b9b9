"""Events of initiatives. They carry ids only."""

from dataclasses import dataclass

from mse.core.events import Event


@dataclass(frozen=True, kw_only=True)
class EvenementInitiative(Event):
    initiative_id: int


class InitiativeProposee(EvenementInitiative):
    pass


class InitiativeModifiee(EvenementInitiative):
    """The texts, the thème or the porteurs of an initiative changed."""


class InitiativeRetiree(EvenementInitiative):
    pass


class InitiativeRetablie(EvenementInitiative):
    pass


@dataclass(frozen=True, kw_only=True)
class InitiativeAvancee(EvenementInitiative):
    """The status of an initiative changed."""

    ligne_id: int


@dataclass(frozen=True, kw_only=True)
class NouvelleDonnee(EvenementInitiative):
    ligne_id: int


@dataclass(frozen=True, kw_only=True)
class EvenementDePortage(EvenementInitiative):
    demande_id: int


class PortageDemande(EvenementDePortage):
    """A promotion or an organisme requests to become a porteur."""


class PortageAccepte(EvenementDePortage):
    pass


class PortageDecline(EvenementDePortage):
    pass


class DemandePortageRetiree(EvenementDePortage):
    """The requesters withdrew their request."""


class ParticipationCommencee(EvenementInitiative):
    """The person `par_id` became a participant."""


class ParticipationTerminee(EvenementInitiative):
    pass


@dataclass(frozen=True, kw_only=True)
class InitiativeLiee(EvenementInitiative):
    """An initiative was linked to a fiche that it answers."""

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
