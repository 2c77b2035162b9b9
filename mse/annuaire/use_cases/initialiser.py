"""Load territoires, communes and thèmes of the démarche. Corrections made in the application stay."""

import csv
from collections import Counter
from collections.abc import Iterator

from mse.annuaire.models import Commune, Niveau, Territoire, Theme, update_unless_edited
from mse.annuaire.queries import list_communes, list_territoires, list_themes
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.core.use_cases import use_case
from mse.demarche import find_beside, get_demarche
from mse.extensions import db


@use_case
def initialiser() -> None:
    """Load the communes, territorial levels and thèmes that the démarche names. Nothing is deleted."""
    territoires = get_demarche().territoires
    niveaux = [Niveau(niveau) for niveau in territoires.niveaux]
    _exige_meme_racine(territoires.racine)
    communes = [
        row for row in _read_csv(territoires.communes) if _make_code(niveaux[0], row) == territoires.racine
    ]
    if not communes:
        raise DonneeInvalide(
            _("Aucune commune n’est fournie pour le territoire %(code)s.", code=territoires.racine)
        )
    _load_territoires(niveaux, communes)
    _load_communes(niveaux[-1], communes)
    _load_themes()


def _exige_meme_racine(code: str) -> None:
    """Refuse another root: fiches, promotions and figures refer to the existing tree."""
    racine = next((t for t in list_territoires() if t.parent_code is None), None)
    if racine is not None and racine.code != code:
        raise DonneeInvalide(
            _(
                "Cette instance est celle de %(nom)s : une autre démarche demande une autre instance.",
                nom=racine.nom,
            )
        )


def _read_csv(nom: str) -> Iterator[dict[str, str]]:
    return csv.DictReader(find_beside(nom).read_text("utf-8-sig").splitlines())


def _make_code(niveau: Niveau, row: dict[str, str]) -> str:
    """Return the code of the territoire of this level that contains the commune."""
    return {
        Niveau.REGION: row["code_region"],
        Niveau.DEPARTEMENT: row["code_departement"],
        Niveau.ZONE_EMPLOI: f"{row['code_departement']}-{row.get('code_zone_emploi', '')}",
        Niveau.COMMUNE: row["code_insee"],
    }[niveau]


def _load_territoires(niveaux: list[Niveau], communes: list[dict[str, str]]) -> None:
    connus = {territoire.code: territoire for territoire in list_territoires()}
    noms = _Noms(communes)
    faits: set[str] = set()
    for row in communes:
        parent = None
        for niveau in niveaux:
            code = _make_code(niveau, row)
            if code not in faits:
                faits.add(code)
                territoire = connus.get(code)
                if territoire is None:
                    territoire = connus[code] = Territoire(code=code)
                    db.session.add(territoire)
                update_unless_edited(territoire, {"nom": _curl_apostrophes(noms.find(niveau, row))})
                territoire.niveau, territoire.parent = niveau, parent
            parent = connus[code]
    db.session.flush()


class _Noms:
    """Names of territoires.

    A zone d’emploi may span départements. Outside its most populous département, a part is named after its
    largest commune, which people know.
    """

    def __init__(self, communes: list[dict[str, str]]) -> None:
        self._regions = {row["code"]: row["nom"] for row in _read_csv("cog_regions.csv")}
        self._departements = {row["code"]: row["nom"] for row in _read_csv("cog_departements.csv")}
        parts: Counter[tuple[str, str]] = Counter()
        self._plus_grandes: dict[tuple[str, str], str] = {}
        for row in sorted(communes, key=_population):
            part = row.get("code_zone_emploi", ""), row["code_departement"]
            parts[part] += _population(row)
            self._plus_grandes[part] = row["nom"]
        self._principaux = {zone: ici for (zone, ici), _n in sorted(parts.items(), key=lambda part: part[1])}

    def find(self, niveau: Niveau, row: dict[str, str]) -> str:
        match niveau:
            case Niveau.REGION:
                return self._regions[row["code_region"]]
            case Niveau.DEPARTEMENT:
                return self._departements[row["code_departement"]]
            case Niveau.COMMUNE:
                return row["nom"]
        zone, ici = row["code_zone_emploi"], row["code_departement"]
        if self._principaux[zone] == ici:
            return row["nom_zone_emploi"]
        return _("%(commune)s et alentours", commune=self._plus_grandes[zone, ici])


def _population(row: dict[str, str]) -> int:
    return int(row["population"] or 0)


def _load_communes(niveau: Niveau, rows: list[dict[str, str]]) -> None:
    connues = {commune.code: commune for commune in list_communes()}
    for row in rows:
        commune = connues.get(row["code_insee"])
        if commune is None:
            commune = Commune(code=row["code_insee"])
            db.session.add(commune)
        commune.nom, commune.codes_postaux = _curl_apostrophes(row["nom"]), row["codes_postaux"]
        commune.territoire_code = _make_code(niveau, row)


def _load_themes() -> None:
    connus = {theme.code: theme for theme in list_themes(retires=True)}
    for ordre, defini in enumerate(get_demarche().themes, start=1):
        theme = connus.get(defini.code)
        if theme is None:
            theme = Theme(code=defini.code)
            db.session.add(theme)
        update_unless_edited(
            theme, {"libelle": defini.libelle, "ordre": ordre, "organisme": defini.organisme}
        )


def _curl_apostrophes(nom: str) -> str:
    return nom.replace("'", "’")
