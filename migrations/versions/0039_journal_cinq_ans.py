"""Let the lines of the journal be deleted after five years; until then the triggers refuse it, as before.

Revision ID: 0039_journal_cinq_ans
Revises: 0038_purges
"""

from alembic import op

revision = "0039_journal_cinq_ans"
down_revision = "0038_purges"
branch_labels = None
depends_on = None

SENTENCE = "le journal ne se réécrit pas"


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_sans_delete")
        _refuse_delete("WHEN OLD.le > strftime('%Y-%m-%d %H:%M:%f', 'now', '-5 years') ")
        return
    op.execute("DROP TRIGGER journal_sans_reecriture ON journal")
    _refuse("UPDATE", "journal_sans_reecriture")
    _refuse("DELETE", "journal_sans_effacement", "WHEN (OLD.le > now() - interval '5 years') ")


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_sans_delete")
        _refuse_delete()
        return
    op.execute("DROP TRIGGER journal_sans_effacement ON journal")
    op.execute("DROP TRIGGER journal_sans_reecriture ON journal")
    _refuse("UPDATE OR DELETE", "journal_sans_reecriture")


def _refuse_delete(when=""):
    op.execute(
        f"CREATE TRIGGER journal_sans_delete BEFORE DELETE ON journal {when}"
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
    )


def _refuse(verbs, name, when=""):
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {verbs} ON journal "
        f"FOR EACH ROW {when}EXECUTE FUNCTION refuse_journal()"
    )
