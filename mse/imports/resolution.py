"""Resolve the words of a file: an acteur, a promotion, a day, a number. Ambiguity raises `DonneeInvalide`."""

from collections import defaultdict
from datetime import date

from mse.annuaire.models import Acteur
from mse.annuaire.policies import acteurs_de, est_administrateur, est_animateur
from mse.annuaire.queries import list_noms_d_acteurs
from mse.annuaire.queries.noms import name_key
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.csv_reading import read_number
from mse.core.dates import read_date
from mse.core.errors import DonneeInvalide
from mse.core.text import _
from mse.extensions import db
from mse.representation.models import Promotion
from mse.representation.queries import list_promotions_ouvertes

_CITE_MAX = 80  # maximum number of characters quoted from a cell
_ANNEES = range(2000, 2100)


class IndexActeurs:
    """An index of acteurs, loaded once for many lines."""

    def __init__(self, par: Compte) -> None:
        self._siens = acteurs_de(par)
        self._par_siret: dict[str, int] = {}
        self._par_nom: defaultdict[str, list[int]] = defaultdict(list)
        self._lus: dict[int, Acteur | None] = {}  # cache, so that each acteur is loaded once
        for acteur_id, nom, siret in list_noms_d_acteurs():
            self._par_nom[name_key(nom)].append(acteur_id)
            if siret:
                self._par_siret[siret] = acteur_id

    def find(self, texte: str, *, organisme: bool = False) -> Acteur:
        """Find by SIRET, id or name. An empty text means the only acteur that the person works for."""
        if not texte:
            return self._get_only_acteur(organisme)
        chiffres = read_number(texte)
        if chiffres.isascii() and chiffres.isdigit():
            return self._get_by_number(chiffres)
        ids = self._par_nom.get(name_key(texte), [])
        if len(ids) > 1:
            raise DonneeInvalide(
                _(
                    "Plusieurs acteurs s’appellent « %(nom)s » : donnez le SIRET ou le numéro.",
                    nom=cite(texte),
                )
            )
        return self._get_acteur(ids[0] if ids else None, texte)

    def _get_only_acteur(self, organisme: bool) -> Acteur:
        possibles = [acteur for acteur in self._siens if acteur.est_organisme or not organisme]
        if len(possibles) != 1:
            raise DonneeInvalide(_("Dites pour qui : le nom, le SIRET ou le numéro."))
        return possibles[0]

    def _get_by_number(self, chiffres: str) -> Acteur:
        if len(chiffres) < 10:
            return self._get_acteur(int(chiffres), chiffres)
        siret = chiffres.zfill(14)  # a spreadsheet drops leading zeros
        return self._get_acteur(self._par_siret.get(siret), chiffres)

    def _get_acteur(self, acteur_id: int | None, texte: str) -> Acteur:
        if acteur_id and acteur_id not in self._lus:
            self._lus[acteur_id] = db.session.get(Acteur, acteur_id)
        acteur = self._lus[acteur_id] if acteur_id else None
        if acteur is None:
            raise DonneeInvalide(_("« %(nom)s » n’est pas dans l’annuaire.", nom=cite(texte)))
        return acteur


class IndexPromotions:
    """The promotions not ended whose delegates the person may name, loaded once for many lines."""

    def __init__(self, par: Compte) -> None:
        equipe = est_animateur(par) or est_administrateur(par)
        siens = None if equipe else [acteur.id for acteur in acteurs_de(par)]
        self._par_id = {p.id: p for p in list_promotions_ouvertes(le=today(), organismes=siens)}
        self._par_titre: defaultdict[str, list[Promotion]] = defaultdict(list)
        for promotion in self._par_id.values():
            self._par_titre[name_key(promotion.titre)].append(promotion)

    def find(self, texte: str, debut: str, organisme: Acteur | None) -> Promotion:
        """Find by id or title. The start and the organisme distinguish promotions with the same title."""
        if not texte:
            raise DonneeInvalide(_("Dites quelle promotion : son numéro, ou son titre et son début."))
        numero = read_number(texte)
        if numero.isascii() and numero.isdigit() and len(numero) < 10 and int(numero) in self._par_id:
            return self._par_id[int(numero)]
        le = read_day(debut) if debut else None
        trouvees = [
            promotion
            for promotion in self._par_titre.get(name_key(texte), [])
            if (le is None or promotion.debut == le)
            and (organisme is None or promotion.organisme == organisme)
        ]
        if not trouvees:
            raise DonneeInvalide(
                _(
                    "« %(titre)s » n’est pas une promotion en cours ou à venir que vous tenez.",
                    titre=cite(texte),
                )
            )
        if len(trouvees) > 1:
            raise DonneeInvalide(
                _(
                    "Plusieurs promotions ont pour titre « %(titre)s » : donnez leur début, "
                    "ou leur numéro (%(numeros)s).",
                    titre=cite(texte),
                    numeros=", ".join(str(promotion.id) for promotion in trouvees[:5]),
                )
            )
        return trouvees[0]


def read_day(texte: str) -> date:
    try:
        jour = read_date(texte)
    except ValueError:
        jour = None
    if jour is None or jour.year not in _ANNEES:
        raise DonneeInvalide(
            _("La date « %(date)s » n’est pas comprise. Exemple : 03/11/2026", date=cite(texte))
        )
    return jour


def read_effectif(texte: str) -> int:
    chiffres = read_number(texte)
    if not (chiffres.isascii() and chiffres.isdigit() and len(chiffres) < 10):
        raise DonneeInvalide(
            _("L’effectif « %(texte)s » n’est pas un nombre de personnes.", texte=cite(texte))
        )
    return int(chiffres)


def cite(texte: str) -> str:
    return texte if len(texte) <= _CITE_MAX else f"{texte[:_CITE_MAX]}…"
