"""Les noms se trient à la française, de même sur les deux bases : accents, majuscules et signes ne comptent pas.

Revision ID: 0030
Revises: 0029
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NOMS = {
    "acteurs": ("id", "nom"),
    "comptes": ("id", "nom", "prenom"),
    "promotions": ("id", "titre"),
    "communes": ("code", "nom"),
}


def _cle(*noms):
    """What `mse.core.sort_keys` stored when this revision was written."""
    return "\t".join(
        re.sub("[0-9]+", lambda nombre: nombre[0].lstrip("0").zfill(8), " ".join(_plier(nom).split()))
        for nom in noms
    )


def _plier(nom):
    decompose = unicodedata.normalize("NFKD", nom.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c if c.isalnum() else " " for c in decompose if not unicodedata.combining(c))


def upgrade():
    postgresql = op.get_bind().dialect.name == "postgresql"
    octets = sa.Text(collation="C") if postgresql else sa.Text()
    for nom, (cle, *colonnes) in NOMS.items():
        op.add_column(nom, sa.Column("tri", octets, nullable=False, server_default=""))
        table = sa.table(nom, *(sa.column(colonne) for colonne in (cle, *colonnes, "tri")))
        lignes = op.get_bind().execute(sa.select(*(table.c[colonne] for colonne in (cle, *colonnes)))).all()
        if lignes:
            celle_ci = sa.update(table).where(table.c[cle] == sa.bindparam("ligne"))
            op.get_bind().execute(
                celle_ci.values(tri=sa.bindparam("nouveau")),
                [{"ligne": ligne[0], "nouveau": _cle(*ligne[1:])} for ligne in lignes],
            )
    op.drop_index("ix_acteurs_nom_id", table_name="acteurs")
    op.create_index("ix_acteurs_repertoire", "acteurs", [sa.text("nature DESC"), "tri", "id"])
    op.drop_index("ix_comptes_nom_prenom_id", table_name="comptes")
    op.create_index("ix_comptes_tri_id", "comptes", ["tri", "id"])


def downgrade():
    op.drop_index("ix_comptes_tri_id", table_name="comptes")
    op.create_index("ix_comptes_nom_prenom_id", "comptes", ["nom", "prenom", "id"])
    op.drop_index("ix_acteurs_repertoire", table_name="acteurs")
    op.create_index("ix_acteurs_nom_id", "acteurs", ["nom", "id"])
    for nom in NOMS:
        op.drop_column(nom, "tri")
