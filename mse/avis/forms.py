"""Forms of the verdict and of the request to reopen."""

from typing import Any

from wtforms import Field, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from mse.core.text import lazy
from mse.core.web import BaseForm, VersionedForm, Visible, options
from mse.fiches.api import AVIS, MOTIF_MAX, MOTIF_MIN, REPONSE_MAX, REPONSE_MIN, Decision


class MotifForm(BaseForm):
    texte = TextAreaField(lazy("Pourquoi ?"), validators=[Visible(min=MOTIF_MIN, max=MOTIF_MAX)])


class AvisForm(VersionedForm):
    valeur = RadioField(
        lazy("Cette réponse vous a-t-elle aidé ?"),
        choices=options(AVIS.items()),
        validators=[InputRequired(lazy("Choisissez une des trois réponses."))],
    )
    commentaire = TextAreaField(lazy("Dites-en plus"), validators=[Visible(max=MOTIF_MAX)])


class DurabiliteForm(BaseForm):
    reponse = RadioField(
        lazy("Le problème est-il revenu ?"),
        choices=options([("non", lazy("Non, c’est bien réglé")), ("oui", lazy("Oui, il est revenu"))]),
        validators=[InputRequired(lazy("Choisissez une des deux réponses."))],
    )
    texte = TextAreaField(lazy("Dites-en plus"), validators=[Visible(max=MOTIF_MAX)])


class _Decide(Visible):
    """Require the length of an answer to decline a request, that of a reason to accept it."""

    def __init__(self) -> None:
        super().__init__(max=REPONSE_MAX)
        self.field_flags["required"] = True

    def __call__(self, form: Any, field: Field) -> None:
        non = form.decision.data in (Decision.REFUSER, Decision.REJETER)
        Visible(min=REPONSE_MIN if non else MOTIF_MIN, max=self.max)(form, field)


class DemandeForm(BaseForm):
    """Decision of the owner or of an animateur on a request to reopen."""

    decision = RadioField(
        lazy("Votre décision"), validators=[InputRequired(lazy("Choisissez une décision."))]
    )
    texte = TextAreaField(lazy("Expliquez"), validators=[_Decide()])
    retour = HiddenField()  # path of the queue to return to
