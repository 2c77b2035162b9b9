"""Every select of the directory."""

from mse.annuaire.queries.acteurs import (
    get_acteur,
    get_acteurs_par_siret,
    get_promotion,
    has_competence,
    list_acteurs_par_id,
    list_noms_d_acteurs,
    list_noms_de_services,
    list_promotions,
    list_promotions_debutant,
    list_promotions_ouvertes,
    list_services,
)
from mse.annuaire.queries.personnes import acteurs_sans_compte, get_appartenance, list_mandats_ouverts
from mse.annuaire.queries.referentiel import (
    list_communes,
    list_noms_de_territoires,
    list_noms_de_themes,
    list_sous_arbre,
    list_territoires,
    list_themes,
)
from mse.annuaire.queries.repertoire import FiltresActeurs, group_domaines, list_acteurs

__all__ = [
    "FiltresActeurs",
    "acteurs_sans_compte",
    "get_acteur",
    "get_acteurs_par_siret",
    "get_appartenance",
    "get_promotion",
    "group_domaines",
    "has_competence",
    "list_acteurs",
    "list_acteurs_par_id",
    "list_communes",
    "list_mandats_ouverts",
    "list_noms_d_acteurs",
    "list_noms_de_services",
    "list_noms_de_territoires",
    "list_noms_de_themes",
    "list_promotions",
    "list_promotions_debutant",
    "list_promotions_ouvertes",
    "list_services",
    "list_sous_arbre",
    "list_territoires",
    "list_themes",
]
