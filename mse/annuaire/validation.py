"""Validation rules of the directory. Each error says what is wrong."""

from mse.annuaire.geocoding import Lieux
from mse.annuaire.libelles import TENU_PAR_L_EQUIPE
from mse.annuaire.models import Acteur, Commune, Territoire, Theme
from mse.annuaire.policies import tient_annuaire
from mse.annuaire.queries import get_acteur, get_acteurs_par_siret, list_communes, list_territoires
from mse.annuaire.siret import check_siret
from mse.comptes.models import Compte
from mse.comptes.queries import get_compte_par_entree
from mse.core.errors import ADecider, DonneeInvalide, Interdit
from mse.core.guards import exige_droit
from mse.core.text import _, clean, visible_length
from mse.extensions import db

DELAI_MAX = 250  # working days: a year
_CITE_MAX = 80  # an error message quotes at most this number of typed characters
_CITES_MAX = 5  # and lists at most this number of communes


def exige_tenue(par: Compte | None) -> None:
    """Raise `Interdit` unless the caller is a command or manages the directory."""
    exige_droit(par is None or tient_annuaire(par), TENU_PAR_L_EQUIPE)


def exige_ouvert(acteur: Acteur) -> None:
    if acteur.ferme_le is not None:
        raise DonneeInvalide(_("%(acteur)s est fermé.", acteur=acteur.nom))


def exige_texte(texte: str, quoi: str, maximum: int) -> str:
    """Return the text on one line. Raise `DonneeInvalide` if it is empty or too long."""
    texte = " ".join(clean(texte).split())
    if not visible_length(texte):
        raise DonneeInvalide(_("%(quoi)s est vide.", quoi=quoi))
    if len(texte) > maximum:
        raise DonneeInvalide(
            _(
                "%(quoi)s fait %(n)s caractères ; le maximum est %(max)s.",
                quoi=quoi,
                n=len(texte),
                max=maximum,
            )
        )
    return texte


def exige_commune(code: str) -> Commune:
    """Return a commune by its INSEE code. To parse what people type, use `lire_commune`."""
    commune = db.session.get(Commune, clean(code)[:200])
    if commune is None:
        raise DonneeInvalide(_("Il n’y a pas ici de commune dont le code INSEE est « %(code)s ».", code=code))
    return commune


def lire_commune(texte: str, choix: str = "") -> str:
    """Return the INSEE code of the commune typed. Raises the same errors as `choose_commune`."""
    return choose_commune(Lieux(list_communes(), list_territoires()), texte, choix)


def choose_commune(lieux: Lieux, texte: str, choix: str = "") -> str:
    """Return the INSEE code of the commune typed. `choix`: the code that the person picked among several
    readings.

    Raise `ADecider` if several or only similar communes match, `DonneeInvalide` if none does.
    """
    lecture = lieux.read(texte)
    codes = [place.code for place in lecture.places]
    if choix in codes:
        return choix
    if lecture.exacte and len(codes) == 1:
        return codes[0]
    cite = texte if len(texte) <= _CITE_MAX else f"{texte[:_CITE_MAX]}…"
    if not codes:
        raise DonneeInvalide(
            _(
                "La commune « %(texte)s » n’existe pas ici : donnez son nom, son code postal "
                "ou son code INSEE.",
                texte=cite,
            )
        )
    dites = [lecture.describe(place) for place in lecture.places]
    suite = [_("une autre")] if len(dites) > _CITES_MAX else []
    ou = _(" ou ").join([*dites[:_CITES_MAX], *suite])
    if lecture.exacte:
        phrase = _("« %(texte)s » peut désigner plusieurs communes : %(choix)s. Précisez laquelle.")
    else:
        phrase = _("La commune « %(texte)s » n’existe pas ici. Vouliez-vous dire %(choix)s ?")
    raise ADecider(phrase % {"texte": cite, "choix": ou}, texte, list(zip(codes, dites, strict=True)))


def exige_siret_libre(siret: str, *, de: Acteur | None = None) -> str:
    """Return the SIRET. Raise `DonneeInvalide` if it is invalid or belongs to an acteur other than `de`."""
    numero = check_siret(siret)
    autre = get_acteurs_par_siret([numero]).get(numero)
    if autre is not None and autre is not de:
        raise DonneeInvalide(
            _("Le SIRET %(siret)s est déjà celui de %(acteur)s.", siret=numero, acteur=autre.nom)
        )
    return numero


def exige_theme(code: str) -> Theme:
    theme = db.session.get(Theme, clean(code))
    if theme is None:
        raise DonneeInvalide(_("Le thème « %(code)s » n’existe pas.", code=code))
    if theme.retire_le is not None:
        raise DonneeInvalide(_("Le thème « %(theme)s » n’est plus proposé.", theme=theme.libelle))
    return theme


def exige_territoire(code: str) -> Territoire:
    territoire = db.session.get(Territoire, clean(code))
    if territoire is None:
        raise DonneeInvalide(_("Le territoire « %(code)s » n’existe pas.", code=code))
    return territoire


def exige_delai(jours: int | None) -> int | None:
    """Return the time limit in working days; None means the default of the démarche. Raise `DonneeInvalide`
    if it is below 1 or above `DELAI_MAX`."""
    if jours is not None and not 1 <= jours <= DELAI_MAX:
        raise DonneeInvalide(_("Un délai est d’au moins 1 jour ouvré et d’au plus %(max)s.", max=DELAI_MAX))
    return jours


def exige_autre(compte: Compte, par: Compte | None) -> None:
    """Raise `Interdit` if a person gives a role to themselves."""
    if par is not None and par.id == compte.id:
        raise Interdit(_("Vous ne pouvez pas vous donner un rôle : demandez à quelqu’un d’autre."))


def exige_acteur(acteur_id: int) -> Acteur:
    acteur = get_acteur(None, acteur_id)
    if acteur is None:
        raise DonneeInvalide(_("L’acteur %(id)s n’existe pas.", id=acteur_id))
    return acteur


def exige_compte(courriel: str) -> Compte:
    compte = get_compte_par_entree(courriel)
    if compte is None:
        raise DonneeInvalide(_("Il n’y a pas de compte à l’adresse %(courriel)s.", courriel=courriel))
    return compte
