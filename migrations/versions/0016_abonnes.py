"""Addresses that follow without an account: those of the bulletins, then of every object.

Revision ID: 0016_abonnes
Revises: 0015_pieces_reponses
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0016_abonnes"
down_revision = "0015_pieces_reponses"
branch_labels = None
depends_on = None

OBJETS = ("fiche", "theme", "territoire", "acteur")
COLONNES = ("fiche_id", "theme_code", "territoire_code", "acteur_id")
ATTEND = "abonne_id IS NOT NULL AND confirme_le IS NULL"
BULLETINS = "objet = 'bulletins'"


def upgrade():
    op.create_table(
        "abonnes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=43), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abonnes")),
        sa.UniqueConstraint("cle", name=op.f("uq_abonnes_cle")),
        sa.UniqueConstraint("courriel", name=op.f("uq_abonnes_courriel")),
    )
    with op.batch_alter_table("suivis") as batch:
        batch.add_column(sa.Column("abonne_id", sa.Integer()))
        batch.add_column(sa.Column("confirme_le", sa.DateTime(timezone=True)))
        batch.alter_column("compte_id", existing_type=sa.Integer(), nullable=True)
        batch.drop_constraint(op.f("ck_suivis_objet"), type_="check")
        batch.create_check_constraint(op.f("ck_suivis_objet"), f"objet IN {(*OBJETS, 'bulletins')}")
        batch.create_check_constraint(
            op.f("ck_suivis_un_suiveur"), "(compte_id IS NULL) <> (abonne_id IS NULL)"
        )
        batch.create_check_constraint(op.f("ck_suivis_confirme"), "compte_id IS NULL OR confirme_le IS NULL")
        batch.create_check_constraint(
            op.f("ck_suivis_bulletins"), "objet <> 'bulletins' OR compte_id IS NULL"
        )
        batch.create_foreign_key(
            op.f("fk_suivis_abonne_id_abonnes"), "abonnes", ["abonne_id"], ["id"], ondelete="CASCADE"
        )
        for colonne in COLONNES:
            batch.create_unique_constraint(
                op.f(f"uq_suivis_{colonne}_abonne_id"), [colonne, "abonne_id"]
            )
    op.create_index(op.f("ix_suivis_abonne_id"), "suivis", ["abonne_id"])
    for nom, colonne, condition, unique in (
        ("ix_suivis_a_confirmer", "depuis", ATTEND, False),
        ("uq_suivis_bulletins", "abonne_id", BULLETINS, True),
    ):
        ou = sa.text(condition)
        op.create_index(nom, "suivis", [colonne], unique=unique, sqlite_where=ou, postgresql_where=ou)
    _move_subscribers()
    op.drop_table("bulletins_abonnes")
    op.execute("UPDATE courriels SET evenement = 'suivi_demande' WHERE evenement = 'abonnement_demande'")


def _move_subscribers():
    """Each subscriber of the bulletins becomes an address with one follow, whose key is the old one: the links
    of the mails that were sent keep working. Requests whose mail is not written yet are converted."""
    base = op.get_bind()
    for ancien in base.execute(sa.text("SELECT * FROM bulletins_abonnes ORDER BY id")).mappings().all():
        base.execute(
            sa.text("INSERT INTO abonnes (id, cle, courriel) VALUES (:id, :cle, :courriel)"),
            {"id": ancien["id"], "cle": secrets.token_urlsafe(32), "courriel": ancien["courriel"]},
        )
        base.execute(
            sa.text(
                "INSERT INTO suivis (cle, abonne_id, objet, depuis, confirme_le) "
                "VALUES (:cle, :id, 'bulletins', :demande_le, :confirme_le)"
            ),
            dict(ancien),
        )
    if base.dialect.name == "postgresql":
        base.execute(
            sa.text("SELECT setval('abonnes_id_seq', COALESCE((SELECT max(id) FROM abonnes), 0) + 1, false)")
        )
    suivis = dict(base.execute(sa.text("SELECT abonne_id, id FROM suivis WHERE abonne_id IS NOT NULL")).all())
    annonces = sa.table(
        "annonces", sa.column("id"), sa.column("evenement"), sa.column("charge", sa.JSON())
    )
    anciennes = sa.select(annonces.c.id, annonces.c.charge).where(annonces.c.evenement == "AbonnementDemande")
    for annonce in base.execute(anciennes).all():
        charge = {"suivi_id": suivis.get(annonce.charge["abonne_id"], 0), "par_id": None}
        base.execute(
            annonces.update()
            .where(annonces.c.id == annonce.id)
            .values(evenement="SuiviDemande", charge=charge)
        )


def downgrade():
    op.create_table(
        "bulletins_abonnes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=43), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirme_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins_abonnes")),
        sa.UniqueConstraint("cle", name=op.f("uq_bulletins_abonnes_cle")),
        sa.UniqueConstraint("courriel", name=op.f("uq_bulletins_abonnes_courriel")),
    )
    op.create_index(op.f("ix_bulletins_abonnes_demande_le"), "bulletins_abonnes", ["demande_le"])
    op.execute(
        "INSERT INTO bulletins_abonnes (cle, courriel, demande_le, confirme_le) "
        "SELECT suivis.cle, courriel, depuis, confirme_le FROM suivis JOIN abonnes ON abonnes.id = abonne_id "
        "WHERE objet = 'bulletins'"
    )
    op.execute("UPDATE courriels SET evenement = 'abonnement_demande' WHERE evenement = 'suivi_demande'")
    op.execute("DELETE FROM annonces WHERE evenement = 'SuiviDemande'")
    op.execute("DELETE FROM suivis WHERE abonne_id IS NOT NULL")
    for index in ("uq_suivis_bulletins", "ix_suivis_a_confirmer", op.f("ix_suivis_abonne_id")):
        op.drop_index(index, "suivis")
    with op.batch_alter_table("suivis") as batch:
        for colonne in COLONNES:
            batch.drop_constraint(op.f(f"uq_suivis_{colonne}_abonne_id"), type_="unique")
        batch.drop_constraint(op.f("fk_suivis_abonne_id_abonnes"), type_="foreignkey")
        for nom in ("bulletins", "confirme", "un_suiveur", "objet"):
            batch.drop_constraint(op.f(f"ck_suivis_{nom}"), type_="check")
        batch.create_check_constraint(op.f("ck_suivis_objet"), f"objet IN {OBJETS}")
        batch.alter_column("compte_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("confirme_le")
        batch.drop_column("abonne_id")
    op.drop_table("abonnes")
