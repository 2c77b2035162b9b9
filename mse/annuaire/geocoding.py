"""Find the commune named by a text or an address, in one index of names, postcodes and INSEE codes.

A postcode and an INSEE code look alike. In Provence-Alpes-Côte d’Azur, 76 of the 400 postcodes are the INSEE
code of another commune; such a text is ambiguous and returns the communes of both.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from mse.annuaire.models import Commune, Niveau, Territoire, dire_commune, read_departement
from mse.annuaire.place_parsing import city_key, read_place
from mse.core.text import _

# Marseille, Lyon, Paris (Code général des collectivités territoriales, L2511-3): INSEE code → (number of
# arrondissements, base). The INSEE code of arrondissement i is base + i.
_ARRONDISSEMENTS = {"13055": (16, 13200), "69123": (9, 69380), "75056": (20, 75100)}
# First three digits of a postcode → département; any other Corsican prefix is a CEDEX of either département.
_CORSE = {"200": ("2A",), "201": ("2A",), "202": ("2B",), "206": ("2B",)}


PROCHES_MAX = 10


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    nom: str
    territoire_code: str
    codes_postaux: tuple[str, ...]

    @property
    def nom_precis(self) -> str:
        return dire_commune(self.nom, self.code)

    def lies_in(self, numero: str) -> bool:
        """True if the place lies in the département `numero`, or has an arrondissement of that number."""
        combien, _base = _ARRONDISSEMENTS.get(self.code, (0, 0))
        arrondissement = int(numero) if numero.isdigit() else 0
        return read_departement(self.code) == numero.zfill(2) or 0 < arrondissement <= combien


@dataclass(frozen=True)
class Lecture:
    """The places that match a text. `exacte`: they match the whole text; else they have similar names."""

    places: Sequence[Place]
    exacte: bool = False
    codes: tuple[str, ...] = ()

    def describe(self, place: Place) -> str:
        """Return the name of a place, with the way to read the code if it is ambiguous: «Belcodène (13), si
        c’est un code INSEE»."""
        postales = [autre for autre in self.places if set(self.codes) & set(autre.codes_postaux)]
        if not self.codes or len(postales) in (0, len(self.places)):
            return place.nom_precis
        if place in postales:
            return _("%(commune)s, si c’est un code postal", commune=place.nom_precis)
        return _("%(commune)s, si c’est un code INSEE", commune=place.nom_precis)


@dataclass(frozen=True)
class Lieu:
    """The most specific territoire and commune found for an address. `remarque`: sentence about the missing
    parts."""

    territoire_code: str | None
    commune_code: str | None = None
    remarque: str = ""
    sans_departement: bool = False
    dehors: bool = False  # the address is outside the démarche's territoires


class Lieux:
    """The communes and territoires of the démarche, indexed once for many texts."""

    def __init__(self, communes: Iterable[Commune], territoires: Iterable[Territoire]) -> None:
        par_code = {territoire.code: territoire for territoire in territoires}
        self._lignees = {code: _lineage(code, par_code) for code in par_code}
        self._regions = {t.code for t in par_code.values() if t.niveau == Niveau.REGION}
        self._departements = {t.code for t in par_code.values() if t.niveau == Niveau.DEPARTEMENT}
        self._par_postcode: defaultdict[str, list[Place]] = defaultdict(list)
        self._par_insee: dict[str, Place] = {}
        self._par_nom: defaultdict[str, list[Place]] = defaultdict(list)
        for commune in communes:
            codes_postaux = tuple(commune.codes_postaux.split())
            place = Place(commune.code, commune.nom, commune.territoire_code, codes_postaux)
            self._par_nom[city_key(commune.nom)].append(place)
            combien, base = _ARRONDISSEMENTS.get(place.code, (0, 0))
            for code in (place.code, *(str(base + n) for n in range(1, combien + 1))):
                self._par_insee[code] = place
            for postcode in codes_postaux:
                self._par_postcode[postcode].append(place)

    def read(self, texte: str) -> Lecture:
        """Find places by name, postcode or INSEE code, in any order. Lost leading zeros are restored.

        A département or an arrondissement narrows the result. Examples: «Mirabeau (84)», «13013», «6088»,
        «AIX-EN-PROVENCE CEDEX 1», «Marseille 13e».
        """
        ecrit = read_place(texte)
        nommees = self._par_nom.get(ecrit.nom, [])
        indices = [nommees] if ecrit.nom else []
        indices += [self._read_code(code, nommees, cedex=ecrit.cedex) for code in ecrit.codes]
        if not indices:  # a département alone («84») is no commune
            return Lecture([])
        tous = {place for indice in indices for place in indice}
        citees = sorted(tous, key=lambda place: (place.code in ecrit.codes, place.code))
        possibles = [
            place
            for place in citees
            if all(place in indice for indice in indices) and all(map(place.lies_in, ecrit.numeros))
        ]
        if possibles:
            return Lecture(possibles, True, ecrit.codes)
        return Lecture(citees or self._list_close(ecrit.nom))

    def _read_code(self, code: str, nommees: list[Place], *, cedex: bool) -> list[Place]:
        """Return the communes of a postcode or INSEE code. No file lists CEDEX postcodes; for one of them,
        return the communes of `nommees` in the département of the code."""
        postales, insee = self._par_postcode.get(code, []), self._par_insee.get(code)
        if nommees and (cedex or not (postales or insee)):
            departements = self._list_departements(code)
            return [place for place in nommees if self._lies_in_one(place, departements)]
        return [*postales, *([insee] if insee and insee not in postales else [])]

    def _list_close(self, nom: str) -> list[Place]:
        """Return places whose name contains the text or is contained in it; else places with a similar
        spelling."""
        if not nom:
            return []
        mots = set(nom.split())
        proches = [c for c in self._par_nom if mots <= set(c.split()) or nom.startswith(f"{c} ")][
            :PROCHES_MAX
        ]
        proches = proches or get_close_matches(nom, self._par_nom, n=3, cutoff=0.7)
        return [place for cle in proches for place in self._par_nom[cle]]

    def find(self, code_postal: str, ville: str, code_region: str) -> Lieu:
        """Locate an address of the public list. If several places match, return a territoire that contains
        them all."""
        if not code_postal:
            return self._region_only(code_region, dite=bool(code_region))
        ici = self._par_postcode.get(code_postal, [])
        nommees = self._par_nom.get(city_key(ville), [])
        exactes = [place for place in ici if place in nommees]
        if len(exactes) == 1:
            return Lieu(exactes[0].territoire_code, exactes[0].code)
        departements = self._list_departements(code_postal)
        homonymes = [place for place in nommees if self._lies_in_one(place, departements)]
        if len(homonymes) == 1:
            return Lieu(homonymes[0].territoire_code, homonymes[0].code)
        if ici:
            territoire = self._find_common([place.territoire_code for place in ici])
            return Lieu(
                territoire,
                ici[0].code if len(ici) == 1 else None,
                _("commune « %(ville)s » inconnue, placé d’après le code postal", ville=ville)
                if ville
                else _("sans commune, placé d’après le code postal"),
                sans_departement=territoire in self._regions,
            )
        if departements:
            remarque = _("code postal %(code)s inconnu, placé dans son département", code=code_postal)
            territoire = self._find_common(departements)
            return Lieu(territoire, None, remarque, sans_departement=territoire in self._regions)
        return self._region_only(code_region, dite=True)

    def _list_departements(self, code_postal: str) -> list[str]:
        """Return the départements of the démarche in which this postcode may lie."""
        corse = _CORSE.get(code_postal[:3], ("2A", "2B")) if code_postal.startswith("20") else ()
        possibles = corse or (code_postal[:2], code_postal[:3])
        return [code for code in possibles if code in self._departements]

    def _lies_in_one(self, place: Place, departements: Sequence[str]) -> bool:
        """True if the place lies in one of these départements."""
        return any(code in self._lignees[place.territoire_code] for code in departements)

    def _region_only(self, code_region: str, *, dite: bool) -> Lieu:
        """Return the region alone, or a `Lieu` outside the démarche. `dite`: the line gives a postcode or a
        region."""
        region = code_region.zfill(2)
        if region in self._regions:
            return Lieu(region, None, _("sans département"), sans_departement=True)
        if dite:
            return Lieu(None, None, _("hors du territoire"), sans_departement=True, dehors=True)
        return Lieu(None, None, _("sans département ni région"), sans_departement=True)

    def _find_common(self, codes: Sequence[str]) -> str | None:
        """Return the most specific territoire that contains all of them."""
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
