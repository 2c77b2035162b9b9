"""Import people or promotions from a file: review, import, then download of the report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from mse.core.csv_reading import read_rows
from mse.core.csv_writing import write_csv
from mse.core.errors import DonneeInvalide
from mse.core.text import _, lazy
from mse.core.use_cases import release
from mse.core.web import accepts_files, droit, moi, render
from mse.imports.bilan import Issue
from mse.imports.forms import ImportForm, RapportForm
from mse.imports.lecture_tableau import LIGNES_MAX, TAILLE_MAX, Colonne, read_fichier, read_tableau
from mse.imports.policies import peut_importer_personnes, peut_importer_promotions
from mse.imports.revue import LigneRevue, Revue
from mse.imports.use_cases import importer_personnes, importer_promotions
from mse.imports.views import bp

# Refused lines come first, because the user has to correct them.
_ISSUES = {
    Issue.A_DECIDER: lazy("à décider"),
    Issue.REFUSE: lazy("refusée"),
    Issue.CREE: lazy("créée"),
    Issue.ACTUALISE: lazy("changée"),
    Issue.INCHANGE: lazy("déjà à jour"),
}


@dataclass(frozen=True)
class Sorte:
    """Settings of one of the two imports. `montre`: columns of the review, each a title and its cells."""

    nom: str
    importer: Callable[..., Revue]
    colonnes: Sequence[Colonne]
    exemples: Sequence[Sequence[str]]
    montre: Sequence[tuple[Any, tuple[str, ...]]]
    decide: bool = False  # True if texts of the file may be ambiguous: the person chooses

    def cells(self, ligne: LigneRevue) -> list[str]:
        return [" ".join(filter(None, map(ligne.cellules.get, noms))) for _titre, noms in self.montre]


PERSONNES = Sorte(
    nom="personnes",
    importer=importer_personnes.importer_personnes,
    colonnes=importer_personnes.COLONNES,
    exemples=(
        ("Samira", "Exemple", "samira@exemple.fr", "titulaire", "", "Agent de cuisine", "03/11/2026"),
        ("Karim", "Exemple", "karim@exemple.fr", "suppléant", "", "Agent de cuisine", "03/11/2026"),
        ("Ada", "Exemple", "ada@exemple.fr", "agent", "Lavande Formation", "", ""),
        ("René", "Exemple", "rene@exemple.fr", "référent", "Lavande Formation", "", ""),
    ),
    montre=(
        (lazy("Personne"), ("prenom", "nom")),
        (lazy("Courriel"), ("courriel",)),
        (lazy("Rôle"), ("role",)),
        (lazy("Où"), ("acteur", "promotion", "debut")),
    ),
)
PROMOTIONS = Sorte(
    nom="promotions",
    importer=importer_promotions.importer_promotions,
    colonnes=importer_promotions.COLONNES,
    exemples=(
        ("Agent de cuisine", "13001 Marseille", "03/11/2026", "12/03/2027", "12", "Lavande Formation"),
        ("Soudeur", "Nice", "2026-11-16", "2027-05-28", "9", "Lavande Formation"),
    ),
    montre=(
        (lazy("Titre"), ("titre",)),
        (lazy("Commune"), ("commune",)),
        (lazy("Début"), ("debut",)),
        (lazy("Fin"), ("fin",)),
        (lazy("Effectif"), ("effectif",)),
    ),
    decide=True,
)


@bp.route("/importer/personnes", methods=["GET", "POST"])
@droit(peut_importer_personnes)
@accepts_files(TAILLE_MAX)
def importer_des_personnes() -> ResponseReturnValue:
    return _import(PERSONNES)


@bp.route("/importer/promotions", methods=["GET", "POST"])
@droit(peut_importer_promotions)
@accepts_files(TAILLE_MAX)
def importer_des_promotions() -> ResponseReturnValue:
    return _import(PROMOTIONS)


@bp.get("/importer/modele-personnes.csv")
@droit(peut_importer_personnes)
def modele_personnes() -> Response:
    return _download_model(PERSONNES)


@bp.get("/importer/modele-promotions.csv")
@droit(peut_importer_promotions)
def modele_promotions() -> Response:
    return _download_model(PROMOTIONS)


@bp.post("/importer/rapport.csv")
@droit(peut_importer_personnes)
def rapport() -> Response:
    """Convert the report in the page to a file. The server stores none."""
    form = RapportForm()
    if not form.validate_on_submit():
        raise DonneeInvalide(_("Ce rapport n’est plus là : recommencez depuis la page de l’import."))
    return _download("rapport.csv", read_rows(form.rapport.data))


def _import(sorte: Sorte) -> ResponseReturnValue:
    form = ImportForm()
    limites = {"lignes": LIGNES_MAX, "octets": TAILLE_MAX}
    if not form.validate_on_submit():
        return render("imports/importer.html", form=form, sorte=sorte, limites=limites)
    release()  # parsing is slow and must not block other writes
    fichier = request.files.get("fichier")
    if fichier is not None and fichier.filename:
        form.texte.data = read_fichier(fichier.read(TAILLE_MAX + 1))
    digest = request.form.get("digest", "")
    choix = {"choix": _read_choices()} if sorte.decide else {}
    tableau = read_tableau(form.texte.data or "", sorte.colonnes)
    revue = sorte.importer(tableau, digest=digest, par=moi(), **choix)
    page = "imports/importer_rapport.html" if revue.ecrite else "imports/importer_revue.html"
    return render(
        page,
        form=form,
        sorte=sorte,
        revue=revue,
        **choix,
        issues=_ISSUES,
        depassee=bool(digest),
        rapport=_report_as_text(sorte, revue) if revue.ecrite else "",
    )


def _read_choices() -> dict[str, str]:
    """Return the INSEE code chosen for each ambiguous commune text."""
    decides = (valeur.partition(" ") for valeur in request.form.getlist("commune"))
    return {texte: code for code, _espace, texte in decides if texte}


def _report_as_text(sorte: Sorte, revue: Revue) -> str:
    titres = [_("ligne"), _("résultat"), _("explication"), *(str(titre) for titre, _noms in sorte.montre)]
    lignes = ([x.numero, _ISSUES[x.issue], x.phrase, *sorte.cells(x)] for x in revue.lignes)
    return write_csv([titres, *lignes]).decode("utf-8-sig")


def _download_model(sorte: Sorte) -> Response:
    titres = [colonne.titre for colonne in sorte.colonnes]
    return _download(f"modele-{sorte.nom}.csv", [titres, *sorte.exemples])


def _download(nom: str, lignes: Sequence[Sequence[object]]) -> Response:
    response = Response(write_csv(lignes), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=nom)
    return response
