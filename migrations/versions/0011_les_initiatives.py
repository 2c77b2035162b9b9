"""Les initiatives : des solutions que les stagiaires construisent eux-mêmes.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _etats(nom, *valeurs):
    return sa.Enum(*valeurs, name=nom, native_enum=False, create_constraint=True, length=32)


def _statut():
    return _etats("statut", "en_etude", "en_cours", "realisee", "abandonnee")


def upgrade():
    op.create_table(
        "initiatives",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("cle", sa.String(length=36), nullable=False, unique=True),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_html", sa.Text(), nullable=False),
        sa.Column("besoins", sa.Text()),
        sa.Column("besoins_html", sa.Text()),
        sa.Column("theme_code", sa.String(length=40), sa.ForeignKey("themes.code"), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), sa.ForeignKey("territoires.code"), nullable=False),
        sa.Column("statut", _statut(), nullable=False),
        sa.Column("proposee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activite_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retiree_le", sa.DateTime(timezone=True)),
        sa.Column("retrait_motif", sa.Text()),
        sa.Column("nombre_participants", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(retiree_le IS NULL) = (retrait_motif IS NULL)", name="retrait"),
        sa.CheckConstraint("nombre_participants >= 0", name="participants"),
    )
    op.create_index("ix_initiatives_tableau", "initiatives", ["statut", "activite_le", "id"])
    op.create_index(op.f("ix_initiatives_territoire_code"), "initiatives", ["territoire_code"])
    op.create_table(
        "initiatives_porteurs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), nullable=False),
        sa.Column("promotion_id", sa.Integer(), sa.ForeignKey("promotions.id")),
        sa.Column("acteur_id", sa.Integer(), sa.ForeignKey("acteurs.id")),
        sa.Column("organisme_id", sa.Integer(), sa.ForeignKey("acteurs.id"), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.Column("jusqu_a", sa.Date()),
        sa.CheckConstraint("(promotion_id IS NULL) <> (acteur_id IS NULL)", name="qui"),
        sa.CheckConstraint("jusqu_a IS NULL OR jusqu_a >= depuis", name="ordre"),
    )
    for colonne in ("initiative_id", "organisme_id", "promotion_id"):
        op.create_index(op.f(f"ix_initiatives_porteurs_{colonne}"), "initiatives_porteurs", [colonne])
    op.create_table(
        "initiatives_participants",
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), primary_key=True),
        sa.Column(
            "compte_id", sa.Integer(), sa.ForeignKey("comptes.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_initiatives_participants_compte_id"), "initiatives_participants", ["compte_id"])
    op.create_table(
        "initiatives_lignes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), nullable=False),
        sa.Column("nature", _etats("nature", "proposition", "statut", "nouvelle"), nullable=False),
        sa.Column("statut", _statut()),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur_id", sa.Integer(), sa.ForeignKey("comptes.id", ondelete="SET NULL")),
        sa.Column("texte", sa.Text()),
        sa.Column("texte_html", sa.Text()),
        sa.Column("masquee_le", sa.DateTime(timezone=True)),
        sa.Column("masquee_motif", sa.Text()),
        sa.CheckConstraint("(nature = 'nouvelle') = (statut IS NULL)", name="ligne"),
        sa.CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name="masquee"),
    )
    op.create_index(op.f("ix_initiatives_lignes_initiative_id_le"), "initiatives_lignes", ["initiative_id", "le"])
    op.create_table(
        "initiatives_fiches",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("initiative_id", sa.Integer(), sa.ForeignKey("initiatives.id"), nullable=False),
        sa.Column("fiche_id", sa.Integer(), sa.ForeignKey("fiches.id"), nullable=False),
        sa.UniqueConstraint("initiative_id", "fiche_id"),
    )
    op.create_index(op.f("ix_initiatives_fiches_fiche_id"), "initiatives_fiches", ["fiche_id"])
    op.add_column(
        "fiches", sa.Column("nombre_initiatives", sa.Integer(), nullable=False, server_default="0")
    )


def downgrade():
    op.drop_column("fiches", "nombre_initiatives")
    for table in ("fiches", "lignes", "participants", "porteurs"):
        op.drop_table(f"initiatives_{table}")
    op.drop_table("initiatives")
