"""Documents of the API from the rows of the queries."""

from functools import cache
from typing import Any

from flask import current_app

from mse.core.web import url_pattern
from mse.meteo.api import Etat, Mesure
from mse.ouverture.documents import (
    Acteur,
    Chiffre,
    Competence,
    Etape,
    Fiche,
    FicheEntiere,
    Initiative,
    InitiativeEntiere,
    Lien,
    LigneInitiative,
    Masque,
    Nom,
    Reponse,
    Responsable,
    Saisine,
    Temps,
)
from mse.ouverture.queries import annuaire, fiches, initiatives
from mse.representation.models import PETITE_PROMOTION, designer


def adresse(endpoint: str, row_id: int) -> str:
    """Return the absolute URL of a page."""
    return f"{current_app.config['MSE'].url}{_path(endpoint) % row_id}"


@cache
def _path(endpoint: str) -> str:
    return url_pattern(endpoint)


def _omit_small(effectif: int | None) -> int | None:
    """Return a number of people; None if it is small enough to identify somebody."""
    return effectif if effectif is not None and effectif >= PETITE_PROMOTION else None


def make_fiche(lue: fiches.Lecture) -> Fiche:
    return Fiche(**_fields_of_fiche(lue))


def make_fiche_entiere(lue: fiches.Lecture, etapes: Any) -> FicheEntiere:
    return FicheEntiere(**_fields_of_fiche(lue), etapes=[_make_etape(etape) for etape in etapes])


def _fields_of_fiche(lue: fiches.Lecture) -> dict[str, Any]:
    row = lue.fiche
    return {
        "id": row.id,
        "adresse": adresse("fiches.detail", row.id),
        "titre": row.titre,
        "probleme": row.probleme,
        "causes": row.causes,
        "consequences": row.consequences,
        "solution": row.solution,
        "theme": Nom(code=row.theme_code, nom=row.theme),
        "territoire": Nom(code=row.territoire_code, nom=row.territoire),
        "commune": row.commune,
        "promotion": designer(row.promotion, row.effectif, row.organisme),
        "personnes_concernees": _omit_small(row.personnes),
        "nombre_soutiens": row.nombre_soutiens,
        "nombre_pieces": row.nombre_pieces,
        "statut": row.statut,
        "deposee_le": row.deposee_le,
        "modifiee_le": row.modifiee_le,
        "reunie_a": _link_to_fiche(row.reunie_a_id),
        "saisines": [_make_saisine(saisine) for saisine in lue.saisines],
    }


def _link_to_fiche(fiche_id: int | None) -> Lien | None:
    return None if fiche_id is None else Lien(id=fiche_id, adresse=adresse("fiches.detail", fiche_id))


def _make_saisine(row: Any) -> Saisine:
    return Saisine(
        id=row.id,
        acteur=Responsable(id=row.acteur_id, nom=row.nom, nature=row.nature),
        statut=row.statut,
        ouverte_le=row.ouverte_le,
        prise_en_charge_le=row.prise_en_charge_le,
        reponse_due=row.reponse_due,
        repondue_le=row.repondue_le,
        derniere_reponse_le=row.derniere_reponse_le,
        avis=row.valeur,
    )


def _make_masque(row: Any) -> Masque | None:
    return Masque(le=row.masquee_le, motif=row.masquee_motif) if row.masquee_le else None


def _read_texte(row: Any) -> str | None:
    return None if row.masquee_le else row.texte


def _make_etape(row: Any) -> Etape:
    return Etape(
        id=row.id,
        le=row.le,
        nature=row.nature,
        saisine=row.saisine_id,
        acteur=row.nom,
        texte=_read_texte(row),
        avis=row.valeur,
        jours_ouvres=row.jours_ouvres,
        corrige_le=row.corrigee_le,
        masque=_make_masque(row),
    )


def make_reponse(row: Any) -> Reponse:
    acteur = row.acteur_id and Responsable(id=row.acteur_id, nom=row.nom, nature=row.nature_acteur)
    return Reponse(
        id=row.id,
        adresse=adresse("fiches.detail", row.fiche_id),
        fiche=row.fiche_id,
        saisine=row.saisine_id,
        acteur=acteur,
        nature=row.nature,
        le=row.le,
        texte=_read_texte(row),
        jours_ouvres=row.jours_ouvres,
        corrige_le=row.corrigee_le,
        masque=_make_masque(row),
    )


def make_acteur(lue: annuaire.Lecture) -> Acteur:
    row = lue.acteur
    return Acteur(
        id=row.id,
        adresse=adresse("fiches.acteur", row.id),
        nom=row.nom,
        nature=row.nature,
        siret=row.siret,
        territoire=row.territoire_code and Nom(code=row.territoire_code, nom=row.territoire),
        ferme_le=row.ferme_le,
        competences=[
            Competence(theme=une.theme_code, territoire=une.territoire_code) for une in lue.competences
        ],
    )


def make_initiative(lue: initiatives.Lecture) -> Initiative:
    return Initiative(**_fields_of_initiative(lue))


def make_initiative_entiere(lue: initiatives.Lecture, lignes: Any) -> InitiativeEntiere:
    return InitiativeEntiere(
        **_fields_of_initiative(lue),
        lignes=[
            LigneInitiative(
                id=row.id, le=row.le, statut=row.statut, texte=_read_texte(row), masque=_make_masque(row)
            )
            for row in lignes
        ],
    )


def _fields_of_initiative(lue: initiatives.Lecture) -> dict[str, Any]:
    row = lue.initiative
    return {
        "id": row.id,
        "adresse": adresse("initiatives.detail", row.id),
        "titre": row.titre,
        "description": row.description,
        "besoins": row.besoins,
        "theme": Nom(code=row.theme_code, nom=row.theme),
        "territoire": Nom(code=row.territoire_code, nom=row.territoire),
        "statut": row.statut,
        "proposee_le": row.proposee_le,
        "activite_le": row.activite_le,
        "nombre_participants": _omit_small(row.nombre_participants),
        "porteurs": list(lue.porteurs),
        "fiches": list(lue.fiches),
    }


def make_temps(etat: Etat) -> Temps:
    releve = etat.releve
    return Temps(
        code=etat.code,
        nom=etat.nom,
        niveau=etat.niveau,
        indice=None if releve.indice is None else round(releve.indice, 2),
        fourchette=_round(releve.fourchette, 2),
        tendance=etat.tendance,
        mesures={
            mesure: Chiffre(
                k=releve[mesure].k,
                n=releve[mesure].n,
                compte=releve.compte(mesure),
                intervalle=_round(releve[mesure].intervalle, 4),
            )
            for mesure in Mesure
        },
    )


def _round(bornes: tuple[float, float] | None, decimales: int) -> tuple[float, float] | None:
    return bornes and (round(bornes[0], decimales), round(bornes[1], decimales))
