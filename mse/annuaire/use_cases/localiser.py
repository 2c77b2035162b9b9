"""Where an address lies: by the commune file, for 16 postcodes span two départements."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from mse.annuaire.models import Commune, Niveau, Territoire
from mse.core.textes import _, fold

_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur"}
_POSTCODE = re.compile(r"(?<!\d)\d{5}(?!\d)", re.ASCII)
_ARTICLES = {"l", "la", "le", "les"}


@dataclass(frozen=True)
class Lieu:
    """As precise as the address allows. `remarque` says what could not be found."""

    territoire_code: str | None
    commune_code: str | None = None
    remarque: str = ""
    sans_departement: bool = False


def city_key(ville: str) -> str:
    """The name without accents, case, abbreviations, leading article, CEDEX, arrondissement."""
    mots = fold(ville).split()
    if mots and mots[0].isdigit():  # «13001 MARSEILLE»
        mots = mots[1:]
    mots = [
        _ABREGES.get(mot, mot) for mot in takewhile(lambda mot: mot != "cedex" and not mot[0].isdigit(), mots)
    ]
    return " ".join(mots[1:] if len(mots) > 1 and mots[0] in _ARTICLES else mots)


class Lieux:
    """The communes and territoires of the démarche, indexed once for many addresses."""

    def __init__(self, communes: Iterable[Commune], territoires: Iterable[Territoire]) -> None:
        par_code = {territoire.code: territoire for territoire in territoires}
        self._lignees = {code: _lineage(code, par_code) for code in par_code}
        self._regions = {t.code for t in par_code.values() if t.niveau == Niveau.REGION}
        self._departements = {t.code for t in par_code.values() if t.niveau == Niveau.DEPARTEMENT}
        self._par_postcode: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._par_nom: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._codes: set[str] = set()
        for commune in communes:
            self._codes.add(commune.code)
            cle = city_key(commune.nom)
            entree = (cle, commune.code, commune.territoire_code)
            self._par_nom[cle].append(entree)
            for postcode in commune.codes_postaux.split():
                self._par_postcode[postcode].append(entree)

    def find(self, code_postal: str, ville: str, code_region: str) -> Lieu:
        if not code_postal:
            return self._region_only(code_region)
        ici = self._par_postcode.get(code_postal, [])
        nom = city_key(ville)
        exactes = [entree for entree in ici if entree[0] == nom]
        if len(exactes) == 1:
            return Lieu(exactes[0][2], exactes[0][1])
        # A CEDEX postcode stands in no commune file; within one département a name is enough.
        departement = next((code for code in self._departements if code_postal.startswith(code)), None)
        homonymes = [e for e in self._par_nom.get(nom, []) if departement in self._lignees[e[2]]]
        if len(homonymes) == 1:
            return Lieu(homonymes[0][2], homonymes[0][1])
        if ici:
            territoire = self._common([entree[2] for entree in ici])
            return Lieu(
                territoire,
                ici[0][1] if len(ici) == 1 else None,
                _("commune « %(ville)s » inconnue, placé d’après le code postal", ville=ville)
                if ville
                else _("sans commune, placé d’après le code postal"),
                sans_departement=territoire in self._regions,
            )
        if departement:
            remarque = _("code postal %(code)s inconnu, placé dans son département", code=code_postal)
            return Lieu(departement, None, remarque)
        return self._region_only(code_region)

    def find_commune(self, texte: str) -> str | None:
        """The INSEE code of «13055», «13001 Marseille», «Marseille (13001)», or of a unique name."""
        if texte in self._codes:
            return texte
        code_postal = _POSTCODE.search(texte)
        if code_postal is None:
            homonymes = self._par_nom.get(city_key(texte), [])
            return homonymes[0][1] if len(homonymes) == 1 else None
        lieu = self.find(code_postal[0], texte.replace(code_postal[0], " "), "")
        return None if lieu.remarque else lieu.commune_code

    def _region_only(self, code_region: str) -> Lieu:
        region = code_region.zfill(2)
        if region in self._regions:
            return Lieu(region, None, _("sans département"), sans_departement=True)
        if code_region:
            return Lieu(None, None, _("hors de la région : sans territoire"), sans_departement=True)
        return Lieu(None, None, _("sans département ni région"), sans_departement=True)

    def _common(self, codes: Sequence[str]) -> str | None:
        """The most specific territoire that holds them all."""
        return next(
            (
                code
                for code in self._lignees[codes[0]]
                if all(code in self._lignees[autre] for autre in codes)
            ),
            None,
        )


def _lineage(code: str | None, par_code: dict[str, Territoire]) -> list[str]:
    lignee = []
    while code:
        lignee.append(code)
        code = par_code[code].parent_code
    return lignee
