"""Initial schema: all tables of version 0.1.0, and the triggers that make the journal append-only.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SENTENCE = "le journal ne se réécrit pas"


def upgrade():
    op.create_table(
        "adresses_refusees",
        sa.Column("courriel", sa.String(length=254), nullable=False),
        sa.Column(
            "motif",
            sa.Enum(
                "adresse", "courriel", name="motifrefus", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("courriel", name=op.f("pk_adresses_refusees")),
    )
    op.create_table(
        "annonces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evenement", sa.String(length=60), nullable=False),
        sa.Column("charge", sa.JSON(), nullable=False),
        sa.Column("notee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prochain_essai_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annonces")),
    )
    op.create_index(
        "ix_annonces_evenement_prochain_essai_le_id",
        "annonces",
        ["evenement", "prochain_essai_le", "id"],
    )
    op.create_index("ix_annonces_prochain_essai_le_id", "annonces", ["prochain_essai_le", "id"])

    op.create_table(
        "audience_jours",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("visites", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("jour", name=op.f("pk_audience_jours")),
    )
    op.create_table(
        "battements",
        sa.Column("nom", sa.String(length=40), nullable=False),
        sa.Column("vu_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nom", name=op.f("pk_battements")),
    )
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("texte_html", sa.Text(), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publie_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(publie_le IS NULL) = (figures IS NULL)", name=op.f("ck_bulletins_fige")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("cle", name=op.f("uq_bulletins_cle")),
    )
    op.create_index("ix_bulletins_pdf", "bulletins", ["pdf"], unique=True)
    op.create_index("ix_bulletins_publie_le", "bulletins", ["publie_le"])

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
    op.create_index("ix_bulletins_abonnes_demande_le", "bulletins_abonnes", ["demande_le"])

    op.create_table(
        "comptes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("prenom", sa.String(length=80), nullable=False),
        sa.Column("nom", sa.String(length=80), nullable=False),
        sa.Column("courriel", sa.String(length=254), nullable=True),
        sa.Column("courriel_invite", sa.String(length=254), nullable=True),
        sa.Column("identifiant", sa.String(length=40), nullable=True),
        sa.Column("courriel_prouve_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mot_de_passe", sa.String(length=200), nullable=True),
        sa.Column("est_animateur", sa.Boolean(), nullable=False),
        sa.Column("est_administrateur", sa.Boolean(), nullable=False),
        sa.Column("est_demonstration", sa.Boolean(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ferme_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "tri",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.CheckConstraint(
            "courriel IS NOT NULL OR identifiant IS NOT NULL OR mot_de_passe IS NULL",
            name=op.f("ck_comptes_reconnaissable"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comptes")),
        sa.UniqueConstraint("courriel", name=op.f("uq_comptes_courriel")),
        sa.UniqueConstraint("identifiant", name=op.f("uq_comptes_identifiant")),
    )
    op.create_index("ix_comptes_courriel_invite", "comptes", ["courriel_invite"])
    op.create_index("ix_comptes_tri_id", "comptes", ["tri", "id"])

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
        sa.Column("destinataire", sa.String(length=254), nullable=True),
        sa.Column("sujet", sa.String(length=250), nullable=True),
        sa.Column("texte", sa.Text(), nullable=True),
        sa.Column("html", sa.Text(), nullable=True),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prochain_essai_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reservee_jusqu_a", sa.DateTime(timezone=True), nullable=True),
        sa.Column("essais", sa.Integer(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandonne_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("desabonnement", sa.String(length=300), nullable=True),
        sa.Column("erreur", sa.String(length=250), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courriels")),
        sa.UniqueConstraint("message_id", name=op.f("uq_courriels_message_id")),
    )
    op.create_index(
        "ix_courriels_a_envoyer",
        "courriels",
        ["prochain_essai_le", "id"],
        sqlite_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
        postgresql_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL"),
    )
    op.create_index(
        "ix_courriels_a_purger",
        "courriels",
        ["envoye_le"],
        sqlite_where=sa.text("destinataire IS NOT NULL"),
        postgresql_where=sa.text("destinataire IS NOT NULL"),
    )
    op.create_index(
        "ix_courriels_urgents",
        "courriels",
        ["expire_le", "id"],
        sqlite_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL AND expire_le IS NOT NULL"),
        postgresql_where=sa.text("envoye_le IS NULL AND abandonne_le IS NULL AND expire_le IS NOT NULL"),
    )

    op.create_table(
        "echecs_connexion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=64), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echecs_connexion")),
    )
    op.create_index("ix_echecs_connexion_cle_le", "echecs_connexion", ["cle", "le"])
    op.create_index("ix_echecs_connexion_le", "echecs_connexion", ["le"])

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
    op.create_index("ix_journal_compte_id_action_le", "journal", ["compte_id", "action", "le"])

    op.create_table(
        "meteo_jours",
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column("calcule_le", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jour", name=op.f("pk_meteo_jours")),
    )
    op.create_table(
        "meteo_reprises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meteo_reprises")),
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
                "commune",
                name="niveau",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("parent_code", sa.String(length=16), nullable=True),
        sa.Column("importe", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["territoires.code"], name=op.f("fk_territoires_parent_code_territoires")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_territoires")),
    )
    op.create_index("ix_territoires_parent_code", "territoires", ["parent_code"])

    op.create_table(
        "themes",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("libelle", sa.String(length=80), nullable=False),
        sa.Column("ordre", sa.Integer(), nullable=False),
        sa.Column("organisme", sa.Boolean(), nullable=False),
        sa.Column("retire_le", sa.Date(), nullable=True),
        sa.Column("importe", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_themes")),
    )
    op.create_table(
        "communes",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("nom", sa.String(length=120), nullable=False),
        sa.Column("codes_postaux", sa.String(length=400), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column(
            "tri",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_communes_territoire_code_territoires")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_communes")),
    )
    op.create_index("ix_communes_territoire_code", "communes", ["territoire_code"])

    op.create_table(
        "imports_organismes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column("essai", sa.Boolean(), nullable=False),
        sa.Column("partout", sa.Boolean(), nullable=False),
        sa.Column("par_id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "attente",
                "en_cours",
                "fini",
                "refuse",
                name="etatimport",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("phrase", sa.String(length=300), nullable=True),
        sa.Column("demande_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vu_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fichier", sa.String(length=40), nullable=True),
        sa.Column("rapport", sa.String(length=40), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("lues", sa.Integer(), nullable=False),
        sa.Column("crees", sa.Integer(), nullable=False),
        sa.Column("actualises", sa.Integer(), nullable=False),
        sa.Column("inchanges", sa.Integer(), nullable=False),
        sa.Column("refuses", sa.Integer(), nullable=False),
        sa.Column("laisses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["par_id"], ["comptes.id"], name=op.f("fk_imports_organismes_par_id_comptes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports_organismes")),
    )
    op.create_index("ix_imports_organismes_etat_id", "imports_organismes", ["etat", "id"])

    op.create_table(
        "initiatives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("titre", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("description_html", sa.Text(), nullable=False),
        sa.Column("besoins", sa.Text(), nullable=True),
        sa.Column("besoins_html", sa.Text(), nullable=True),
        sa.Column("theme_code", sa.String(length=40), nullable=False),
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column(
            "statut",
            sa.Enum(
                "en_etude",
                "en_cours",
                "realisee",
                "abandonnee",
                name="statut",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activite_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retiree_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retrait_motif", sa.Text(), nullable=True),
        sa.Column("nombre_participants", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(retiree_le IS NULL) = (retrait_motif IS NULL)", name=op.f("ck_initiatives_retrait")
        ),
        sa.CheckConstraint("nombre_participants >= 0", name=op.f("ck_initiatives_participants")),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_initiatives_territoire_code_territoires")
        ),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_initiatives_theme_code_themes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives")),
        sa.UniqueConstraint("cle", name=op.f("uq_initiatives_cle")),
    )
    op.create_index("ix_initiatives_activite", "initiatives", ["activite_le", "id"])
    op.create_index("ix_initiatives_tableau", "initiatives", ["statut", "activite_le", "id"])
    op.create_index("ix_initiatives_territoire_code", "initiatives", ["territoire_code"])

    op.create_table(
        "jetons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "connexion",
                "reinitialisation",
                "invitation",
                "code",
                "avis",
                name="naturejeton",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("emis_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utilise_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objet_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_jetons_compte_id_comptes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jetons")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_jetons_secret_hash")),
    )
    op.create_index("ix_jetons_compte_id_nature", "jetons", ["compte_id", "nature"])
    op.create_index("ix_jetons_expire_le", "jetons", ["expire_le"])

    op.create_table(
        "meteo_chiffres",
        sa.Column("territoire_code", sa.String(length=16), nullable=False),
        sa.Column("coupe", sa.String(length=60), nullable=False),
        sa.Column("jour", sa.Date(), nullable=False),
        sa.Column(
            "mesure",
            sa.Enum(
                "representation",
                "expression",
                "ecoute",
                "resolution",
                "initiative",
                name="mesure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint("k >= 0 AND k <= n AND n > 0", name=op.f("ck_meteo_chiffres_k_sur_n")),
        sa.ForeignKeyConstraint(
            ["territoire_code"],
            ["territoires.code"],
            name=op.f("fk_meteo_chiffres_territoire_code_territoires"),
        ),
        sa.PrimaryKeyConstraint("territoire_code", "coupe", "jour", "mesure", name=op.f("pk_meteo_chiffres")),
    )
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
    op.create_index("ix_sessions_compte_id", "sessions", ["compte_id"])
    op.create_index("ix_sessions_expire_le", "sessions", ["expire_le"])

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
        sa.Column("nom_cherche", sa.Text(), nullable=False),
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
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "tri",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["commune_code"], ["communes.code"], name=op.f("fk_acteurs_commune_code_communes")
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"], ["territoires.code"], name=op.f("fk_acteurs_territoire_code_territoires")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acteurs")),
        sa.UniqueConstraint("siret", name=op.f("uq_acteurs_siret")),
    )
    op.create_index("ix_acteurs_repertoire", "acteurs", [sa.literal_column("nature DESC"), "tri", "id"])
    op.create_index("ix_acteurs_territoire_code", "acteurs", ["territoire_code"])

    op.create_table(
        "initiatives_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "jpeg",
                "png",
                "pdf",
                "docx",
                "odt",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("fichier", sa.String(length=40), nullable=False),
        sa.Column("vignette", sa.String(length=40), nullable=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taille > 0", name=op.f("ck_initiatives_documents_taille")),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_documents_initiative_id_initiatives"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_documents")),
        sa.UniqueConstraint("fichier", name=op.f("uq_initiatives_documents_fichier")),
        sa.UniqueConstraint(
            "initiative_id", "empreinte", name=op.f("uq_initiatives_documents_initiative_id_empreinte")
        ),
        sa.UniqueConstraint("vignette", name=op.f("uq_initiatives_documents_vignette")),
    )
    op.create_table(
        "initiatives_lignes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "proposition",
                "statut",
                "nouvelle",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "statut",
            sa.Enum(
                "en_etude",
                "en_cours",
                "realisee",
                "abandonnee",
                name="statut",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("auteur_id", sa.Integer(), nullable=True),
        sa.Column("texte", sa.Text(), nullable=True),
        sa.Column("texte_html", sa.Text(), nullable=True),
        sa.Column("masquee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("masquee_motif", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(nature = 'nouvelle') = (statut IS NULL)", name=op.f("ck_initiatives_lignes_ligne")
        ),
        sa.CheckConstraint(
            "(masquee_le IS NULL) = (masquee_motif IS NULL)", name=op.f("ck_initiatives_lignes_masquee")
        ),
        sa.ForeignKeyConstraint(
            ["auteur_id"],
            ["comptes.id"],
            name=op.f("fk_initiatives_lignes_auteur_id_comptes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_lignes_initiative_id_initiatives"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_lignes")),
    )
    op.create_index("ix_initiatives_lignes_initiative_id_le", "initiatives_lignes", ["initiative_id", "le"])

    op.create_table(
        "initiatives_participants",
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("compte_id", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["compte_id"],
            ["comptes.id"],
            name=op.f("fk_initiatives_participants_compte_id_comptes"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_participants_initiative_id_initiatives"),
        ),
        sa.PrimaryKeyConstraint("initiative_id", "compte_id", name=op.f("pk_initiatives_participants")),
    )
    op.create_index("ix_initiatives_participants_compte_id", "initiatives_participants", ["compte_id"])

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
    op.create_index("ix_appartenances_compte_id", "appartenances", ["compte_id"])
    op.create_index(
        "uq_appartenances_ouverte",
        "appartenances",
        ["acteur_id", "compte_id"],
        unique=True,
        sqlite_where=sa.text("fin IS NULL"),
        postgresql_where=sa.text("fin IS NULL"),
    )

    op.create_table(
        "changements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "creation",
                "champ",
                "competence_ajoutee",
                "competence_retiree",
                "arrivee",
                "referent",
                "plus_referent",
                "depart",
                "fermeture",
                "reouverture",
                "retrait",
                "retour",
                name="naturechangement",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("theme_code", sa.String(length=40), nullable=True),
        sa.Column("territoire_code", sa.String(length=16), nullable=True),
        sa.Column("champ", sa.String(length=40), nullable=True),
        sa.Column("avant", sa.String(length=400), nullable=True),
        sa.Column("apres", sa.String(length=400), nullable=True),
        sa.Column("compte_id", sa.Integer(), nullable=True),
        sa.Column("par_id", sa.Integer(), nullable=True),
        sa.Column(
            "par_role",
            sa.Enum(
                "referent",
                "animation",
                "administration",
                "liste",
                name="roleauteur",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(CASE WHEN acteur_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN theme_code IS NULL THEN 0 ELSE 1 END) + (CASE WHEN territoire_code IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_changements_un_objet"),
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_changements_acteur_id_acteurs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["compte_id"], ["comptes.id"], name=op.f("fk_changements_compte_id_comptes"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["par_id"], ["comptes.id"], name=op.f("fk_changements_par_id_comptes"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["territoire_code"],
            ["territoires.code"],
            name=op.f("fk_changements_territoire_code_territoires"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["theme_code"], ["themes.code"], name=op.f("fk_changements_theme_code_themes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changements")),
    )
    op.create_index("ix_changements_acteur_id_id", "changements", ["acteur_id", "id"])
    op.create_index("ix_changements_compte_id", "changements", ["compte_id"])
    op.create_index("ix_changements_par_id", "changements", ["par_id"])
    op.create_index("ix_changements_territoire_code", "changements", ["territoire_code"])
    op.create_index("ix_changements_theme_code", "changements", ["theme_code"])

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
    op.create_index("ix_competences_territoire_code", "competences", ["territoire_code"])
    op.create_index(
        "ix_competences_theme_code_territoire_code",
        "competences",
        ["theme_code", "territoire_code"],
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
        sa.Column(
            "tri",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
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
    op.create_index("ix_promotions_organisme_id", "promotions", ["organisme_id"])
    op.create_index("ix_promotions_succede_a_id", "promotions", ["succede_a_id"])
    op.create_index("ix_promotions_territoire_code", "promotions", ["territoire_code"])

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
        sa.Column("nombre_initiatives", sa.Integer(), server_default="0", nullable=False),
        sa.Column("nombre_pieces", sa.Integer(), nullable=False),
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
    op.create_index(
        "ix_fiches_a_orienter",
        "fiches",
        ["deposee_le", "id"],
        sqlite_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
        postgresql_where=sa.text("publication = 'publiee' AND NOT est_orientee"),
    )
    op.create_index("ix_fiches_auteur_id", "fiches", ["auteur_id"])
    op.create_index(
        "ix_fiches_moderees",
        "fiches",
        ["publication", "deposee_le"],
        sqlite_where=sa.text("publication <> 'publiee'"),
        postgresql_where=sa.text("publication <> 'publiee'"),
    )
    op.create_index(
        "ix_fiches_par_reponse",
        "fiches",
        ["derniere_reponse_le", "id"],
        sqlite_where=sa.text("publication = 'publiee'"),
        postgresql_where=sa.text("publication = 'publiee'"),
    )
    op.create_index(
        "ix_fiches_par_statut",
        "fiches",
        ["statut", "deposee_le", "id"],
        sqlite_where=sa.text("publication = 'publiee'"),
        postgresql_where=sa.text("publication = 'publiee'"),
    )
    op.create_index(
        "ix_fiches_par_theme",
        "fiches",
        ["theme_code", "deposee_le", "id"],
        sqlite_where=sa.text("publication = 'publiee'"),
        postgresql_where=sa.text("publication = 'publiee'"),
    )
    op.create_index("ix_fiches_promotion_id_publication", "fiches", ["promotion_id", "publication"])
    op.create_index(
        "ix_fiches_publiques",
        "fiches",
        ["deposee_le", "id"],
        sqlite_where=sa.text("publication = 'publiee'"),
        postgresql_where=sa.text("publication = 'publiee'"),
    )
    op.create_index("ix_fiches_territoire_code", "fiches", ["territoire_code"])

    op.create_table(
        "initiatives_demandes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "attend",
                "acceptee",
                "declinee",
                "retiree",
                name="etatportage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("demandee_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("demandeur_id", sa.Integer(), nullable=True),
        sa.Column("decidee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mot", sa.Text(), nullable=True),
        sa.Column("promotion_id", sa.Integer(), nullable=True),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("organisme_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(etat = 'attend') = (decidee_le IS NULL)", name=op.f("ck_initiatives_demandes_decidee")
        ),
        sa.CheckConstraint(
            "(etat = 'declinee') = (mot IS NOT NULL)", name=op.f("ck_initiatives_demandes_mot")
        ),
        sa.CheckConstraint(
            "(promotion_id IS NULL) <> (acteur_id IS NULL)", name=op.f("ck_initiatives_demandes_qui")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_initiatives_demandes_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["demandeur_id"],
            ["comptes.id"],
            name=op.f("fk_initiatives_demandes_demandeur_id_comptes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_demandes_initiative_id_initiatives"),
        ),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["acteurs.id"], name=op.f("fk_initiatives_demandes_organisme_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_initiatives_demandes_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_demandes")),
    )
    op.create_index(
        "ix_initiatives_demandes_acteur",
        "initiatives_demandes",
        ["initiative_id", "acteur_id"],
        unique=True,
        sqlite_where=sa.text("etat = 'attend'"),
        postgresql_where=sa.text("etat = 'attend'"),
    )
    op.create_index("ix_initiatives_demandes_organisme_id", "initiatives_demandes", ["organisme_id"])
    op.create_index(
        "ix_initiatives_demandes_promotion",
        "initiatives_demandes",
        ["initiative_id", "promotion_id"],
        unique=True,
        sqlite_where=sa.text("etat = 'attend'"),
        postgresql_where=sa.text("etat = 'attend'"),
    )

    op.create_table(
        "initiatives_porteurs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("depuis", sa.Date(), nullable=False),
        sa.Column("jusqu_a", sa.Date(), nullable=True),
        sa.Column("promotion_id", sa.Integer(), nullable=True),
        sa.Column("acteur_id", sa.Integer(), nullable=True),
        sa.Column("organisme_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(promotion_id IS NULL) <> (acteur_id IS NULL)", name=op.f("ck_initiatives_porteurs_qui")
        ),
        sa.CheckConstraint(
            "jusqu_a IS NULL OR jusqu_a >= depuis", name=op.f("ck_initiatives_porteurs_ordre")
        ),
        sa.ForeignKeyConstraint(
            ["acteur_id"], ["acteurs.id"], name=op.f("fk_initiatives_porteurs_acteur_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_porteurs_initiative_id_initiatives"),
        ),
        sa.ForeignKeyConstraint(
            ["organisme_id"], ["acteurs.id"], name=op.f("fk_initiatives_porteurs_organisme_id_acteurs")
        ),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_initiatives_porteurs_promotion_id_promotions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_porteurs")),
    )
    op.create_index("ix_initiatives_porteurs_initiative_id", "initiatives_porteurs", ["initiative_id"])
    op.create_index("ix_initiatives_porteurs_organisme_id", "initiatives_porteurs", ["organisme_id"])
    op.create_index("ix_initiatives_porteurs_promotion_id", "initiatives_porteurs", ["promotion_id"])

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
    op.create_index("ix_mandats_compte_id", "mandats", ["compte_id"])
    op.create_index("ix_mandats_promotion_id", "mandats", ["promotion_id"])
    op.create_index(
        "uq_mandats_siege",
        "mandats",
        ["promotion_id", "role"],
        unique=True,
        sqlite_where=sa.text("fin IS NULL"),
        postgresql_where=sa.text("fin IS NULL"),
    )

    op.create_table(
        "elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cle", sa.String(length=36), nullable=False),
        sa.Column("promotion_id", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "resultat",
                "carence",
                name="natureelection",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("le", sa.Date(), nullable=False),
        sa.Column("tour", sa.Integer(), nullable=True),
        sa.Column("inscrits", sa.Integer(), nullable=True),
        sa.Column("votants", sa.Integer(), nullable=True),
        sa.Column("remarque", sa.String(length=1000), nullable=True),
        sa.Column("titulaire_id", sa.Integer(), nullable=True),
        sa.Column("suppleant_id", sa.Integer(), nullable=True),
        sa.Column("saisie_par_id", sa.Integer(), nullable=True),
        sa.Column("saisie_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "nature = 'resultat' OR (titulaire_id IS NULL AND suppleant_id IS NULL AND tour IS NULL)",
            name=op.f("ck_elections_carence"),
        ),
        sa.CheckConstraint("tour IN (1, 2)", name=op.f("ck_elections_tour")),
        sa.CheckConstraint("votants <= inscrits", name=op.f("ck_elections_votants")),
        sa.ForeignKeyConstraint(
            ["promotion_id"], ["promotions.id"], name=op.f("fk_elections_promotion_id_promotions")
        ),
        sa.ForeignKeyConstraint(
            ["saisie_par_id"],
            ["comptes.id"],
            name=op.f("fk_elections_saisie_par_id_comptes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["suppleant_id"],
            ["mandats.id"],
            name=op.f("fk_elections_suppleant_id_mandats"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["titulaire_id"],
            ["mandats.id"],
            name=op.f("fk_elections_titulaire_id_mandats"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
        sa.UniqueConstraint("cle", name=op.f("uq_elections_cle")),
    )
    op.create_index("ix_elections_promotion_id_le", "elections", ["promotion_id", "le"])

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
    op.create_index(
        "ix_fiches_territoires_par_theme",
        "fiches_territoires",
        ["territoire_code", "theme_code", "deposee_le", "fiche_id"],
    )
    op.create_index(
        "ix_fiches_territoires_territoire_code_deposee_le_fiche_id",
        "fiches_territoires",
        ["territoire_code", "deposee_le", "fiche_id"],
    )

    op.create_table(
        "initiatives_fiches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("initiative_id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["fiche_id"], ["fiches.id"], name=op.f("fk_initiatives_fiches_fiche_id_fiches")
        ),
        sa.ForeignKeyConstraint(
            ["initiative_id"],
            ["initiatives.id"],
            name=op.f("fk_initiatives_fiches_initiative_id_initiatives"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_initiatives_fiches")),
        sa.UniqueConstraint(
            "initiative_id", "fiche_id", name=op.f("uq_initiatives_fiches_initiative_id_fiche_id")
        ),
    )
    op.create_index("ix_initiatives_fiches_fiche_id", "initiatives_fiches", ["fiche_id"])

    op.create_table(
        "pieces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fiche_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=100), nullable=False),
        sa.Column(
            "format",
            sa.Enum(
                "jpeg",
                "png",
                "pdf",
                "docx",
                "odt",
                name="format",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("fichier", sa.String(length=40), nullable=False),
        sa.Column("vignette", sa.String(length=40), nullable=True),
        sa.Column("ajoutee_le", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("taille > 0", name=op.f("ck_pieces_taille")),
        sa.ForeignKeyConstraint(
            ["fiche_id"], ["fiches.id"], name=op.f("fk_pieces_fiche_id_fiches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces")),
        sa.UniqueConstraint("fiche_id", "empreinte", name=op.f("uq_pieces_fiche_id_empreinte")),
        sa.UniqueConstraint("fichier", name=op.f("uq_pieces_fichier")),
        sa.UniqueConstraint("vignette", name=op.f("uq_pieces_vignette")),
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
        sa.Column("tenue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("traitee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("transferee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tour", sa.Integer(), nullable=False),
        sa.Column("est_publique", sa.Boolean(), nullable=False),
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
    op.create_index(
        "ix_saisines_a_prendre",
        "saisines",
        ["acteur_id", "prise_en_charge_due", "id"],
        sqlite_where=sa.text("statut = 'en_cours' AND prise_en_charge_le IS NULL"),
        postgresql_where=sa.text("statut = 'en_cours' AND prise_en_charge_le IS NULL"),
    )
    op.create_index(
        "ix_saisines_acteur_id_deposee_le_fiche_id",
        "saisines",
        ["acteur_id", "deposee_le", "fiche_id"],
    )
    op.create_index(
        "ix_saisines_par_statut",
        "saisines",
        ["acteur_id", "statut", "reponse_due", "id"],
        sqlite_where=sa.text("est_publique = 1"),
        postgresql_where=sa.text("est_publique"),
    )
    op.create_index(
        "ix_saisines_reprises",
        "saisines",
        ["acteur_id"],
        sqlite_where=sa.text("repondue_le IS NOT NULL AND statut <> 'reponse' AND statut <> 'reglee'"),
        postgresql_where=sa.text("repondue_le IS NOT NULL AND statut <> 'reponse' AND statut <> 'reglee'"),
    )
    op.create_index("ix_saisines_reponse_due", "saisines", ["reponse_due"])
    op.create_index(
        "ix_saisines_retard",
        "saisines",
        ["reponse_due", "id"],
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
    op.create_index(
        "ix_demandes_reouverture_etat_decision_due", "demandes_reouverture", ["etat", "decision_due"]
    )
    op.create_index("ix_demandes_reouverture_saisine_id", "demandes_reouverture", ["saisine_id"])
    op.create_index(
        "uq_demandes_reouverture_ouverte",
        "demandes_reouverture",
        ["saisine_id"],
        unique=True,
        sqlite_where=sa.text("etat IN ('demandee', 'contestee')"),
        postgresql_where=sa.text("etat IN ('demandee', 'contestee')"),
    )

    op.create_table(
        "echeances_remplacees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("echeance", sa.Date(), nullable=False),
        sa.Column("tenue_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remplacee_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_echeances_remplacees_saisine_id_saisines")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_echeances_remplacees")),
    )
    op.create_index("ix_echeances_remplacees_echeance", "echeances_remplacees", ["echeance"])
    op.create_index("ix_echeances_remplacees_saisine_id", "echeances_remplacees", ["saisine_id"])

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
                "retablissement",
                "orientation",
                "elargissement",
                "transfert",
                "precision",
                "plus_actuelle",
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
        sa.Column(
            "valeur",
            sa.Enum(
                "oui", "en_partie", "non", name="valeur", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("jours_ouvres", sa.Integer(), nullable=True),
        sa.Column("masquee_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("masquee_motif", sa.Text(), nullable=True),
        sa.CheckConstraint("valeur IS NULL OR nature = 'avis'", name=op.f("ck_etapes_verdict")),
        sa.CheckConstraint("(masquee_le IS NULL) = (masquee_motif IS NULL)", name=op.f("ck_etapes_masquee")),
        sa.ForeignKeyConstraint(["acteur_id"], ["acteurs.id"], name=op.f("fk_etapes_acteur_id_acteurs")),
        sa.ForeignKeyConstraint(["auteur_id"], ["comptes.id"], name=op.f("fk_etapes_auteur_id_comptes")),
        sa.ForeignKeyConstraint(["fiche_id"], ["fiches.id"], name=op.f("fk_etapes_fiche_id_fiches")),
        sa.ForeignKeyConstraint(["saisine_id"], ["saisines.id"], name=op.f("fk_etapes_saisine_id_saisines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etapes")),
    )
    op.create_index("ix_etapes_fiche_id_id", "etapes", ["fiche_id", "id"])
    op.create_index("ix_etapes_saisine_id", "etapes", ["saisine_id"])

    op.create_table(
        "transferts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("saisine_id", sa.Integer(), nullable=False),
        sa.Column("etape_id", sa.Integer(), nullable=False),
        sa.Column("de_id", sa.Integer(), nullable=False),
        sa.Column("vers_id", sa.Integer(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("echeance_avant", sa.Date(), nullable=False),
        sa.Column("echeance_apres", sa.Date(), nullable=False),
        sa.CheckConstraint("de_id <> vers_id", name=op.f("ck_transferts_autre")),
        sa.CheckConstraint("echeance_apres >= echeance_avant", name=op.f("ck_transferts_echeance")),
        sa.ForeignKeyConstraint(["de_id"], ["acteurs.id"], name=op.f("fk_transferts_de_id_acteurs")),
        sa.ForeignKeyConstraint(["etape_id"], ["etapes.id"], name=op.f("fk_transferts_etape_id_etapes")),
        sa.ForeignKeyConstraint(
            ["saisine_id"], ["saisines.id"], name=op.f("fk_transferts_saisine_id_saisines")
        ),
        sa.ForeignKeyConstraint(["vers_id"], ["acteurs.id"], name=op.f("fk_transferts_vers_id_acteurs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transferts")),
        sa.UniqueConstraint("etape_id", name=op.f("uq_transferts_etape_id")),
    )
    op.create_index("ix_transferts_de_id_le", "transferts", ["de_id", "le"])
    op.create_index("ix_transferts_saisine_id", "transferts", ["saisine_id"])

    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_sans_{verb.lower()} BEFORE {verb} ON journal "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_journal() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_sans_reecriture BEFORE UPDATE OR DELETE ON journal "
        "FOR EACH ROW EXECUTE FUNCTION refuse_journal()"
    )


def downgrade():
    op.drop_table("transferts")
    op.drop_table("etapes")
    op.drop_table("echeances_remplacees")
    op.drop_table("demandes_reouverture")
    op.drop_table("avis")
    op.drop_table("saisines")
    op.drop_table("pieces")
    op.drop_table("initiatives_fiches")
    op.drop_table("fiches_territoires")
    op.drop_table("elections")
    op.drop_table("mandats")
    op.drop_table("initiatives_porteurs")
    op.drop_table("initiatives_demandes")
    op.drop_table("fiches")
    op.drop_table("promotions")
    op.drop_table("competences")
    op.drop_table("changements")
    op.drop_table("appartenances")
    op.drop_table("initiatives_participants")
    op.drop_table("initiatives_lignes")
    op.drop_table("initiatives_documents")
    op.drop_table("acteurs")
    op.drop_table("sessions")
    op.drop_table("meteo_chiffres")
    op.drop_table("jetons")
    op.drop_table("initiatives")
    op.drop_table("imports_organismes")
    op.drop_table("communes")
    op.drop_table("themes")
    op.drop_table("territoires")
    op.drop_table("meteo_reprises")
    op.drop_table("meteo_jours")
    op.drop_table("journal")
    op.drop_table("echecs_connexion")
    op.drop_table("courriels")
    op.drop_table("compteurs")
    op.drop_table("comptes")
    op.drop_table("bulletins_abonnes")
    op.drop_table("bulletins")
    op.drop_table("battements")
    op.drop_table("audience_jours")
    op.drop_table("annonces")
    op.drop_table("adresses_refusees")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_journal()")
