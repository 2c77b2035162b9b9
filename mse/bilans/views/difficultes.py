"""The page of acteurs in difficulty, and its CSV."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from mse.annuaire.policies import est_animateur
from mse.annuaire.queries import group_noms_de_territoires, list_sous_arbre
from mse.bilans.forms import FiltresDifficultesForm
from mse.bilans.libelles import dire_delai, dire_raison
from mse.bilans.policies import peut_voir_difficultes
from mse.bilans.queries.difficultes import (
    Curseur,
    Rang,
    get_compte_le,
    list_comptes,
    list_rangs,
    list_tous_les_rangs,
)
from mse.bilans.trimestres import Trimestre
from mse.bilans.views import bp
from mse.core.clock import today
from mse.core.csv_writing import write_csv
from mse.core.errors import DonneeInvalide
from mse.core.rate_limit import rate_limited
from mse.core.text import _
from mse.core.web import droit, lien, moi, options, render
from mse.demarche import get_demarche

PAR_ADRESSE, EN_TOUT = 6, 30  # files a minute
Cellule = str | int | float | None


@dataclass(frozen=True)
class Demande:
    """The quarter and the territoire that the URL asks for."""

    form: FiltresDifficultesForm
    trimestre: Trimestre
    sous_arbre: list[str] | None

    @property
    def choix(self) -> dict[str, Any]:
        """Return the filters, for a URL."""
        return {nom: valeur for nom, valeur in self.form.data.items() if valeur}


@bp.get("/acteurs/en-difficulte")
@droit(peut_voir_difficultes)
def difficultes() -> ResponseReturnValue:
    demande, le = _read_demande(), today()
    peu = request.args.get("liste") == "peu"
    apres = request.args.get("apres", "")
    page = list_rangs(
        demande.trimestre, le=le, juges=not peu, apres=Curseur.lire(apres), sous_arbre=demande.sous_arbre
    )
    choix = {**demande.choix, **({"liste": "peu"} if peu else {})}
    return render(
        "bilans/difficultes.html",
        champs=demande.form,
        trimestre=demande.trimestre,
        est_fini=demande.trimestre.est_fini(le),
        calcul=get_compte_le(demande.trimestre),
        rangs=[(rang, dire_raison(rang.chiffres)) for rang in page.rangs],
        peu=peu,
        choix=demande.choix,
        suite=url_for("bilans.difficultes", **choix, apres=page.suite) if page.suite else None,
        debut=url_for("bilans.difficultes", **choix) if apres else None,
        dire_delai=dire_delai,
        minimum=get_demarche().meteo.minimum,
        relance=est_animateur(moi()),
    )


@bp.get("/acteurs/en-difficulte.csv")
@droit(peut_voir_difficultes)
def difficultes_csv() -> Response:
    demande = _read_demande()
    response = Response(write_csv(_tableau(demande)), mimetype="text/csv")
    name = f"acteurs-{demande.trimestre.code}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@rate_limited(PAR_ADRESSE, EN_TOUT)
def _tableau(demande: Demande) -> list[list[Cellule]]:
    """Return a header, then one row for each acteur. Shares, delays and verdicts of acteurs with too few
    answers are left empty, as on the page."""
    titres = [_("acteur"), _("trimestre"), _("réponses attendues"), _("à temps"), _("manquées"), _("part %")]
    titres += [_("délai médian en jours ouvrés"), _("avis oui"), _("avis en partie"), _("avis non")]
    titres += [
        _("trimestre d’avant\u202f: attendues"),
        _("trimestre d’avant\u202f: part %"),
        _("comptes"),
        _("bilan"),
    ]
    rangs = list_tous_les_rangs(demande.trimestre, le=today(), sous_arbre=demande.sous_arbre)
    return [[*titres], *(_ligne(rang, demande.trimestre) for rang in rangs)]


def _ligne(rang: Rang, trimestre: Trimestre) -> list[Cellule]:
    une, avant = rang.chiffres, rang.avant
    jugees: list[Cellule] = [None] * 7
    if une.est_jugee:
        jugees = [une.tenues, une.manquees, une.pourcentage, une.delai, une.oui, une.en_partie, une.non]
    return [
        rang.nom,
        trimestre.code,
        une.dues,
        *jugees,
        avant.dues if avant else 0,
        avant.pourcentage if avant and avant.est_jugee else None,
        _("aucun compte ouvert") if rang.est_sans_compte else None,
        lien("fiches.acteur", acteur_id=rang.id),
    ]


def _read_demande() -> Demande:
    """Read the filters. Without a quarter: the current one. Raise `DonneeInvalide`."""
    courant = Trimestre.du(today())
    offerts = dict.fromkeys([courant, *list_comptes()])
    form = FiltresDifficultesForm(request.args)
    form.trimestre.choices = options((une.code, une.nom) for une in sorted(offerts, reverse=True))
    form.territoire.choices = [
        SelectChoice("", _("Tous")),
        *(
            SelectChoice(lieu.code, lieu.nom, optgroup=groupe)
            for groupe, lieux in group_noms_de_territoires()
            for lieu in lieux
        ),
    ]
    form.trimestre.data = form.trimestre.data or courant.code
    form.territoire.data = form.territoire.data or ""
    if not form.validate():
        raise DonneeInvalide(_("Un des filtres n’est pas valable\u202f: choisissez-les dans les listes."))
    trimestre = Trimestre.lire(form.trimestre.data) or courant
    lieu = form.territoire.data
    return Demande(form, trimestre, list(list_sous_arbre(lieu)) if lieu else None)
