"""Find names of persons: «M. Durand», «Karim Benali», «le formateur Karim», «mr durand». Runs in linear time.

The text is cut into words once, and each rule looks at a few words around one. A first name is known from the
list of Insee (`prenoms.txt`, written by `devtools/prenoms.py`); a name after the word for a place («lycée
Marie-Curie», «rue du Docteur Fiolle») is not a person.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_MOT = re.compile(r"[^\W\d_]+(?:['’\-\u2010\u2011][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[dljmnstc]|qu|jusqu|lorsqu|puisqu)['’]", re.IGNORECASE)
_ENTRE = re.compile(r"[ \t\u00a0\u202f]{0,3}\Z")  # what separates two words of one name
_SANS_POINT = re.compile(r"[^.;!?\n]{0,8}")
_ENTRE_CIVILITE = re.compile(r"\.?[ \t\u00a0\u202f]{0,3}\Z")


def _mots(texte: str) -> frozenset[str]:
    return frozenset(texte.split())


CIVILITES = _mots(
    "m mr mrs ms mme mmes mlle melle mm monsieur madame mademoiselle messieurs dr docteur maître me"
)
_COURTES = _mots("mr mme mlle melle mrs")  # followed by a name even in lower case
FONCTIONS = _mots(
    """formateur formatrice prof professeur professeure directeur directrice conseiller conseillère
    stagiaire collègue copain copine camarade secrétaire tuteur tutrice patron patronne chef cheffe
    responsable délégué déléguée référent référente animateur animatrice coach intervenant
    intervenante coordinateur coordinatrice coordonnateur coordonnatrice éducateur éducatrice
    accompagnateur accompagnatrice gardien gardienne agent agente employé employée assistante
    assistant surveillant surveillante gestionnaire comptable maître maîtresse monitrice moniteur
    ami amie voisin voisine élève apprenti apprentie technicien technicienne cuisinier cuisinière
    infirmière infirmier psychologue médecin docteur président présidente adjoint adjointe gérant
    gérante chargé chargée hôtesse standardiste vigile concierge chauffeur enseignant enseignante
    instructeur instructrice"""
)
_APPELLE = _mots(
    "appelle appelait nomme nommait prénomme nommé nommée prénommé prénommée certain certaine signé"
)
_AVANT_MINUSCULE = _mots("avec chez à par demander demandez voir parler contacter")
_MINUSCULES = _mots(  # ordinary words when they are written in lower case
    """claire pierre rose marine jean martin olivier robin luc laurent valentin valentine pascal jade
    jasmin laure line lilas marguerite clémence garance florent clément franck marc max charles iris
    nour bernard régis maxime romaine romain honoré léger fidèle angel étienne carole mission ange
    constant florence lucien pascale renée"""
)
_LIEUX = _mots(
    """rue avenue av bd boulevard bld place cours impasse allée allées chemin quai square lycée collège
    école hôpital clinique stade gymnase centre espace salle cité résidence cfa campus foyer gare
    métro station arrêt maison institut fondation association bibliothèque médiathèque théâtre pont
    port parc prix loi plan ligne université site bâtiment tour villa zi za zac quartier rond-point
    terminus tram bus navette groupe scolaire montée traverse esplanade passage route faubourg
    promenade jardin musée église chapelle amphi amphithéâtre internat restaurant magasin enseigne
    logiciel saint sainte st ste ville commune lieu-dit lieu iut crous ufr pôle village domaine mas
    château auberge crèche ehpad entreprise société garage cabinet editions éditions organisme hôtel
    mairie théorème échelle méthode laboratoire plateforme halle polyclinique piscine"""
)
_DE_LIEU = _mots("de du des la le les l d à et saint sainte st ste")
_PAS_UN_NOM = _mots(
    """le la les l un une des du de d au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre
    nos votre vos leur leurs qui que quoi dont où est était sera a avait ont et ou mais donc or ni
    car il elle on nous vous ils elles je tu ne n pas plus en dans sur sous avec sans pour par chez
    ici là y se s si comme quand très trop bien mal tout toute tous toutes merci bonjour bonsoir à
    ça cela c j m t qu monsieur madame mademoiselle mr mme mlle x y z untel unetelle tout-le-monde
    machin truc lambda responsable maire dit dis doit peut veut fait va vient vont suis êtes sont
    étaient sommes ai as avons avez toujours jamais aussi alors après avant encore même déjà puis
    pourquoi comment voilà svp quelqu personne autre autres professeur prof président ministre
    préfet proviseur"""
)
_ORGANISMES = _mots(
    """travail mission locale emploi pôle région cap greta afpa cfa caf cpam insertion handicap
    formation informatique anglais français word excel caces numérique service services plateau
    atelier france justice département conseil référent qualité administrative administratif
    pédagogique social sociale numérique habilitation santé sécurité bureau bts cap bac métropole
    marseille paris toulon nice avignon aix lyon académie agence chambre ministère état préfecture
    mairie transports télécom bus tram nord sud est ouest provence alpes côte azur bouches-du-rhône
    vaucluse var hautes-alpes alpes-maritimes république janvier février mars avril mai juin juillet
    août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
    assedic opco agefiph cité internet"""
)


@cache
def _prenoms() -> dict[str, bool]:
    """Return each known first name with True if it is nothing but a first name."""
    lignes = (Path(__file__).parent / "prenoms.txt").read_text("utf-8").splitlines()
    noms = {ligne.removesuffix(" *"): not ligne.endswith(" *") for ligne in lignes}
    return {_plat(nom): sur for nom, sur in noms.items()} | noms


_SANS_ACCENT = str.maketrans("àâäéèêëîïôöùûüÿç", "aaaeeeeiioouuuyc")


def _plat(mot: str) -> str:
    return mot.translate(_SANS_ACCENT)


class _Mot(NamedTuple):
    debut: int
    fin: int
    ecrit: str
    bas: str  # in lower case

    @property
    def capitale(self) -> bool:
        return self.ecrit[:1].isupper()

    @property
    def prenom(self) -> bool:
        """A known first name, simple or of two parts («Jean-Marc»)."""
        noms = _prenoms()
        return self.bas in noms or all(part in noms for part in self.bas.split("-"))

    @property
    def seulement_prenom(self) -> bool:
        noms = _prenoms()
        return noms.get(self.bas, False) or ("-" in self.bas and self.prenom)

    @property
    def nom_propre(self) -> bool:
        """Could be a surname: capitalised, and neither an organisme nor a word of the sentence."""
        return self.capitale and self.bas not in _PAS_UN_NOM and self.bas not in _ORGANISMES


def _est_minuscule(bas: str) -> bool:
    """True for a first name that is recognised in lower case too («avec karim»)."""
    return len(bas) > 3 and bas not in _MINUSCULES


def find_names(texte: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, function) of each name. `function`: the word before it, «formateur», or empty."""
    mots = [*_split(texte)]
    i = 0
    while i < len(mots):
        trouve = _civilite(texte, mots, i) or _fonction(texte, mots, i) or _prenom(texte, mots, i)
        if trouve is None:
            i += 1
            continue
        debut, dernier, fonction = trouve
        dernier = _suite(texte, mots, dernier)
        yield mots[debut].debut, mots[dernier].fin, fonction
        i = dernier + 1


