"""Models: stored figures, which keep the cost of a page independent of the number of facts; bulletins."""

from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from mse.core.database import UTCDateTime, state
from mse.core.files import Store
from mse.core.html import sanitize
from mse.demarche import ReglagesMeteo, get_demarche
from mse.extensions import Model
from mse.meteo.mesures import Chiffre, Mesure, Releve


class ChiffreMeteo(Model):
    """A stored figure: k out of n of a measure, for a territoire and all below it, over the window that ends
    on `jour`. `coupe`: empty for all, `theme:<code>` or `nature:<nature>` for a part. No row where n is 0."""

    __tablename__ = "meteo_chiffres"
    __table_args__ = (CheckConstraint("k >= 0 AND k <= n AND n > 0", name="k_sur_n"),)

    territoire_code: Mapped[str] = mapped_column(ForeignKey("territoires.code"), primary_key=True)
    coupe: Mapped[str] = mapped_column(String(60), primary_key=True)
    jour: Mapped[date] = mapped_column(primary_key=True)
    mesure: Mapped[Mesure] = mapped_column(state(Mesure), primary_key=True)
    k: Mapped[int]
    n: Mapped[int]

    @property
    def chiffre(self) -> Chiffre:
        return Chiffre(self.k, self.n)


class JourMeteo(Model):
    """A day whose figures are stored. `calcule_le`: when the facts behind them were read."""

    __tablename__ = "meteo_jours"

    jour: Mapped[date] = mapped_column(primary_key=True)
    calcule_le: Mapped[datetime] = mapped_column(UTCDateTime)


class RepriseMeteo(Model):
    """A request to recompute the figures since `depuis`, because a fact of the past changed."""

    __tablename__ = "meteo_reprises"

    id: Mapped[int] = mapped_column(primary_key=True)
    depuis: Mapped[date]


class Bulletin(Model):
    """The weather of a month with a text by the animateurs. Once published, its text and figures are
    frozen."""

    __tablename__ = "bulletins"
    __table_args__ = (CheckConstraint("(publie_le IS NULL) = (figures IS NULL)", name="fige"),)
    store = Store("bulletins")

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(36), unique=True)  # idempotency key of the form that created it
    titre: Mapped[str] = mapped_column(String(120))
    texte: Mapped[str] = mapped_column(Text)
    texte_html: Mapped[str] = mapped_column(Text)
    jour: Mapped[date]  # the day of its figures
    figures: Mapped[list[dict[str, Any]] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # one item for each territoire, see `figer`
    cree_le: Mapped[datetime] = mapped_column(UTCDateTime)
    publie_le: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    pdf: Mapped[str | None] = mapped_column(String(40), unique=True, index=True)  # file name in `store`

    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}

    def ecrire(self, *, titre: str, texte: str, jour: date) -> None:
        self.titre, self.jour = titre, jour
        self.texte, self.texte_html = texte, sanitize(texte)

    def figer(self, lieux: list[tuple[str, str, Releve, Releve]], *, le: datetime) -> None:
        """Publish with a copy of the figures. `lieux`: code, name, weather, weather one window earlier.

        The settings are copied too: with other thresholds the same figures would give another weather.
        """
        self.publie_le = le
        self.figures = [
            {
                "code": code,
                "nom": nom,
                "releve": _freeze(releve),
                "avant": _freeze(avant),
                "reglages": asdict(releve.reglages),
            }
            for code, nom, releve, avant in lieux
        ]

    def releves(self) -> list[tuple[str, str, Releve, Releve]]:
        """Return the frozen items: (code, name, weather, weather one window earlier)."""
        return [thaw(figure) for figure in self.figures or []]


def _freeze(releve: Releve) -> dict[str, list[int]]:
    return {mesure.value: [chiffre.k, chiffre.n] for mesure, chiffre in releve.chiffres.items()}


def thaw(figure: dict[str, Any]) -> tuple[str, str, Releve, Releve]:
    """Return (code, name, weather, weather one window earlier) of one frozen item of a bulletin. Bulletins
    frozen without settings use the current ones."""
    reglages = replace(get_demarche().meteo, **figure.get("reglages", {}))
    return (
        figure["code"],
        figure["nom"],
        _thaw(figure["releve"], reglages),
        _thaw(figure["avant"], reglages),
    )


def _thaw(kept: dict[str, list[int]], reglages: ReglagesMeteo) -> Releve:
    return Releve({Mesure(nom): Chiffre(k, n) for nom, (k, n) in kept.items()}, reglages)
