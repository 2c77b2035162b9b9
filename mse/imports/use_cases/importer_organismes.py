"""Import the public list of training providers. Each line is independent and the import is idempotent."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from os import PathLike
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError

from mse.annuaire.api import Lieu, Lieux, noter
from mse.annuaire.events import ActeurActualise, ActeurCree
from mse.annuaire.models import Acteur, Commune, Nature, NatureChangement, Territoire
from mse.annuaire.queries import get_acteurs_par_siret, list_communes, list_territoires
from mse.core.errors import DonneeInvalide
from mse.core.text import _, lazy
from mse.core.use_cases import record, rehearsal, release, use_case
from mse.extensions import db
from mse.imports.bilan import Bilan, Issue
from mse.imports.lecture_organismes import LigneOrganisme, LigneRefusee, read_organismes

LOT = 500  # lines per transaction
_LIEU = {"commune_code", "territoire_code"}  # a correction of one protects both from imports
_LONGUEURS = {"nom": 200, "declaration": 20, "adresse": 300}
_NOMS = {
    "nom": lazy("nom"),
    "declaration": lazy("numéro de déclaration"),
    "adresse": lazy("adresse"),
    "commune_code": lazy("commune"),
    "territoire_code": lazy("territoire"),
}


def importer_organismes(
    chemin: str | PathLike[str], *, essai: bool = False, partout: bool = False
) -> Iterator[Bilan]:
    """Import line by line, in the order of the file, and yield each result once it is stored.

    With `essai`, nothing is stored. Without `partout`, providers outside the démarche's territoires are
    ignored, because the list is national. Lines are parsed and located before the transaction that stores
    them.

    Raise `FichierInconnu` before the first line if the file has no SIRET column, `OSError` if it is
    unreadable.
    """
    territoires = list_territoires()
    if not territoires:
        raise DonneeInvalide(_("Les territoires ne sont pas chargés : lancez d’abord « mse initialiser »."))
    lieux = Lieux(list_communes(), territoires)
    release()
    lignes = _without_repeats(read_organismes(chemin))
    while lot := list(islice(lignes, LOT)):
        refusees = [
            Bilan(x.numero, Issue.REFUSE, x.nom, "", (x.raison,)) for x in lot if isinstance(x, LigneRefusee)
        ]
        situees = [
            (ligne, lieux.find(ligne.code_postal, ligne.ville, ligne.code_region))
            for ligne in lot
            if isinstance(ligne, LigneOrganisme)
        ]
        laissees = [
            Bilan(x.numero, Issue.LAISSE, x.nom, x.siret, (lieu.remarque,))
            for x, lieu in situees
            if lieu.dehors and not partout
        ]
        gardees = [(x, lieu) for x, lieu in situees if partout or not lieu.dehors]
        stockees = _store(gardees, rehearsal if essai else nullcontext)
        yield from sorted([*refusees, *laissees, *stockees], key=lambda bilan: bilan.numero)


def _without_repeats(
    lignes: Iterable[LigneOrganisme | LigneRefusee],
) -> Iterator[LigneOrganisme | LigneRefusee]:
    """Yield the lines; a line whose SIRET was seen before is replaced by a refusal, because two different
    lines would overwrite each other at every import."""
    vus: dict[str, int] = {}
    for ligne in lignes:
        if isinstance(ligne, LigneOrganisme):
            premiere = vus.setdefault(ligne.siret, ligne.numero)
            if premiere != ligne.numero:
                ligne = LigneRefusee(ligne.numero, _("même SIRET que la ligne %(n)s", n=premiere), ligne.nom)
        yield ligne


def _store(
    lignes: list[tuple[LigneOrganisme, Lieu]], within: Callable[[], AbstractContextManager[None]]
) -> list[Bilan]:
    """Store the lines in one transaction; if the database refuses it, store them one by one to find the wrong
    line."""
    if not lignes:
        return []
    try:
        with within():
            return importer_lot(lignes)
    except (IntegrityError, DataError):
        if len(lignes) > 1:
            return [bilan for ligne in lignes for bilan in _store([ligne], within)]
        raison = _("la base de données n’accepte pas cette ligne")
        [(ligne, _lieu)] = lignes
        return [Bilan(ligne.numero, Issue.REFUSE, ligne.nom, ligne.siret, (raison,))]


@use_case
def importer_lot(lignes: list[tuple[LigneOrganisme, Lieu]]) -> list[Bilan]:
    connus = get_acteurs_par_siret([ligne.siret for ligne, _lieu in lignes], lock=True)
    bilans: list[Bilan] = []
    crees: list[Acteur] = []
    for ligne, lieu in lignes:
        remarques = [lieu.remarque] if lieu.remarque else []
        valeurs = _values(ligne, remarques)
        acteur = connus.get(ligne.siret)
        if acteur is None:
            acteur = Acteur(
                nature=Nature.ORGANISME, siret=ligne.siret, nom=_("Organisme %(siret)s", siret=ligne.siret)
            )
            _apply(acteur, valeurs | _place_values(lieu))
            crees.append(acteur)
            issue = Issue.CREE
        else:
            if acteur.territoire_code is None or not lieu.sans_departement:  # keep a known place
                valeurs |= _place_values(lieu)
            valeurs, gardes = _keep_corrections(acteur, valeurs)
            if gardes:
                remarques.append(
                    _("corrigé sur le site, donc gardé : %(quoi)s", quoi=", ".join(map(str, gardes)))
                )
            issue = Issue.ACTUALISE if _apply(acteur, valeurs) else Issue.INCHANGE
            if issue == Issue.ACTUALISE:
                record(ActeurActualise(acteur_id=acteur.id, par_id=None))
        bilans.append(
            Bilan(ligne.numero, issue, acteur.nom, ligne.siret, tuple(remarques), lieu.sans_departement)
        )
    db.session.add_all(crees)
    db.session.flush()
    for acteur in crees:
        record(ActeurCree(acteur_id=acteur.id, par_id=None))
    return bilans


def _values(ligne: LigneOrganisme, remarques: list[str]) -> dict[str, Any]:
    """Return the values of a line. An empty cell gives no value. A long text is cut, with a remark."""
    if not ligne.nom:
        remarques.append(_("sans nom"))
    commune = f"{ligne.code_postal} {ligne.ville}".strip()
    textes = {
        "nom": ligne.nom,
        "declaration": ligne.declaration,
        "adresse": ", ".join(partie for partie in (ligne.voie, commune) if partie),
    }
    for champ, maximum in _LONGUEURS.items():
        if len(textes[champ]) > maximum:
            remarques.append(_("%(champ)s : coupé à %(n)s caractères", champ=_NOMS[champ], n=maximum))
            textes[champ] = textes[champ][:maximum].rstrip()
    return {champ: texte for champ, texte in textes.items() if texte}


def _place_values(lieu: Lieu) -> dict[str, Any]:
    return {"commune_code": lieu.commune_code, "territoire_code": lieu.territoire_code}


def _keep_corrections(acteur: Acteur, valeurs: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the values that the import may write, and the names of the corrected fields that it leaves
    unchanged.

    A field is corrected if it differs from the last imported value in `acteur.importe`.
    """
    importe = acteur.importe or {}
    corriges = {champ for champ in valeurs if getattr(acteur, champ) != importe.get(champ)}
    if corriges & _LIEU:
        corriges |= _LIEU & valeurs.keys()
    if corriges:
        acteur.importe = importe | {champ: valeurs[champ] for champ in valeurs if champ in corriges}
    gardes = [
        _NOMS[champ] for champ in valeurs if champ in corriges and valeurs[champ] != getattr(acteur, champ)
    ]
    return {champ: valeur for champ, valeur in valeurs.items() if champ not in corriges}, gardes


def _apply(acteur: Acteur, valeurs: dict[str, Any]) -> bool:
    """Write the values and store them in `importe`. Return True if something changed."""
    changes = {champ: valeur for champ, valeur in valeurs.items() if getattr(acteur, champ) != valeur}
    for champ, valeur in changes.items():
        if acteur.id is not None:
            _note_change(acteur, champ, valeur)
        setattr(acteur, champ, valeur)
    acteur.importe = (acteur.importe or {}) | valeurs
    return bool(changes)


def _note_change(acteur: Acteur, champ: str, valeur: str | None) -> None:
    """Record the change in the history, before the value is written. Places are shown by name."""

    def describe(texte: str | None) -> str | None:
        if texte and champ == "commune_code":
            return db.session.get_one(Commune, texte).nom
        return db.session.get_one(Territoire, texte).nom if texte and champ == "territoire_code" else texte

    noter(
        acteur,
        NatureChangement.CHAMP,
        champ=champ.removesuffix("_code"),
        avant=describe(getattr(acteur, champ)),
        apres=describe(valeur),
        par=None,
    )
