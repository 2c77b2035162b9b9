"""Audience: two counts a day, without personal data."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from mse.extensions import Model


class JourAudience(Model):
    __tablename__ = "audience_jours"

    jour: Mapped[date] = mapped_column(primary_key=True)
    pages: Mapped[int]  # page views
    visites: Mapped[int]  # page views that come from outside: typed address, mail, other site
