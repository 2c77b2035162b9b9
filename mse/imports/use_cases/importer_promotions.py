"""Import promotions from a file. The key is the organisme, the title, the commune and the first day."""

from collections.abc import Mapping
from datetime import date

from mse.annuaire.api import Lieux, choose_commune
from mse.annuaire.models import Acteur
from mse.annuaire.queries import list_communes, list_territoires
from mse.annuaire.queries.noms import name_key
from mse.comptes.models import Compte
from mse.core.dates import date_longue
from mse.core.errors import DonneeInvalide
from mse.core.guards import exige_droit
from mse.core.text import _, ngettext
from mse.core.use_cases import use_case
from mse.imports.bilan import Issue
from mse.imports.lecture_tableau import Colonne, LigneTableau, Tableau
from mse.imports.resolution import IndexActeurs, read_day, read_effectif
from mse.imports.revue import Revue, passer_en_revue
from mse.representation.api import add_promotion, rewrite_promotion
from mse.representation.models import Promotion
from mse.representation.policies import peut_gerer_promotions
from mse.representation.queries import list_promotions_debutant

COLONNES = (
    Colonne("titre", "titre", ("intitule", "promotion", "formation")),
    Colonne("commune", "commune", ("ville", "lieu", "code insee")),
    Colonne("debut", "début", ("date de debut",)),
    Colonne("fin", "fin", ("date de fin",)),
    Colonne("effectif", "effectif", ("nombre", "nombre de personnes", "nombre de stagiaires")),
    Colonne("organisme", "organisme", ("acteur", "siret"), obligatoire=False),
)


@use_case
def importer_promotions(
    tableau: Tableau, *, choix: Mapping[str, str] | None = None, digest: str = "", par: Compte
) -> Revue:
    """Import if `digest` equals that of the review; else only review. Raises `DonneeInvalide`.

    `choix`: the INSEE code chosen for each ambiguous commune text.
    """
    return passer_en_revue(tableau, _Promotions(par, choix or {}).ecrire, digest=digest)


class _Promotions:
    def __init__(self, par: Compte, choix: Mapping[str, str]) -> None:
        self._par, self._choix = par, choix
        self._acteurs = IndexActeurs(par)
        self._lieux = Lieux(list_communes(), list_territoires())
        self._communes = {commune.code: commune.nom for commune in list_communes()}
        self._vues: dict[tuple[int, str, str, date], int] = {}  # promotion → number of the first line

    def ecrire(self, ligne: LigneTableau) -> tuple[Issue, str]:
        cellules = ligne.cellules
        organisme = self._acteurs.find(cellules.get("organisme", ""), organisme=True)
        exige_droit(
            peut_gerer_promotions(self._par, organisme),
            _("Les promotions de %(organisme)s sont créées par ses agents.", organisme=organisme.nom),
        )
        titre, commune = cellules.get("titre", ""), self._read_commune(cellules.get("commune", ""))
        debut, fin = read_day(cellules.get("debut", "")), read_day(cellules.get("fin", ""))
        effectif = read_effectif(cellules.get("effectif", ""))
        premiere = self._vues.setdefault((organisme.id, name_key(titre), commune, debut), ligne.numero)
        if premiere != ligne.numero:
            raise DonneeInvalide(_("Même promotion que la ligne %(n)s.", n=premiere))
        connue = _find_promotion(organisme, titre, commune, debut)
        if connue is not None:
            return self._actualiser(connue, fin, effectif)
        add_promotion(
            organisme,
            titre=titre,
            commune_code=commune,
            debut=debut,
            fin=fin,
            effectif=effectif,
            par=self._par,
        )
        return Issue.CREE, self._describe(organisme, commune, debut, fin, effectif)

    def _read_commune(self, texte: str) -> str:
        if not texte:
            raise DonneeInvalide(_("Il manque la commune."))
        return choose_commune(self._lieux, texte, self._choix.get(texte, ""))

    def _actualiser(self, promotion: Promotion, fin: date, effectif: int) -> tuple[Issue, str]:
        """Update the end and the headcount, the only fields outside the key."""
        changements = []
        if fin != promotion.fin:
            changements.append(
                _(
                    "fin le %(fin)s au lieu du %(avant)s",
                    fin=date_longue(fin),
                    avant=date_longue(promotion.fin),
                )
            )
        if effectif != promotion.effectif:
            changements.append(
                _(
                    "effectif de %(effectif)s au lieu de %(avant)s",
                    effectif=effectif,
                    avant=promotion.effectif,
                )
            )
        if not changements:
            return Issue.INCHANGE, _("Promotion n° %(numero)s", numero=promotion.id)
        rewrite_promotion(
            promotion,
            titre=promotion.titre,
            commune_code=promotion.commune_code,
            debut=promotion.debut,
            fin=fin,
            effectif=effectif,
            succede_a=promotion.succede_a,
            par=self._par,
        )
        return Issue.ACTUALISE, _(
            "Promotion n° %(numero)s : %(changements)s",
            numero=promotion.id,
            changements=", ".join(changements),
        )

    def _describe(self, organisme: Acteur, commune: str, debut: date, fin: date, effectif: int) -> str:
        """Return the promotion in words, so that a wrong commune or a swapped day and month is visible."""
        return _(
            "%(organisme)s, à %(commune)s, du %(debut)s au %(fin)s, %(personnes)s",
            organisme=organisme.nom,
            commune=self._communes[commune],
            debut=date_longue(debut),
            fin=date_longue(fin),
            personnes=ngettext("%(num)s personne", "%(num)s personnes", effectif),
        )


def _find_promotion(organisme: Acteur, titre: str, commune: str, debut: date) -> Promotion | None:
    semblables = list_promotions_debutant(organisme, commune, le=debut)
    return next((p for p in semblables if name_key(p.titre) == name_key(titre)), None)