def _split(texte: str) -> Iterator[_Mot]:
    for match in _MOT.finditer(texte):
        elision = _ELISION.match(match.group())
        debut = match.start() + (elision.end() if elision else 0)
        ecrit = texte[debut : match.end()]
        yield _Mot(debut, match.end(), ecrit, ecrit.lower())


_Trouve = tuple[int, int, str] | None  # first word, last word, function


def _civilite(texte: str, mots: list[_Mot], i: int) -> _Trouve:
    """«M. Durand», «mme benali», «Monsieur K.»."""
    titre, nom = mots[i], _voisin(texte, mots, i, _ENTRE_CIVILITE)
    if titre.bas in CIVILITES and nom is not None and titre.capitale and nom.bas in ("de", "du"):
        return _particule(texte, mots, i)
    if titre.bas not in CIVILITES or nom is None or nom.bas in _PAS_UN_NOM or nom.bas in FONCTIONS:
        return None
    if titre.bas in ("m", "me", "mm", "ms") and not titre.capitale:
        return None
    if nom.capitale:
        if titre.bas == "me" and (nom.bas in _ORGANISMES or not nom.ecrit.istitle()):
            return None
        return None if _dans_un_lieu(texte, mots, i) else (i, i + 1, "")
    seul = (
        i == 0
        or mots[i - 1].bas not in _PAS_UN_NOM
        or mots[i - 1].bas in ("et", "de", "à", "avec", "que", "par")
    )
    if titre.bas in _COURTES or (titre.bas in ("monsieur", "madame") and seul and nom.prenom):
        return (i, i + 1, "")
    return None


