"""The words of the picture of a shared page. A visitor reads nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from mse.affiches.images import Carte
from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_noms_de_themes
from mse.comptes.models import Compte
from mse.core.database import read_id
from mse.core.text import _
from mse.demarche import get_demarche
from mse.extensions import db
from mse.fiches.api import STATUTS, Statut
from mse.fiches.models import Fiche
from mse.initiatives.api import STATUTS as STATUTS_D_INITIATIVE
from mse.initiatives.api import Statut as StatutDInitiative
from mse.initiatives.queries import get_initiative
from mse.meteo.models import Bulletin
from mse.meteo.queries.bulletins import list_etats
from mse.meteo.queries.chiffres import get_dernier_jour
from mse.meteo.queries.lieux import get_lieux
from mse.meteo.queries.vues import read_vue
from mse.reperes.queries.pages import get_repere

_TONS = {
    Statut.EN_COURS: "en_cours",
    Statut.REPONSE: "reponse",
    Statut.REGLEE: "reglee",
    Statut.ABANDONNEE: "neutre",
}
_CIELS = {  # by level of the météo: drawing, colours
    "grand_soleil": ("soleil", "soleil"),
    "eclaircies": ("soleil", "soleil"),
    "nuageux": ("nuage", "neutre"),
    "pluie": ("pluie", "en_cours"),
    "orage": ("orage", "en_cours"),
    "brouillard": ("nuage", "neutre"),
}


@dataclass(frozen=True, kw_only=True)
class Partage:
    """What is drawn; None if the page was withdrawn: its address answers 410."""

    carte: Carte | None


def get_partage(_compte: Compte | None, genre_id: str, reference_id: str) -> Partage | None:
    """Return the picture of a page that a visitor may read, else None. The reader makes no difference."""
    lire = _GENRES.get(genre_id)
    return lire(reference_id) if lire is not None else None


def _site(_reference: str) -> Partage | None:
    carte = Carte(
        site=get_demarche().titre,
        genre=get_demarche().association,
        titre=_("Un problème en formation\u202f? Une réponse vous est due"),
        etat="",
        signe="",
        ton="neutre",
    )
    return Partage(carte=carte)


def _fiche(reference: str) -> Partage | None:
    fiche = db.session.scalar(select(Fiche).where(Fiche.id == _read(reference)))
    if fiche is None or not (fiche.est_publique or fiche.est_retiree):
        return None
    if fiche.est_retiree:
        return Partage(carte=None)
    if fiche.reunie_a_id is not None:  # its page redirects to the main fiche
        return _fiche(str(fiche.reunie_a_id))
    theme = dict(list_noms_de_themes()).get(fiche.theme_code or "", "")
    return _carte(
        genre=_("Fiche %(id)s · %(theme)s", id=fiche.id, theme=theme),
        titre=fiche.titre,
        etat=str(STATUTS[fiche.statut]),
        signe=fiche.statut.value,
        ton=_TONS[fiche.statut],
    )


def _initiative(reference: str) -> Partage | None:
    initiative = get_initiative(None, _read(reference))
    if initiative is None:
        return None
    if not initiative.est_publique:
        return Partage(carte=None)
    realisee = initiative.statut == StatutDInitiative.REALISEE
    return _carte(
        genre=_("Initiative · %(theme)s", theme=initiative.theme.libelle),
        titre=initiative.titre,
        etat=str(STATUTS_D_INITIATIVE[initiative.statut]),
        signe="reglee" if realisee else "groupe",
        ton="reglee" if realisee else "en_cours",
    )


def _repere(reference: str) -> Partage | None:
    repere = get_repere(None, _read(reference))
    if repere is None:
        return None
    if repere.est_publie:
        etat, signe, ton = _("Ce qui vaut aujourd’hui"), "reglee", "reglee"
    else:
        etat, signe, ton = _("Ne vaut plus"), "abandonnee", "neutre"
    return _carte(genre=_("Repère"), titre=repere.titre, etat=etat, signe=signe, ton=ton)


def _acteur(reference: str) -> Partage | None:
    acteur = db.session.get(Acteur, _read(reference))
    if acteur is None:
        return None
    return _carte(genre=_("Qui répond\u202f?"), titre=acteur.nom, etat="", signe="groupe", ton="en_cours")


def _meteo(code: str) -> Partage | None:
    lieu, calcul = get_lieux().get(code), get_dernier_jour()
    if lieu is None or calcul is None:
        return None
    etat = read_vue(lieu, calcul.jour, get_demarche().meteo.fenetre, calcul.calcule_le).etat
    return _ciel(_("La météo de la participation"), lieu.nom, etat.niveau.value, etat.mot, etat.indice)


def _bulletin(reference: str) -> Partage | None:
    bulletin = db.session.get(Bulletin, _read(reference))
    if bulletin is None or bulletin.publie_le is None:
        return None
    etat = list_etats(bulletin)[0]
    return _ciel(_("Bulletin de la météo"), bulletin.titre, etat.niveau.value, etat.mot, etat.indice)


def _ciel(genre: str, titre: str, niveau: str, mot: str, indice: int | None) -> Partage:
    signe, ton = _CIELS[niveau]
    etat = mot if indice is None else _("%(mot)s, %(indice)s sur 100", mot=mot, indice=indice)
    return _carte(genre=genre, titre=titre, etat=etat, signe=signe, ton=ton)


def _carte(*, genre: str, titre: str, etat: str, signe: str, ton: str) -> Partage:
    carte = Carte(site=get_demarche().titre, genre=genre, titre=titre, etat=etat, signe=signe, ton=ton)
    return Partage(carte=carte)


def _read(reference: str) -> int:
    """Return the id of the URL; 0, which no row has, if it is not valid."""
    try:
        return read_id(reference)
    except ValueError:
        return 0


_GENRES: dict[str, Callable[[str], Partage | None]] = {
    "site": _site,
    "fiches": _fiche,
    "initiatives": _initiative,
    "acteurs": _acteur,
    "reperes": _repere,
    "meteo": _meteo,
    "bulletins": _bulletin,
}
