"""The saisine: the handling of one fiche by one acteur, its owner."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mse.annuaire.models import Acteur
from mse.core.clock import local_date
from mse.core.database import UTCDateTime, partial_index, state
from mse.core.errors import TransitionInterdite
from mse.core.text import _
from mse.core.time_limits import TimeLimit, measure_done, measure_waiting
from mse.core.workflow import next_state, possible
from mse.core.working_days import add_working_days, count_working_days
from mse.demarche import get_demarche
from mse.extensions import Model
from mse.fiches.libelles import dire_refus
from mse.fiches.models.etape import Avis, DemandeReouverture, Etape
from mse.fiches.models.fiche import Fiche
from mse.fiches.models.pause import SUSPENDUE, Pausable
from mse.fiches.models.suites import DURABLE, Jugee
from mse.fiches.models.transfert import EcheanceRemplacee, Transfert, list_faits
from mse.fiches.urgence import cle_de_tri
from mse.fiches.workflow import TRANSITIONS, Action, CauseReport, Statut

REPORTS_MAX = 2  # transfers that may postpone the due date
# SQL condition: answered in detail, then reopened or abandoned.
REPRISE = "repondue_le IS NOT NULL AND statut <> 'reponse' AND statut <> 'reglee'"
_A_PRENDRE = " AND prise_en_charge_le IS NULL"
_AVANT = ("agir_avant", "id", "reponse_due", "fiche_id")


def _queue_index(name: str, *columns: str, where: str = "") -> Index:
    """Return an index of the open saisines of an acteur. It contains all that queues count, because reading
    the rows costs more than the rest of the page."""
    open_ones = f"statut = 'en_cours'{where} AND est_publique"
    return Index(
        name,
        "acteur_id",
        *columns,
        sqlite_where=text(f"{open_ones} = 1"),
        postgresql_where=text(open_ones),
    )


_TRAITENT = (Action.REPONDRE, Action.REGLER, Action.ABANDONNER)


class Saisine(Jugee, Pausable, Model):
    """One acteur's handling of a fiche. Due dates are stored at opening; lateness is computed from them."""

    __tablename__ = "saisines"
    __table_args__ = (
        UniqueConstraint("fiche_id", "acteur_id"),
        CheckConstraint("(statut = 'en_cours') = (traitee_le IS NULL)", name="traitee"),
        CheckConstraint("statut NOT IN ('reponse', 'reglee') OR repondue_le IS NOT NULL", name="repondue"),
        CheckConstraint(DURABLE, name="durable"),
        CheckConstraint(SUSPENDUE, name="suspendue"),
        Index(None, "acteur_id", "deposee_le", "fiche_id"),
        Index(
            "ix_saisines_par_statut",
            "acteur_id",
            "statut",
            "reponse_due",
            "id",
            sqlite_where=text("est_publique = 1"),
            postgresql_where=text("est_publique"),
        ),
        partial_index("ix_saisines_reprises", "acteur_id", where=REPRISE),
        _queue_index("ix_saisines_a_traiter", *_AVANT),
        _queue_index("ix_saisines_par_theme", "theme_code", *_AVANT),
        _queue_index("ix_saisines_a_prendre", "prise_en_charge_due", "id", "fiche_id", where=_A_PRENDRE),
        _queue_index("ix_saisines_a_prendre_avant", "agir_avant", "id", "fiche_id", where=_A_PRENDRE),
        Index(None, "reponse_due"),
        partial_index("ix_saisines_retard", "reponse_due", "id", where="statut = 'en_cours'"),
        partial_index(
            "ix_saisines_reglees",
            "traitee_le",
            "id",
            where="statut = 'reglee' AND durabilite_demandee_le IS NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey("fiches.id"))
    acteur_id: Mapped[int] = mapped_column(ForeignKey("acteurs.id"))
    statut: Mapped[Statut] = mapped_column(state(Statut), default=Statut.EN_COURS)
    theme_code: Mapped[str | None] = mapped_column(ForeignKey("themes.code"))  # copied: queues filter by it
    deposee_le: Mapped[datetime] = mapped_column(UTCDateTime)  # copied: lists by acteur need no sort
    ouverte_le: Mapped[datetime] = mapped_column(UTCDateTime)
    prise_en_charge_due: Mapped[date]
    prise_en_charge_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reponse_due: Mapped[date]
    agir_avant: Mapped[date]  # see `urgence.cle_de_tri`; a promotion that changes its end updates it
    repondue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first detailed answer
    derniere_reponse_le: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tenue_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # first detailed answer for `reponse_due`
    traitee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # left `en_cours`; None if reopened
    transferee_le: Mapped[datetime | None] = mapped_column(UTCDateTime)  # last transfer; None: never
    tour: Mapped[int] = mapped_column(default=0)  # number of answer rounds; one verdict each
    est_publique: Mapped[bool] = mapped_column(default=True)  # its fiche is; written by `Fiche.moderer`

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    fiche: Mapped[Fiche] = relationship(back_populates="saisines")
    acteur: Mapped[Acteur] = relationship()
    avis: Mapped[list[Avis]] = relationship(viewonly=True, order_by="Avis.tour")
    demandes: Mapped[list[DemandeReouverture]] = relationship(order_by="DemandeReouverture.id")
    transferts: Mapped[list[Transfert]] = relationship(order_by="Transfert.id")
    echeances_remplacees: Mapped[list[EcheanceRemplacee]] = relationship(order_by="EcheanceRemplacee.id")

    @classmethod
    def ouvrir(cls, fiche: Fiche, acteur: Acteur, *, le: datetime) -> "Saisine":
        """Open a saisine. Day 0 of the time limits is the local date of `le`."""
        delais, jour = get_demarche().delais, local_date(le)
        assert fiche.deposee_le is not None
        due = add_working_days(jour, acteur.delai_reponse or delais.reponse)
        return cls(
            fiche=fiche,
            acteur=acteur,
            statut=Statut.EN_COURS,
            theme_code=fiche.theme_code,
            deposee_le=fiche.deposee_le,
            ouverte_le=le,
            prise_en_charge_due=add_working_days(
                jour, acteur.delai_prise_en_charge or delais.prise_en_charge
            ),
            reponse_due=due,
            agir_avant=cle_de_tri(due, fiche.promotion.fin),
            tour=0,
        )

    @property
    def est_en_cours(self) -> bool:
        return self.statut == Statut.EN_COURS

    @property
    def est_close(self) -> bool:
        """True if nothing more is expected from the owner: réglée or abandonnée."""
        return self.statut in (Statut.REGLEE, Statut.ABANDONNEE)

    def attente(self, le: date) -> int:
        """Return working days since the first opening, over all owners."""
        return count_working_days(local_date(self.ouverte_le), le)

    def delai(self, le: date) -> TimeLimit:
        """Return the time limit of the answer, with the working days used until `le` or until the answer."""
        total = (self.acteur.delai_reponse or get_demarche().delais.reponse) + self.jours_prolonges
        if self.est_en_cours or self.repondue_le is None:
            return measure_waiting(total, due=self.echeance_sans_suite(le), today=le)
        return measure_done(total, begun=local_date(self.ouverte_le), done=local_date(self.repondue_le))

    def attend_prise_en_charge(self) -> bool:
        return self.est_en_cours and self.prise_en_charge_le is None

    def actions_possibles(self) -> list[Action]:
        return possible(TRANSITIONS, self.statut)

    def exige(self, action: Action) -> Statut:
        """Return the status after `action`. Raise `TransitionInterdite` with a sentence that says what is
        possible. A new answer round is refused while a request to reopen is open: it would stay undecided."""
        demande = None if self.est_en_cours else self.demande_courante()  # nothing to reopen
        if action in _TRAITENT and demande is not None and demande.est_ouverte:
            raise TransitionInterdite(
                _(
                    "Les délégué·es ont demandé de rouvrir cette fiche : "
                    "il faut d’abord répondre à leur demande."
                )
            )
        return next_state(TRANSITIONS, self.statut, action, dire_refus)

    def exige_ouverte(self) -> None:
        """Raise `TransitionInterdite` if nothing more is expected from the owner."""
        if self.est_close:
            raise TransitionInterdite(_("Cette fiche est close : rouvrez-la pour ajouter une étape."))

    def prendre_en_charge(self, *, le: datetime) -> None:
        if not self.est_en_cours:
            raise TransitionInterdite(dire_refus(self.statut, self.actions_possibles()))
        if self.prise_en_charge_le is not None:
            raise TransitionInterdite(_("Cette fiche est déjà prise en charge par votre équipe."))
        self.prise_en_charge_le = le

    def repondre(self, *, le: datetime) -> None:
        self._traiter(Action.REPONDRE, le, en_detail=True)

    def regler(self, *, le: datetime) -> None:
        self._traiter(Action.REGLER, le, en_detail=True)

    def abandonner(self, *, le: datetime, par_responsable: bool = True) -> None:
        """Abandon the saisine. `par_responsable`: record a prise en charge if there is none; False if an
        animateur acts."""
        self._traiter(Action.ABANDONNER, le, en_detail=False, par_responsable=par_responsable)
        self._clore(local_date(le))

    def rouvrir(self, *, le: datetime) -> None:
        """Reopen. A new answer is due 10 working days later."""
        self.statut = self.exige(Action.ROUVRIR)
        self.traitee_le = self.durabilite_demandee_le = self.est_durable = None
        if self.prise_en_charge_le is None:
            self._attendre_prise_en_charge(le)
        self.oublier_pauses()
        self.jours_prolonges = 0
        due = add_working_days(local_date(le), get_demarche().delais.reouverture)
        self._reporter(due, le, CauseReport.REOUVERTURE)
        self.fiche.actualiser()

    def transferer(self, vers: Acteur, etape: Etape, *, le: datetime) -> None:
        """Change the owner; a pause ends, the prise en charge starts anew. `etape` is the line of the
        transfer.

        `ouverte_le` stays, so that the delegates' wait counts from the first opening.
        """
        self.statut = self.exige(Action.TRANSFERER)
        self.reprendre(le)
        due = self.echeance_si_transferee(local_date(le))
        self.transferts.append(
            Transfert(
                etape_id=etape.id,
                de_id=self.acteur_id,
                vers_id=vers.id,
                le=le,
                echeance_avant=self.reponse_due,
                echeance_apres=due,
                prise_en_charge_avant=self.prise_en_charge_le,
                prise_en_charge_due_avant=self.prise_en_charge_due,
            )
        )
        self.acteur, self.transferee_le, self.prise_en_charge_le = vers, le, None
        self._attendre_prise_en_charge(le)
        if due != self.reponse_due:
            self._reporter(due, le, CauseReport.TRANSFERT)
        self.fiche.actualiser()

    def transfert_a_annuler(self) -> Transfert | None:
        """Return the last transfer if its new owner has not taken up the saisine, else None."""
        dernier = self.transferts[-1] if self.transferts else None
        if dernier is None or dernier.annule_id is not None or not self.attend_prise_en_charge():
            return None
        return dernier

    def annuler_transfert(self, transfert: Transfert, de: Acteur, etape: Etape, *, le: datetime) -> None:
        """Give the saisine back to its former owner `de`, with its prise en charge and its due date.

        `etape` is the line of the history. The transfer no longer counts among those that postpone the date.
        """
        self.reprendre(le)
        due = transfert.echeance_rendue(self.reponse_due, local_date(le))
        self.transferts.append(
            Transfert(
                etape_id=etape.id,
                de_id=self.acteur_id,
                vers_id=de.id,
                le=le,
                echeance_avant=self.reponse_due,
                echeance_apres=due,
                annule_id=transfert.id,
            )
        )
        self.acteur, self.prise_en_charge_le = de, transfert.prise_en_charge_avant
        self.transferee_le = max((un.le for un in list_faits(self.transferts)), default=None)
        if transfert.prise_en_charge_due_avant is None:
            self._attendre_prise_en_charge(le)
        else:
            self.prise_en_charge_due = transfert.prise_en_charge_due_avant
        if due != self.reponse_due:
            self._reporter(due, le, CauseReport.RETOUR)
        self.fiche.actualiser()

    def echeance_si_transferee(self, le: date) -> date:
        """Return the later of the due date and 10 working days after `le`. Only two transfers postpone it."""
        if sum(transfert.a_reporte for transfert in list_faits(self.transferts)) >= REPORTS_MAX:
            return self.echeance_sans_suite(le)
        return max(self.echeance_sans_suite(le), add_working_days(le, get_demarche().delais.transfert))

    def _attendre_prise_en_charge(self, le: datetime) -> None:
        jours = self.acteur.delai_prise_en_charge or get_demarche().delais.prise_en_charge
        self.prise_en_charge_due = add_working_days(local_date(le), jours)

    def _traiter(
        self, action: Action, le: datetime, *, en_detail: bool, par_responsable: bool = True
    ) -> None:
        """Apply a closing or answering action. `en_detail`: the text is a detailed answer, which starts a new
        round for the delegates' verdict."""
        self.statut = self.exige(action)
        self.traitee_le = le
        if par_responsable:
            self.prise_en_charge_le = self.prise_en_charge_le or le
        if en_detail:
            self.tour += 1
            self.repondue_le = self.repondue_le or le
            self.derniere_reponse_le = le
            self.tenue_le = self.tenue_le or le
        self.fiche.actualiser()
