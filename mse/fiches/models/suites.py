"""Verdict of the delegates on an answer, their request to reopen, and durability of a solution."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped, mapped_column

from mse.annuaire.models import Acteur
from mse.core.database import UTCDateTime
from mse.fiches.models.etape import Avis, DemandeReouverture
from mse.fiches.workflow import EtatDemande, Statut

DURABLE = "est_durable IS NULL OR durabilite_demandee_le IS NOT NULL"


class Jugee:
    """Columns and methods of `Saisine` about what delegates say after an answer."""

    # Of a saisine réglée: when the delegates were asked whether the problem has come back, and their answer.
    durabilite_demandee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    est_durable: Mapped[bool | None]

    if TYPE_CHECKING:  # attributes that Saisine declares
        statut: Mapped[Statut]
        tour: Mapped[int]
        traitee_le: Mapped[datetime | None]
        acteur: Mapped[Acteur]
        avis: Mapped[list[Avis]]
        demandes: Mapped[list[DemandeReouverture]]

    @property
    def attend_durabilite(self) -> bool:
        """True if the delegates were asked whether the problem has come back. They may answer again."""
        return self.statut == Statut.REGLEE and self.durabilite_demandee_le is not None

    def avis_du_tour(self) -> Avis | None:
        """Return the delegates' verdict on the present answer."""
        return next((avis for avis in self.avis if avis.tour == self.tour), None)

    def demande_courante(self) -> DemandeReouverture | None:
        """Return the last request to reopen about the present answer, in any state."""
        return next((demande for demande in reversed(self.demandes) if demande.tour == self.tour), None)

    @property
    def est_sans_voix(self) -> bool:
        """True if nobody would read a request: the owner is closed or has no active agent."""
        return self.acteur.est_ferme or not self.acteur.a_un_agent

    def attend_animateur(self, le: date) -> bool:
        """True if an animateur has to decide on the open request to reopen.

        The request is contested or unanswered, or its owner cannot read it (`est_sans_voix`).
        """
        demande = self.demande_courante()
        if demande is None or not demande.est_ouverte:
            return False
        return demande.echappe_au_responsable(le) or self.est_sans_voix

    @property
    def est_tranchee(self) -> bool:
        """True if an animateur has rejected the request to reopen the present answer. Delegates cannot ask
        again until the owner answers or closes the saisine once more."""
        demande = self.demande_courante()
        if demande is None or demande.etat != EtatDemande.REJETEE:
            return False
        return self.traitee_le is not None and self.traitee_le <= demande.demandee_le
