"""House rules checked by tests: style, types, layers, templates, locks."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from jinja2 import nodes
from vulture import Vulture

from mse.core.database import UTCDateTime
from mse.core.web import headers
from mse.extensions import db
from mse.recherche.models import PLEIN_TEXTE

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
# By granian; by tests; a type in a string.
CALLED_FROM_OUTSIDE = {"make_app", "is_fixed", "Opened"}


@pytest.mark.parametrize(
    "outil",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
        ("djlint", "--lint", "templates"),
        ("djangofmt", "--check", "templates"),
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_l_outil_ne_trouve_rien(outil: tuple[str, ...]) -> None:
    run = subprocess.run([BIN / outil[0], *outil[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_aucun_code_mort() -> None:
    """Functions, classes, imports and properties are used by code or by templates."""
    kinds = {"function", "class", "import", "property"}
    decorators = ["@bp.*", "@app.*", "@event.*", "@click.*", "@on*", "@mails*", "@droit*", "@login_manager*"]
    decorators += ["@ressource*"]
    vulture = Vulture(ignore_decorators=decorators)
    vulture.scavenge([str(ROOT / name) for name in ("mse", "bench", "preuves", "wsgi.py")])
    pages = (path.read_text("utf-8") for path in ROOT.glob("templates/**/*.*"))
    elsewhere = set(re.findall(r"\w+", " ".join(pages))) | CALLED_FROM_OUTSIDE
    unused = [item for item in vulture.get_unused_code(min_confidence=60) if item.typ in kinds]
    assert [
        f"{item.filename}:{item.first_lineno} {item.name}" for item in unused if item.name not in elsewhere
    ] == []


def test_un_module_use_cases_ne_contient_que_des_cas_d_usage() -> None:
    """Each public function there is a use case, or runs one of its module."""
    autres = [
        f"{path.relative_to(ROOT)}: {nom}"
        for path in (*ROOT.glob("mse/*/use_cases/*.py"), *ROOT.glob("mse/*/use_cases.py"))
        if path.parent.name != "core"  # the module that defines `use_case`
        for nom in _run_no_use_case(ast.parse(path.read_text("utf-8")))
    ]
    assert autres == []


def _run_no_use_case(tree: ast.Module) -> list[str]:
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    cases = {nom for nom, node in functions.items() if "use_case" in map(_leaf, node.decorator_list)}
    cases |= {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and ".use_cases." in (node.module or "")
        for alias in node.names
    }
    while plus := {n for n, node in functions.items() if n not in cases and _names(node) & cases}:
        cases |= plus
    return [nom for nom in functions if not nom.startswith("_") and nom not in cases]


def _names(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def test_les_reactions_sont_dans_handlers() -> None:
    ailleurs = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("mse/**/*.py")
        if path.name != "handlers.py" and re.search(r"(?m)^@on\(", path.read_text("utf-8"))
    ]
    assert ailleurs == []


def test_aucun_script_ni_style_dans_les_pages() -> None:
    interdit = re.compile(r"<script>|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    for path in ROOT.glob("templates/**/*.html"):
        if "emails" not in path.parts and path.name != "email.html":
            assert not interdit.search(path.read_text("utf-8")), path


def test_un_gabarit_ne_construit_pas_de_liste(sqlite_app: Flask) -> None:
    """The view or a query passes the list. `namespace` and `do` are other ways to build one."""
    change = {"append", "extend", "insert", "update", "setdefault"}
    fautifs = [
        f"{name}:{call.lineno}"
        for name, tree in _templates(sqlite_app)
        for call in tree.find_all(nodes.Call)
        if (isinstance(call.node, nodes.Getattr) and call.node.attr in change)
        or (isinstance(call.node, nodes.Name) and call.node.name == "namespace")
    ]
    assert fautifs == []
    assert "jinja2.ext.ExprStmtExtension" not in sqlite_app.jinja_env.extensions


def test_un_gabarit_ne_compare_pas_d_etats(sqlite_app: Flask) -> None:
    """The view passes actions, or an object with a named boolean. Words and icons by state are a table."""
    states = {"statut", "etat", "publication"}
    fautifs = [
        f"{name}:{compare.lineno}"
        for name, tree in _templates(sqlite_app)
        for compare in tree.find_all(nodes.Compare)
        if states & {_attribute(compare.expr), *(_attribute(operand.expr) for operand in compare.ops)}
        and any(True for _literal in compare.find_all(nodes.Const))
    ]
    assert fautifs == []


def _attribute(node: nodes.Node) -> str:
    """Return the name that an expression ends with, `statut` for `saisine.statut.value`."""
    if isinstance(node, nodes.Getattr):
        return _attribute(node.node) if node.attr == "value" else node.attr
    return node.name if isinstance(node, nodes.Name) else ""


def _templates(app: Flask) -> Iterator[tuple[str, nodes.Template]]:
    """Yield each template with its syntax tree."""
    for name in app.jinja_env.list_templates():
        path = ROOT / "templates" / name
        yield name, app.jinja_env.parse(path.read_text("utf-8"), name, str(path))


def test_aucun_signe_ne_quitte_son_mot() -> None:
    """French «: ; ! ?» and guillemets take a narrow no-break space, so that no line begins with a sign."""
    separe = re.compile(r"""(?:^|[\w)»”’%}…°\].>])[ \u00a0][:;!?](?=[\s"'<)»]|$)|«[ \u00a0]|[ \u00a0]»""")
    for path in [*ROOT.glob("templates/**/*.*"), *ROOT.glob("mse/**/*.py")]:
        source = path.read_text("utf-8")
        textes = _texts(source) if path.suffix == ".py" else [source]
        assert [found[0] for texte in textes for found in separe.finditer(texte)] == [], path


def _texts(source: str) -> Iterator[str]:
    """Yield the string constants of a module, without its docstrings."""
    tree = ast.parse(source)
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def test_un_nom_ne_se_trie_pas_par_ses_octets() -> None:
    """Sorted by code point, «École» follows «Zeste»: rows are sorted by `tri`, Python names by `sort_key`."""
    noms = {"nom", "prenom", "titre", "libelle", "designation"}
    fautifs = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in ROOT.glob("mse/**/*.py")
        for node, argument in _sorted_by(ast.parse(path.read_text("utf-8")))
        if noms & {part.attr for part in ast.walk(argument) if isinstance(part, ast.Attribute)}
        and not {"sort_key", "fold"} & {_leaf(part) for part in ast.walk(argument)}
    ]
    assert fautifs == []
    trie = re.compile(r"\|\s*(?:dict)?sort\([^)]*(?:nom|titre|libelle)")
    assert [path.name for path in ROOT.glob("templates/**/*.*") if trie.search(path.read_text("utf-8"))] == []


