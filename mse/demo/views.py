"""Style guide `/_composants`: every component in each state, with sample data. In the demonstration only."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from mse.core.text import _, lazy
from mse.core.time_limits import TimeLimit
from mse.core.web import PUBLIC, droit, render
from mse.core.web.forms import BaseForm
from mse.fiches.libelles import ETAPES
from mse.fiches.workflow import NatureEtape

bp = Blueprint("demo", __name__)

_JOUR = date(2026, 12, 1)  # the picture of the tests must not change from day to day
_TEXTE = "<p>Le nouvel arrêt ouvre le 4 janvier. D’ici là, une navette part de la gare à 8 h 10.</p>"
_FIL = (
    (NatureEtape.PRISE_EN_CHARGE, None, ""),
    (NatureEtape.REPONSE, 18, _TEXTE),
    (NatureEtape.AVIS, None, "<p>La réponse a aidé en partie.</p>"),
    (NatureEtape.REGLEMENT, 20, "<p>L’arrêt est ouvert.</p>"),
)


class EchantillonForm(BaseForm):
    """Sample form of the style guide: one field of each kind."""

    titre = StringField(lazy("Un titre"), validators=[InputRequired(), Length(max=90)])
    texte = TextAreaField(lazy("Que se passe-t-il ?"), validators=[InputRequired(), Length(min=15, max=5000)])
    theme = SelectField(lazy("Thème"), choices=[("", lazy("Tous")), ("transport", lazy("Transport"))])
    jour = DateField(lazy("Le"))
    fichier = FileField(lazy("Une photo"))
    avis = RadioField(
        lazy("Cette réponse vous a-t-elle aidé ?"),
        choices=[("oui", lazy("Oui")), ("en_partie", lazy("En partie")), ("non", lazy("Non"))],
        validators=[InputRequired()],
    )
    accord = BooleanField(lazy("Je l’ai relu"))


@bp.get("/_composants")
@droit(PUBLIC)
def composants() -> ResponseReturnValue:
    if current_app.config["MSE"].mode != "demo":
        abort(404)
    refuse = EchantillonForm(formdata=None, prefix="refuse-")
    refuse.process()
    refuse.texte.errors = [_("Ajoutez quelques mots.")]
    refuse.avis.errors = [_("Choisissez une réponse.")]
    return render(
        "demo/composants.html",
        form=None,
        vierge=EchantillonForm(formdata=None),
        refuse=refuse,
        delais={
            _("jour 4 sur 20"): TimeLimit(20, 4, 0),
            _("jour 18 sur 20"): TimeLimit(20, 18, 0),
            _("3 jours de retard"): TimeLimit(20, 23, 3),
        },
        fil=[_etape(rang, *une) for rang, une in enumerate(_FIL)],
        etapes_libelles=ETAPES,
        passages=SimpleNamespace(transferts={}, noms={}, pieces={}),
        le=_JOUR,
    )


def _etape(rang: int, nature: NatureEtape, jours: int | None, texte: str) -> SimpleNamespace:
    return SimpleNamespace(
        id=rang,
        nature=nature,
        le=datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(days=rang),
        jours_ouvres=jours,
        acteur_id=None,
        texte_html=texte,
        masquee_motif=None,
    )
