"""Write the CSV file of the communes of one territory, with their postcodes, into mse/demarche.

Communes, postcodes and populations are those of the npm package `@etalab/decoupage-administratif` (Code
officiel géographique, Insee; Licence Ouverte 2.0):

    npm pack @etalab/decoupage-administratif
    tar -xzf etalab-decoupage-administratif-*.tgz
    python3 -m devtools.communes package/data cog_communes_paca.csv region 93
    python3 -m devtools.communes package/data cog_communes_val_de_marne.csv departement 94

The columns are those of the existing file. The zones d’emploi (Insee, 2020), which the package does not have,
are kept from it. A commune without zone is reported: write its zone by hand. Standard library only. No file
holds the arrondissements: the three cities that have some are known by the code (`annuaire/geocoding.py`).
"""

import csv
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "mse" / "demarche"
ZONE = ("code_zone_emploi", "nom_zone_emploi")


def main(source: Path, nom: str, niveau: str, code: str) -> None:
    with (FOLDER / nom).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        connues = {row["code_insee"]: row for row in reader}
        colonnes = list(reader.fieldnames or [])
    epci = {
        membre["code"]: groupe
        for groupe in json.loads((source / "epci.json").read_text("utf-8"))
        for membre in groupe["membres"]
    }
    rows = []
    for commune in json.loads((source / "communes.json").read_text("utf-8")):
        if commune["type"] == "commune-actuelle" and commune[niveau] == code:
            row = describe(commune, epci.get(commune["code"], {}), connues.get(commune["code"], {}))
            rows.append({colonne: row[colonne] for colonne in colonnes})
    with (FOLDER / nom).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, colonnes, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code_insee"]))
    for row in rows:
        if "" in (row.get(colonne) for colonne in ZONE):
            print(f"{row['code_insee']} {row['nom']}: no zone d’emploi", file=sys.stderr)


def describe(commune: dict[str, Any], epci: dict[str, Any], connue: dict[str, str]) -> dict[str, str]:
    """Return the row of a commune. `epci`: its intercommunality; `connue`: its row in the existing file, if
    any."""
    row = {
        "code_insee": commune["code"],
        "nom": commune["nom"],
        "code_departement": commune["departement"],
        "code_arrondissement": commune["arrondissement"],
        "code_region": commune["region"],
        "codes_postaux": " ".join(commune["codesPostaux"]),
        "population": str(commune["population"]),
        "siren": commune["siren"],
        "code_epci": epci.get("code", ""),
        "nom_epci": epci.get("nom", ""),
    }
    return row | {colonne: connue.get(colonne, "") for colonne in ZONE}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
