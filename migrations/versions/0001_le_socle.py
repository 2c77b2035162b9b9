"""Le socle : comptes, annuaire, fiches, journal, courriels.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "battements",
        sa.Column("nom", sa.String(length=40), nullable=False),
        sa.Column("vu_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nom", name=op.f("pk_battements")),
    )
    op.create_table(
        "comptes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prenom", sa.String(length=80), nullable=False),
        sa.Column("nom", sa.String(length=80), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column("mot_de_passe", sa.String(length=200), nullable=True),
        sa.Column("est_animateur", sa.Boolean(), nullable=False),
        sa.Column("est_administrateur", sa.Boolean(), nullable=False),
        sa.Column("est_demonstration", sa.Boolean(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ferme_le", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comptes")),
        sa.UniqueConstraint("courriel", name=op.f("uq_comptes_courriel")),
    )
    op.create_table(
        "compteurs",
        sa.Column("cle", sa.String(length=40), nullable=False),
        sa.Column("valeur", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cle", name=op.f("pk_compteurs")),
    )
    op.create_table(
        "courriels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("evenement", sa.String(length=60), nullable=False),
        sa.Column("destinataire", sa.String(length=254), nullable=False),
        sa.Column("sujet", sa.String(length=250), nullable=False),
        sa.Column("texte", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prochain_essai_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reservee_jusqu_a", sa.DateTime(timezone=True), nullable=True),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandonne_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erreur", sa.String(length=250), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courriels")),
        sa.UniqueConstraint("message_id", name=op.f("uq_courriels_message_id")),
    )
    with op.batch_alter_table("courriels", schema=None) as batch_op:
        batch_op.create_index(
            "ix_courriels_a_envoyer",
            ["prochain_essai_le", "id"],
            unique=False,
            sqlite_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
            postgresql_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
        )
        batch_op.create_index(
            "ix_courriels_a_purger",
            ["envoye_le"],
            unique=False,
            sqlite_where=sa.text("texte IS NOT NULL"),
            postgresql_where=sa.text("texte IS NOT NULL"),
        )

    op.create_table(
        "echecs_connexion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=64), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echecs_connexion")),
    )
    with op.batch_alter_table("echecs_connexion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_echecs_connexion_cle_le"), ["cle", "le"], unique=False)
        batch_op.create_index(batch_op.f("ix_echecs_connexion_le"), ["le"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("objet", sa.String(length=40), nullable=False),
        sa.Column("objet_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_table(
        "territoires",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("nom", sa.String(length=120), nullable=False),
        sa.Column(
            "niveau",
            sa.Enum(
                "region",
                "departement",
                "zone_emploi",
                name="niveau",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["territoires.code"], name=op.f("fk_territoires_parent_code_territoires")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_territoires")),
    )
    with op.batch_alter_table("territoires", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_territoires_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "themes",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("libelle", sa.String(length=80), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("organisme", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_themes")),
    )
    op.create_table(
        "communes",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("nom", sa.String(length=120), nullable=False),
        sa.Column("codes_postaux", sa.String(length=400), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_communes_territoire_code_territoires")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_communes")),
    )
    with op.batch_alter_table("communes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communes_territoire_code"), ["territoire_code"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference_hash", sa.String(length=64), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("ouverte_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vue_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("inactivite_max", sa.Integer(), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fermee_le", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_sessions_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("reference_hash", name=op.f("uq_sessions_reference_hash")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_compte_id"), ["compte_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_expire_le"), ["expire_le"], unique=False)

    op.create_table(
        "acteurs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "service", "organisme", name="nature", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("nom", sa.String(length=200), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=True),
        sa.Column("siret", sa.String(length=14), nullable=True),
        sa.Column("declaration", sa.String(length=20), nullable=True),
        sa.Column("adresse", sa.String(length=300), nullable=True),
        sa.Column("commune_code", sa.String(length=5), nullable=True),
        sa.Column("territoire_code", sa.String(length=16), nullable=True),
        sa.Column("delai_prise_en_charge", sa.Integer(), nullable=True),
        sa.Column("delai_reponse", sa.Integer(), nullable=True),
        sa.Column("importe", sa.JSON(), nullable=True),
        sa.Column("ferme_le", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["communes.code"], name=op.f("fk_acteurs_commune_code_communes")
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_acteurs_territoire_code_territoires")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acteurs")),
        sa.UniqueConstraint("siret", name=op.f("uq_acteurs_siret")),
    )
    with op.batch_alter_table("acteurs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acteurs_nom_id"), ["nom", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_acteurs_territoire_code"), ["territoire_code"], unique=False)

    op.create_table(
        "appartenances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("est_referent", sa.Boolean(), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.CheckConstraint("fin IS NULL OR fin >= debut", name=op.f("ck_appartenances_ordre")),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_appartenances_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_appartenances_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appartenances")),
    )
    with op.batch_alter_table("appartenances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appartenances_compte_id"), ["compte_id"], unique=False)
        batch_op.create_index(
            "uq_appartenances_ouverte",
            ["acteur_id", "compte_id"],
            unique=True,
            sqlite_where=sa.text("fin IS NULL"),
            postgresql_where=sa.text("fin IS NULL"),
        )

    op.create_table(
        "competences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("theme_code", sa.String(length=40), nullable=True),
        sa.Column("territoire_code", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_competences_acteur_id_acteurs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_competences_territoire_code_territoires")
        ),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_competences_theme_code_themes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competences")),
        sa.UniqueConstraint(
            "acteur_id",
            "theme_code",
            "territoire_code",
            name=op.f("uq_competences_acteur_id_theme_code_territoire_code"),
        ),
    )
    with op.batch_alter_table("competences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_competences_territoire_code"), ["territoire_code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_competences_theme_code_territoire_code"),
            ["theme_code", "territoire_code"],
            unique=False,
        )

    op.create_table(
        "promotions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisme_id", sa.Integer(), nullable=False),
        sa.Column("titre", sa.String(length=160), nullable=False),
        sa.Column("commune_code", sa.String(length=5), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=False),
        sa.Column("effectif", sa.Integer(), nullable=False),
        sa.Column("succede_a_id", sa.Integer(), nullable=True),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("effectif > 0", name=op.f("ck_promotions_effectif")),
        sa.CheckConstraint("fin >= debut", name=op.f("ck_promotions_ordre")),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["communes.code"], name=op.f("fk_promotions_commune_code_communes")
        ),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["acteurs.id"], name=op.f("fk_promotions_organisme_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["succede_a_id"], ["promotions.id"], name=op.f("fk_promotions_succede_a_id_promotions")
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_promotions_territoire_code_territoires")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotions")),
    )
    with op.batch_alter_table("promotions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promotions_organisme_id"), ["organisme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promotions_succede_a_id"), ["succede_a_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promotions_territoire_code"), ["territoire_code"], unique=False)

    op.create_table(
        "fiches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column(
            "publication",
            sa.Enum(
                "brouillon",
                "retenue",
                "publiee",
                "retiree",
                name="publication",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("theme_code", sa.String(length=40), nullable=True),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("probleme", sa.Text(), nullable=False),
        sa.Column("probleme_html", sa.Text(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("causes_html", sa.Text(), nullable=False),
        sa.Column("consequences", sa.Text(), nullable=False),
        sa.Column("consequences_html", sa.Text(), nullable=False),
        sa.Column("solution", sa.Text(), nullable=False),
        sa.Column("solution_html", sa.Text(), nullable=False),
        sa.Column("effectif_concerne", sa.Integer(), nullable=True),
        sa.Column("destinataires", sa.JSON(), nullable=True),
        sa.Column("motif_moderation", sa.Text(), nullable=True),
        sa.Column("creee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifiee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deposee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "statut",
            sa.Enum(
                "en_cours",
                "reponse",
                "reglee",
                "abandonnee",
                name="statut",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("est_orientee", sa.Boolean(), nullable=False),
        sa.Column("est_comptee", sa.Boolean(), nullable=False),
        sa.Column("prochaine_echeance", sa.Date(), nullable=True),
        sa.Column("repondue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("derniere_reponse_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "publication = 'brouillon' OR deposee_le IS NOT NULL", name=op.f("ck_fiches_deposee")
        ),
        sa.CheckConstraint("effectif_concerne > 0", name=op.f("ck_fiches_effectif")),
        sa.ForeignKeyConstraint(["auteur_id"], ["comptes.id"], name=op.f("fk_fiches_auteur_id_comptes")),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_fiches_promotion_id_promotions")
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_fiches_territoire_code_territoires")
        ),
        sa.ForeignKeyConstraint(["theme_code"], ["themes.code"], name=op.f("fk_fiches_theme_code_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiches")),
        sa.UniqueConstraint("cle", name=op.f("uq_fiches_cle")),
    )
    with op.batch_alter_table("fiches", schema=None) as batch_op:
        batch_op.create_index(
            "ix_fiches_a_orienter",
            ["deposee_le", "id"],
            unique=False,
            sqlite_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
            postgresql_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
        )
        batch_op.create_index(batch_op.f("ix_fiches_auteur_id"), ["auteur_id"], unique=False)
        batch_op.create_index(
            "ix_fiches_moderees",
            ["publication", "deposee_le"],
            unique=False,
            sqlite_where=sa.text("publication <> 'publiee'"),
            postgresql_where=sa.text("publication <> 'publiee'"),
        )
        batch_op.create_index(
            "ix_fiches_par_reponse",
            ["derniere_reponse_le", "id"],
            unique=False,
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.create_index(
            "ix_fiches_par_statut",
            ["statut", "deposee_le", "id"],
            unique=False,
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.create_index(
            "ix_fiches_par_theme",
            ["theme_code", "deposee_le", "id"],
            unique=False,
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.create_index(
            batch_op.f("ix_fiches_promotion_id_publication"), ["promotion_id", "publication"], unique=False
        )
        batch_op.create_index(
            "ix_fiches_publiques",
            ["deposee_le", "id"],
            unique=False,
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.create_index(batch_op.f("ix_fiches_territoire_code"), ["territoire_code"], unique=False)

    op.create_table(
        "mandats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "titulaire",
                "suppleant",
                name="rolemandat",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("debut", sa.Date(), nullable=False),
        sa.Column("fin", sa.Date(), nullable=True),
        sa.CheckConstraint("fin IS NULL OR fin >= debut", name=op.f("ck_mandats_ordre")),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_mandats_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_mandats_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandats")),
    )
    with op.batch_alter_table("mandats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mandats_compte_id"), ["compte_id"], unique=False)
        batch_op.create_index(
            "uq_mandats_siege",
            ["promotion_id", "role"],
            unique=True,
            sqlite_where=sa.text("fin IS NULL"),
            postgresql_where=sa.text("fin IS NULL"),
        )

    op.create_table(
        "fiches_territoires",
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("theme_code", sa.String(length=40), nullable=False),
        sa.Column("deposee_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"],
            ["fiches.id"],
            name=op.f("fk_fiches_territoires_fiche_id_fiches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"],
            ["territoires.code"],
            name=op.f("fk_fiches_territoires_territoire_code_territoires"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_fiches_territoires_theme_code_themes")
        ),
        sa.PrimaryKeyConstraint("fiche_id", "territoire_code", name=op.f("pk_fiches_territoires")),
    )
    with op.batch_alter_table("fiches_territoires", schema=None) as batch_op:
        batch_op.create_index(
            "ix_fiches_territoires_par_theme",
            ["territoire_code", "theme_code", "deposee_le", "fiche_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_fiches_territoires_territoire_code_deposee_le_fiche_id"),
            ["territoire_code", "deposee_le", "fiche_id"],
            unique=False,
        )

    op.create_table(
        "saisines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column(
            "statut",
            sa.Enum(
                "en_cours",
                "reponse",
                "reglee",
                "abandonnee",
                name="statut",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("deposee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ouverte_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prise_en_charge_due", sa.Date(), nullable=False),
        sa.Column("prise_en_charge_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reponse_due", sa.Date(), nullable=False),
        sa.Column("repondue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("derniere_reponse_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("traitee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tour", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(statut = 'en_cours') = (traitee_le IS NULL)", name=op.f("ck_saisines_traitee")),
        sa.CheckConstraint(
            "statut NOT IN ('reponse', 'reglee') OR repondue_le IS NOT NULL",
            name=op.f("ck_saisines_repondue"),
        ),
        sa.ForeignKeyConstraint(["acteur_id"], ["acteurs.id"], name=op.f("fk_saisines_acteur_id_acteurs")),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiches.id"], name=op.f("fk_saisines_fiche_id_fiches")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saisines")),
        sa.UniqueConstraint("fiche_id", "acteur_id", name=op.f("uq_saisines_fiche_id_acteur_id")),
    )
    with op.batch_alter_table("saisines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_saisines_acteur_id_deposee_le_fiche_id"),
            ["acteur_id", "deposee_le", "fiche_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_saisines_en_cours",
            ["acteur_id", "reponse_due", "id"],
            unique=False,
            sqlite_where=sa.text("statut = 'en_cours'"),
            postgresql_where=sa.text("statut = 'en_cours'"),
        )
        batch_op.create_index(
            "ix_saisines_retard",
            ["reponse_due", "id"],
            unique=False,
            sqlite_where=sa.text("statut = 'en_cours'"),
            postgresql_where=sa.text("statut = 'en_cours'"),
        )

    op.create_table(
        "avis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("tour", sa.Integer(), nullable=False),
        sa.Column(
            "valeur",
            sa.Enum(
                "oui", "en_partie", "non", name="valeur", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("commentaire", sa.Text(), nullable=True),
        sa.Column("commentaire_html", sa.Text(), nullable=True),
        sa.Column("auteur_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valeur <> 'non' OR commentaire IS NOT NULL", name=op.f("ck_avis_commentaire")),
        sa.ForeignKeyConstraint(["auteur_id"], ["comptes.id"], name=op.f("fk_avis_auteur_id_comptes")),
        sa.ForeignKeyConstraint(["saisine_id"], ["saisines.id"], name=op.f("fk_avis_saisine_id_saisines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avis")),
        sa.UniqueConstraint("saisine_id", "tour", name=op.f("uq_avis_saisine_id_tour")),
    )
    op.create_table(
        "demandes_reouverture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "demandee",
                "acceptee",
                "refusee",
                "contestee",
                "rejetee",
                name="etatdemande",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tour", sa.Integer(), nullable=False),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_due", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_demandes_reouverture_saisine_id_saisines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demandes_reouverture")),
    )
    with op.batch_alter_table("demandes_reouverture", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_demandes_reouverture_etat_decision_due"), ["etat", "decision_due"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_demandes_reouverture_saisine_id"), ["saisine_id"], unique=False)
        batch_op.create_index(
            "uq_demandes_reouverture_ouverte",
            ["saisine_id"],
            unique=True,
            sqlite_where=sa.text("etat IN ('demandee', 'contestee')"),
            postgresql_where=sa.text("etat IN ('demandee', 'contestee')"),
        )

    op.create_table(
        "etapes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "depot",
                "publication",
                "retrait",
                "orientation",
                "prise_en_charge",
                "etape",
                "reponse",
                "reglement",
                "abandon",
                "reouverture",
                "avis",
                "demande_reouverture",
                "refus_reouverture",
                "contestation",
                "rejet_reouverture",
                name="natureetape",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("texte", sa.Text(), nullable=True),
        sa.Column("texte_html", sa.Text(), nullable=True),
        sa.Column("jours_ouvres", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["acteur_id"], ["acteurs.id"], name=op.f("fk_etapes_acteur_id_acteurs")),
        sa.ForeignKeyConstraint(["auteur_id"], ["comptes.id"], name=op.f("fk_etapes_auteur_id_comptes")),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiches.id"], name=op.f("fk_etapes_fiche_id_fiches")),
        sa.ForeignKeyConstraint(["saisine_id"], ["saisines.id"], name=op.f("fk_etapes_saisine_id_saisines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etapes")),
    )
    with op.batch_alter_table("etapes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_etapes_fiche_id_id"), ["fiche_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_etapes_saisine_id"), ["saisine_id"], unique=False)


def downgrade():
    with op.batch_alter_table("etapes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_etapes_saisine_id"))
        batch_op.drop_index(batch_op.f("ix_etapes_fiche_id_id"))

    op.drop_table("etapes")
    with op.batch_alter_table("demandes_reouverture", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_demandes_reouverture_ouverte",
            sqlite_where=sa.text("etat IN ('demandee', 'contestee')"),
            postgresql_where=sa.text("etat IN ('demandee', 'contestee')"),
        )
        batch_op.drop_index(batch_op.f("ix_demandes_reouverture_saisine_id"))
        batch_op.drop_index(batch_op.f("ix_demandes_reouverture_etat_decision_due"))

    op.drop_table("demandes_reouverture")
    op.drop_table("avis")
    with op.batch_alter_table("saisines", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_saisines_retard",
            sqlite_where=sa.text("statut = 'en_cours'"),
            postgresql_where=sa.text("statut = 'en_cours'"),
        )
        batch_op.drop_index(
            "ix_saisines_en_cours",
            sqlite_where=sa.text("statut = 'en_cours'"),
            postgresql_where=sa.text("statut = 'en_cours'"),
        )
        batch_op.drop_index(batch_op.f("ix_saisines_acteur_id_deposee_le_fiche_id"))

    op.drop_table("saisines")
    with op.batch_alter_table("fiches_territoires", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fiches_territoires_territoire_code_deposee_le_fiche_id"))
        batch_op.drop_index("ix_fiches_territoires_par_theme")

    op.drop_table("fiches_territoires")
    with op.batch_alter_table("mandats", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mandats_siege", sqlite_where=sa.text("fin IS NULL"), postgresql_where=sa.text("fin IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_mandats_compte_id"))

    op.drop_table("mandats")
    with op.batch_alter_table("fiches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fiches_territoire_code"))
        batch_op.drop_index(
            "ix_fiches_publiques",
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.drop_index(batch_op.f("ix_fiches_promotion_id_publication"))
        batch_op.drop_index(
            "ix_fiches_par_theme",
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.drop_index(
            "ix_fiches_par_statut",
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.drop_index(
            "ix_fiches_par_reponse",
            sqlite_where=sa.text("publication = 'publiee'"),
            postgresql_where=sa.text("publication = 'publiee'"),
        )
        batch_op.drop_index(
            "ix_fiches_moderees",
            sqlite_where=sa.text("publication <> 'publiee'"),
            postgresql_where=sa.text("publication <> 'publiee'"),
        )
        batch_op.drop_index(batch_op.f("ix_fiches_auteur_id"))
        batch_op.drop_index(
            "ix_fiches_a_orienter",
            sqlite_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
            postgresql_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
        )

    op.drop_table("fiches")
    with op.batch_alter_table("promotions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promotions_territoire_code"))
        batch_op.drop_index(batch_op.f("ix_promotions_succede_a_id"))
        batch_op.drop_index(batch_op.f("ix_promotions_organisme_id"))

    op.drop_table("promotions")
    with op.batch_alter_table("competences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_competences_theme_code_territoire_code"))
        batch_op.drop_index(batch_op.f("ix_competences_territoire_code"))

    op.drop_table("competences")
    with op.batch_alter_table("appartenances", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appartenances_ouverte",
            sqlite_where=sa.text("fin IS NULL"),
            postgresql_where=sa.text("fin IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_appartenances_compte_id"))

    op.drop_table("appartenances")
    with op.batch_alter_table("acteurs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_acteurs_territoire_code"))
        batch_op.drop_index(batch_op.f("ix_acteurs_nom_id"))

    op.drop_table("acteurs")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_expire_le"))
        batch_op.drop_index(batch_op.f("ix_sessions_compte_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("communes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_communes_territoire_code"))

    op.drop_table("communes")
    op.drop_table("themes")
    with op.batch_alter_table("territoires", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_territoires_parent_code"))

    op.drop_table("territoires")
    op.drop_table("journal")
    with op.batch_alter_table("echecs_connexion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_echecs_connexion_le"))
        batch_op.drop_index(batch_op.f("ix_echecs_connexion_cle_le"))

    op.drop_table("echecs_connexion")
    with op.batch_alter_table("courriels", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_courriels_a_purger",
            sqlite_where=sa.text("texte IS NOT NULL"),
            postgresql_where=sa.text("texte IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_courriels_a_envoyer",
            sqlite_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
            postgresql_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
        )

    op.drop_table("courriels")
    op.drop_table("compteurs")
    op.drop_table("comptes")
    op.drop_table("battements")