def _particule(texte: str, mots: list[_Mot], i: int) -> _Trouve:
    """«Monsieur de La Tour»."""
    for rang in (i + 2, i + 3):
        if rang < len(mots) and mots[rang].nom_propre:
            return (i, rang, "")
    return None


def _fonction(texte: str, mots: list[_Mot], i: int) -> _Trouve:
    """«le formateur Karim», «la formatrice s’appelle Nadia», «le prof karim»."""
    nom = _voisin(texte, mots, i, _ENTRE)
    if nom is None or (mots[i].bas not in FONCTIONS and mots[i].bas not in _APPELLE):
        return None
    if mots[i].bas in _APPELLE:
        return (i + 1, i + 1, "") if nom.nom_propre or nom.seulement_prenom else None
    if (nom.seulement_prenom and (nom.capitale or _est_minuscule(nom.bas))) or (
        nom.capitale and nom.prenom and nom.nom_propre
    ):
        return (i + 1, i + 1, mots[i].bas)
    return (i + 1, i + 1, mots[i].bas) if nom.nom_propre and nom.ecrit.istitle() else None


def _prenom(texte: str, mots: list[_Mot], i: int) -> _Trouve:
    """«Karim Benali», «DURAND Marie», «avec Karim», «avec karim»."""
    mot, suivant = mots[i], _voisin(texte, mots, i, _ENTRE)
    if not mot.prenom:
        return None
    if not mot.capitale:
        avant = mots[i - 1].bas if i else ""
        return (
            (i, i, "")
            if mot.seulement_prenom and avant in _AVANT_MINUSCULE and _est_minuscule(mot.bas)
            else None
        )
    if mot.bas in _ORGANISMES or _dans_un_lieu(texte, mots, i):
        return None
    if mot.seulement_prenom and not (mot.bas in _MINUSCULES and _commence(texte, mot)):
        return (i, i, "")
    return (i, i + 1, "") if suivant is not None and suivant.nom_propre and len(suivant.bas) > 1 else None


def _commence(texte: str, mot: _Mot) -> bool:
    """True at the beginning of a sentence, where an ordinary word has a capital too: «Rose, vert, blanc»."""
    return texte[max(mot.debut - 3, 0) : mot.debut].rstrip()[-1:] in ("", ".", "!", "?", "-", "•")


def _voisin(texte: str, mots: list[_Mot], i: int, entre: re.Pattern[str]) -> _Mot | None:
    """Return the next word if only `entre` separates it from the word `i`."""
    if i + 1 >= len(mots) or mots[i + 1].debut - mots[i].fin > 4:
        return None
    return mots[i + 1] if entre.match(texte[mots[i].fin : mots[i + 1].debut]) else None


def _suite(texte: str, mots: list[_Mot], i: int) -> int:
    """Return the index of the last word of the name: two more capitalised words at most."""
    for _rang in range(2):
        suivant = _voisin(texte, mots, i, _ENTRE)
        if suivant is None or not suivant.nom_propre:
            break
        i += 1
    return i


def _dans_un_lieu(texte: str, mots: list[_Mot], i: int) -> bool:
    """True after the word for a place or an organisation: «lycée Marie Curie», «rue du Docteur Fiolle»."""
    for avant in range(i - 1, max(i - 5, -1), -1):
        if re.search(r"[.;!?\n]", texte[mots[avant].fin : mots[avant + 1].debut]) and mots[avant].bas not in (
            "st",
            "ste",
        ):
            return False
        if mots[avant].bas in _LIEUX:
            return True
        if mots[avant].bas not in _DE_LIEU and not mots[avant].capitale:
            return False
    return False
