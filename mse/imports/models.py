"""Imports of the public list of organismes: requested on a page, run by the worker."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, state
from mse.core.files.store import Store
from mse.extensions import Model


class EtatImport(StrEnum):
    ATTENTE = "attente"
    EN_COURS = "en_cours"
    FINI = "fini"
    REFUSE = "refuse"  # `phrase` says why


class ImportOrganismes(Model):
    """One requested import. Its file is deleted once read, its report after thirty days."""

    __tablename__ = "imports_organismes"
    __table_args__ = (Index(None, "etat", "id"),)

    store = Store("imports")

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str] = mapped_column(String(100))
    essai: Mapped[bool]
    partout: Mapped[bool]  # True: import organismes outside the démarche's territoires too
    par_id: Mapped[int] = mapped_column(ForeignKey("comptes.id"))
    etat: Mapped[EtatImport] = mapped_column(state(EtatImport), default=EtatImport.ATTENTE)
    phrase: Mapped[str | None] = mapped_column(String(300))
    demande_le: Mapped[datetime] = mapped_column(UTCDateTime)
    vu_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last heartbeat of the worker
    fichier: Mapped[str | None] = mapped_column(String(40))
    rapport: Mapped[str | None] = mapped_column(String(40))
    total: Mapped[int]  # number of lines of the file
    lues: Mapped[int] = mapped_column(default=0)
    crees: Mapped[int] = mapped_column(default=0)
    actualises: Mapped[int] = mapped_column(default=0)
    inchanges: Mapped[int] = mapped_column(default=0)
    refuses: Mapped[int] = mapped_column(default=0)
    laisses: Mapped[int] = mapped_column(default=0)

    @property
    def est_en_attente(self) -> bool:
        return self.etat == EtatImport.ATTENTE

    @property
    def est_refuse(self) -> bool:
        return self.etat == EtatImport.REFUSE

    @property
    def est_fini(self) -> bool:
        return self.est_refuse or self.etat == EtatImport.FINI

    @property
    def chemin_rapport(self) -> Path | None:
        return self.store.path(self.rapport) if self.rapport else None
