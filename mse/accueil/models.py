"""How many people come, day by day: two numbers, nothing about anybody."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from mse.extensions import Model


class JourAudience(Model):
    __tablename__ = "audience_jours"

    jour: Mapped[date] = mapped_column(primary_key=True)
    pages: Mapped[int]  # opened
    visites: Mapped[int]  # of these, opened from elsewhere: typed, from a mail, from another site
