"""Import agents and delegates from a file. The import is idempotent."""

from enum import StrEnum
from functools import partial

from mse.annuaire.api import add_appartenance, set_referent
from mse.annuaire.models import Acteur, Appartenance
from mse.annuaire.policies import peut_gerer
from mse.annuaire.queries import get_appartenance, list_reconnus
from mse.annuaire.queries.noms import name_key
from mse.comptes.api import exige_nom, inviter
from mse.comptes.models import Compte
from mse.core.clock import today
from mse.core.dates import date_longue
from mse.core.email_addresses import normalize_adresse
from mse.core.errors import DonneeInvalide, Interdit
from mse.core.guards import exige_droit
from mse.core.text import _, fold
from mse.core.use_cases import use_case
from mse.imports.bilan import Issue
from mse.imports.lecture_tableau import Colonne, LigneTableau, Tableau
from mse.imports.resolution import IndexActeurs, IndexPromotions, cite
from mse.imports.revue import Revue, passer_en_revue
from mse.representation.api import add_mandat, exige_pas_delegue
from mse.representation.models import Promotion, RoleMandat
from mse.representation.policies import peut_gerer_promotions
from mse.representation.queries import list_mandats_ouverts

COLONNES = (
    Colonne("prenom", "prénom"),
    Colonne("nom", "nom"),
    Colonne(
        "courriel", "courriel", ("email", "e mail", "mail", "adresse", "adresse electronique", "adresse mail")
    ),
    Colonne("role", "rôle", ("fonction",)),
    Colonne("acteur", "acteur", ("service", "organisme", "siret", "structure"), obligatoire=False),
    Colonne("promotion", "promotion", ("formation",), obligatoire=False),
    Colonne("debut", "début de la promotion", ("debut", "date de debut"), obligatoire=False),
)


class RoleAgent(StrEnum):
    AGENT = "agent"
    REFERENT = "referent"


# `REFERENT` comes before `AGENT`, so that an «agent référent» is a référent.
_ROLES: tuple[RoleMandat | RoleAgent, ...] = (*RoleMandat, RoleAgent.REFERENT, RoleAgent.AGENT)


@use_case
def importer_personnes(tableau: Tableau, *, digest: str = "", par: Compte) -> Revue:
    """Import if `digest` equals that of the review; else only review. Raises `DonneeInvalide`."""
    return passer_en_revue(tableau, _Personnes(par).ecrire, digest=digest)