def _sorted_by(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.AST]]:
    """Yield each sorting call with each of its arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _leaf(node.func) in ("order_by", "sorted", "sort"):
            for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                yield node, argument


def _leaf(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_les_verrous_ne_nomment_aucun_hote() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in lock.read_text("utf-8")
        assert "--hash=sha256:" in lock.read_text("utf-8")


def test_le_proxy_laisse_entrer_ce_que_les_pages_acceptent(sqlite_app: Flask) -> None:
    octets = max(getattr(view, "octets_max", 0) for view in sqlite_app.view_functions.values())
    nginx = (ROOT / "docs/guides/administration/nginx.conf").read_text("utf-8")
    [limite] = re.findall(r"client_max_body_size (\d+)m;", nginx)
    assert int(limite) * 1024 * 1024 >= octets
    assert f"laisser passer {limite} Mio" in (ROOT / "docs/guides/reglages.md").read_text("utf-8")


def test_les_refus_du_proxy_portent_les_en_tetes_du_site(sqlite_app: Flask) -> None:
    app = Flask("en_https")
    app.config["MSE"] = replace(sqlite_app.config["MSE"], url="https://mission.example")
    headers.init_app(app)
    du_site = app.test_client().get("/inconnue").headers
    nginx = (ROOT / "docs/guides/administration/nginx.conf").read_text("utf-8")
    refus = dict(re.findall(r'add_header (\S+) "([^"]+)" always;', nginx))
    politique = refus.pop("Content-Security-Policy").split("; ")
    assert set(politique) <= set(du_site["Content-Security-Policy"].split("; "))
    assert refus.pop("Cache-Control") == "no-store"
    assert len(refus) == 4
    assert {name: du_site[name] for name in refus} == refus


def test_commit_est_ecrit_une_fois() -> None:
    auteurs = [path.name for path in ROOT.glob("mse/**/*.py") if ".commit()" in path.read_text("utf-8")]
    assert auteurs == ["use_cases.py"]


def test_une_migration_n_importe_pas_le_code() -> None:
    """The code changes; a migration keeps doing what it did."""
    for path in ROOT.glob("migrations/versions/*.py"):
        assert not re.search(r"^(?:from|import) mse\b", path.read_text("utf-8"), re.MULTILINE), path


def test_les_migrations_disent_les_modeles(app: Flask) -> None:
    with db.engine.connect() as connection:
        options = {"compare_type": lambda *args: False if isinstance(args[-1], UTCDateTime) else None}
        options["include_name"] = lambda name, kind, _: kind != "table" or not name.startswith(PLEIN_TEXTE)
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_le_journal_ne_se_reecrit_pas(app: Flask, monde: object) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    for ordre in ("UPDATE journal SET action = 'rien'", "DELETE FROM journal"):
        with pytest.raises(DBAPIError, match="ne se réécrit pas"):
            db.session.execute(text(ordre))
        db.session.rollback()


class _ReadsTheClock(ast.NodeVisitor):
    """Collect calls of the clock that run at import: a test that runs after midnight gets another day."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for evaluated in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(evaluated)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Its body runs later."""

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("today", "now"):
            self.lines.append(node.lineno)
        self.generic_visit(node)


def test_un_test_ne_lit_pas_l_heure_a_l_import() -> None:
    found = []
    for path in ROOT.glob("tests/**/*.py"):
        visitor = _ReadsTheClock()
        visitor.visit(ast.parse(path.read_text("utf-8")))
        found += [f"{path.relative_to(ROOT)}:{line}" for line in visitor.lines]
    assert found == []
