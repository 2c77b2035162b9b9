"""Reference application «libraries alone»: the minimum cost of an answer by a signed-in agent with the
libraries of the application.

Flask-Login loads a session, Flask-WTF checks a form and its token, bleach cleans a text, the ORM reads and
changes a saisine and its fiche, then adds one line each to the history, the journal and the outbox; the
response is a redirect with a message. No rule of the application runs: no permissions, time limits, derived
status, counters or headers.
"""

from datetime import datetime
from typing import Any

import bleach
from flask import Flask, flash, redirect
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import Engine, ForeignKey, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from bench.bare import make_durable

NAME, PREFIX = "libraries alone", "/socle"
ROWS = 1_200  # saisines, each to be answered once


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Compte(db.Model, UserMixin):  # type: ignore[name-defined]
    __tablename__ = "bench_comptes"
    id: Mapped[int] = mapped_column(primary_key=True)
    roles: Mapped[list["Role"]] = relationship()


class Role(db.Model):  # type: ignore[name-defined]
    __tablename__ = "bench_roles"
    id: Mapped[int] = mapped_column(primary_key=True)
    compte_id: Mapped[int] = mapped_column(ForeignKey(Compte.id))
    acteur_id: Mapped[int]


class Fiche(db.Model):  # type: ignore[name-defined]
    __tablename__ = "bench_fiches"
    id: Mapped[int] = mapped_column(primary_key=True)
    statut: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Saisine(db.Model):  # type: ignore[name-defined]
    __tablename__ = "bench_saisines"
    id: Mapped[int] = mapped_column(primary_key=True)
    fiche_id: Mapped[int] = mapped_column(ForeignKey(Fiche.id))
    acteur_id: Mapped[int]
    statut: Mapped[str]
    repondue_le: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    fiche: Mapped[Fiche] = relationship()
    __mapper_args__ = {"version_id_col": version}


class Etape(db.Model):  # type: ignore[name-defined]
    __tablename__ = "bench_etapes"
    id: Mapped[int] = mapped_column(primary_key=True)
    saisine_id: Mapped[int] = mapped_column(ForeignKey(Saisine.id))
    le: Mapped[datetime]
    texte: Mapped[str]
    texte_html: Mapped[str]


class Ligne(db.Model):  # type: ignore[name-defined]
    """A row of the journal or of the outbox."""

    __tablename__ = "bench_lignes"
    id: Mapped[int] = mapped_column(primary_key=True)
    le: Mapped[datetime]
    action: Mapped[str]
    objet_id: Mapped[int]


class Reponse(FlaskForm):
    texte = TextAreaField(validators=[InputRequired(), Length(30, 4000)])
    version = IntegerField(validators=[InputRequired()])


_SAISINE = select(Saisine).options(joinedload(Saisine.fiche))
_COMPTE = select(Compte).options(joinedload(Compte.roles))


def create_library_app(url: str) -> Flask:
    app = Flask("socle", static_folder=None)
    app.config.update(SECRET_KEY="socle", SQLALCHEMY_DATABASE_URI=url, WTF_CSRF_TIME_LIMIT=None)
    db.init_app(app)
    with app.app_context():
        make_durable(db.engine)
    CSRFProtect(app)
    LoginManager(app).user_loader(
        lambda id: db.session.scalars(_COMPTE.where(Compte.id == int(id))).unique().one_or_none()
    )

    @app.get(f"{PREFIX}/entrer")
    def enter() -> str:
        login_user(db.session.get_one(Compte, 1))
        return str(Reponse().csrf_token.current_token)

    @app.post(f"{PREFIX}/<int:id>/reponse")
    @login_required  # type: ignore[untyped-decorator]
    def answer(id: int) -> Any:
        saisine = db.session.scalars(_SAISINE.where(Saisine.id == id)).one()
        form = Reponse()
        if not (form.validate_on_submit() and saisine.acteur_id in {role.acteur_id for role in _roles()}):
            return "", 422
        le = datetime.now()
        saisine.statut = saisine.fiche.statut = "reponse"
        saisine.repondue_le = le
        propre = bleach.clean(form.texte.data)
        etape = Etape(saisine_id=id, le=le, texte=form.texte.data, texte_html=propre)
        db.session.add(etape)
        db.session.flush()
        for action in ("journal", "annonce"):
            ligne = {"le": le, "action": action, "objet_id": etape.id}
            db.session.execute(insert(Ligne.__table__).values(ligne))
        db.session.commit()
        flash("La réponse est publiée.")
        return redirect(f"{PREFIX}/{id}", 303)

    return app


def _roles() -> list[Role]:
    roles: list[Role] = current_user.roles
    return roles


def fill(engine: Engine) -> None:
    Base.metadata.create_all(engine)
    numbers = range(1, ROWS + 1)
    rows: dict[Any, list[dict[str, Any]]] = {
        Compte: [{"id": 1}],
        Role: [{"compte_id": 1, "acteur_id": 1}],
        Fiche: [{"id": n, "statut": "en_cours"} for n in numbers],
        Saisine: [{"id": n, "fiche_id": n, "acteur_id": 1, "statut": "en_cours"} for n in numbers],
    }
    with engine.begin() as connection:
        for model, values in rows.items():
            connection.execute(insert(model.__table__), values)
