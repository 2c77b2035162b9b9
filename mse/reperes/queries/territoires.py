"""The territoires offered by the form of a repère."""

from mse.annuaire.queries import group_noms_de_territoires

Choix = list[tuple[str, str]]


def list_choix() -> tuple[Choix, list[tuple[str, Choix]]]:
    """Return (code, name) of the large territoires, and of the small ones by the territoire above them."""
    grands: Choix = []
    petits: list[tuple[str, Choix]] = []
    for groupe, lieux in group_noms_de_territoires():
        siens = [(lieu.code, lieu.nom) for lieu in lieux]
        if groupe is None:
            grands = siens
        else:
            petits.append((groupe, siens))
    return grands, petits