class _Personnes:
    def __init__(self, par: Compte) -> None:
        self._par = par
        self._acteurs = IndexActeurs(par)
        self._promotions = IndexPromotions(par)
        self._premieres: dict[str, tuple[int, str]] = {}  # address → its first line number and name
        self._vues: dict[tuple[str, Acteur | Promotion], int] = {}  # address, place → first line number

    def ecrire(self, ligne: LigneTableau) -> tuple[Issue, str]:
        cellules = ligne.cellules
        courriel = cellules.get("courriel", "")
        if not courriel:
            raise DonneeInvalide(_("Il manque l’adresse électronique."))
        nom = name_key(f"{cellules.get('prenom', '')} {cellules.get('nom', '')}")
        premiere, dit = self._premieres.setdefault(normalize_adresse(courriel), (ligne.numero, nom))
        if dit != nom:
            raise DonneeInvalide(_("Même adresse que la ligne %(n)s : chacun a la sienne.", n=premiere))
        role = _read_role(cellules.get("role", ""))
        if isinstance(role, RoleMandat):
            return self._mandater(ligne, role)
        return self._employer(ligne, referent=role == RoleAgent.REFERENT)

    def _exige_autre_lieu(self, ligne: LigneTableau, lieu: Acteur | Promotion) -> None:
        """Raise `DonneeInvalide` if an earlier line gives this address a role at the same acteur or
        promotion."""
        cle = (normalize_adresse(ligne.cellules["courriel"]), lieu)
        premiere = self._vues.setdefault(cle, ligne.numero)
        if premiere != ligne.numero:
            raise DonneeInvalide(
                _("La ligne %(n)s donne déjà un rôle à cette personne au même endroit.", n=premiere)
            )

    def _mandater(self, ligne: LigneTableau, role: RoleMandat) -> tuple[Issue, str]:
        """Give a mandat. Permissions are checked first, so that a promotion of somebody else reveals nothing
        about an address."""
        cellules = ligne.cellules
        dit = cellules.get("acteur", "")
        organisme = self._acteurs.find(dit) if dit else None
        promotion = self._promotions.find(cellules.get("promotion", ""), cellules.get("debut", ""), organisme)
        exige_droit(
            peut_gerer_promotions(self._par, promotion.organisme),
            _("Les délégué·es de cette promotion sont nommé·es par son organisme."),
        )
        self._exige_autre_lieu(ligne, promotion)
        compte = self._inviter(cellules)
        siege = _describe_siege(role, promotion)
        pris = list_mandats_ouverts(promotion, le=max(today(), promotion.debut))
        if any(m.compte_id == compte.id and m.role == role for m in pris):
            return Issue.INCHANGE, siege
        add_mandat(compte, promotion, role, debut=today(), par=self._par)
        return Issue.CREE, siege

    def _employer(self, ligne: LigneTableau, *, referent: bool) -> tuple[Issue, str]:
        cellules = ligne.cellules
        acteur = self._acteurs.find(cellules.get("acteur", ""))
        exige_droit(
            peut_gerer(self._par, acteur),
            _("Les agents de %(acteur)s sont nommés par ses référent·es.", acteur=acteur.nom),
        )
        self._exige_autre_lieu(ligne, acteur)
        compte = self._inviter(cellules)
        poste = _describe_poste(acteur, referent=referent)
        appartenance = get_appartenance(compte, acteur, le=today())
        if appartenance is None:
            exige_pas_delegue(compte, acteur)  # here too: its handler would refuse the whole file
            add_appartenance(compte, acteur, referent=referent, debut=today(), par=self._par)
            return Issue.CREE, poste
        if appartenance.est_referent == referent:
            return Issue.INCHANGE, poste
        self._changer(appartenance, referent=referent)
        return (
            Issue.ACTUALISE,
            f"{poste} ; {_('auparavant agent·e') if referent else _('auparavant référent·e')}",
        )

    def _inviter(self, cellules: dict[str, str]) -> Compte:
        """Invite the person of the line. A name is required even if the compte exists: otherwise the missing
        error would reveal that it does."""
        return inviter(
            prenom=exige_nom(cellules.get("prenom", ""), _("Il manque le prénom.")),
            nom=exige_nom(cellules.get("nom", ""), _("Il manque le nom.")),
            courriel=cellules["courriel"],
            par=self._par,
            reconnait=partial(list_reconnus, self._par),
        )

    def _changer(self, appartenance: Appartenance, *, referent: bool) -> None:
        if appartenance.compte_id == self._par.id:
            raise Interdit(_("Vous ne pouvez pas changer votre propre rôle : demandez à quelqu’un d’autre."))
        set_referent(appartenance, referent, par=self._par)


def _read_role(texte: str) -> RoleMandat | RoleAgent:
    """Parse «Titulaire», «déléguée suppléante», «agent·e» or «référent(e)»."""
    mots = fold(texte).split()
    for role in _ROLES:
        if any(mot.startswith(role.value) for mot in mots):
            return role
    if not mots:
        raise DonneeInvalide(_("Il manque le rôle : agent, référent, titulaire ou suppléant."))
    raise DonneeInvalide(
        _(
            "Le rôle « %(role)s » n’existe pas ici : agent, référent, titulaire ou suppléant.",
            role=cite(texte),
        )
    )


def _describe_siege(role: RoleMandat, promotion: Promotion) -> str:
    mots = {
        "titre": promotion.titre,
        "organisme": promotion.organisme.nom,
        "debut": date_longue(promotion.debut),
    }
    if role == RoleMandat.TITULAIRE:
        return _("Titulaire de « %(titre)s », %(organisme)s, début le %(debut)s", **mots)
    return _("Suppléant·e de « %(titre)s », %(organisme)s, début le %(debut)s", **mots)


def _describe_poste(acteur: Acteur, *, referent: bool) -> str:
    if referent:
        return _("Référent·e de %(acteur)s", acteur=acteur.nom)
    return _("Agent·e de %(acteur)s", acteur=acteur.nom)
