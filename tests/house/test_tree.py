"""What lies where: the top level, the apps in the contract, dependencies, migrations, words that have no place here."""

import ast
import re
import tomllib

from tests.house.sources import ROOT, apps, files, hits, migrations, shown, text, tree

PARTS = "manage.py xieshang cms templates static tests docs bench requirements.txt requirements.in README.md".split()
SMALL = "LICENSE CHANGELOG.md Makefile pyproject.toml .ci .git .gitignore .gitattributes .editorconfig".split()
TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".txt", ".in", ".yaml", ".yml", ".xml", ".svg", ".json", ""}
# Places of one machine and hosts of registries: a checkout knows neither.
FOREIGN = r"(?<![\w.$}>])/(?:work|tmp|root|home)/\w|\b(?:pypi\.org|pythonhosted|npmjs|unpkg|jsdelivr)\b"
SCHEMA = {"CreateModel", "AddField", "AlterField", "RemoveField", "DeleteModel", "RenameField", "RenameModel"}


def ignored():
    """Names at the top that are never committed."""
    return {line.strip("/") for line in text(ROOT / ".gitignore").splitlines() if line and "*" not in line}


def test_the_top_level_holds_what_it_should():
    names = {path.name for path in ROOT.iterdir() if "sqlite3" not in path.name}
    assert names - {*PARTS, *SMALL, ".python-version", "__pycache__"} - ignored() == set()


def test_every_app_is_in_the_contract_of_rooms():
    contracts = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    rooms = next(contract for contract in contracts if contract["id"] == "rooms")
    assert sorted(rooms["containers"]) == [f"xieshang.{name}" for name in apps()]


def test_no_app_keeps_templates_or_static_files_of_its_own():
    assert [shown(path) for name in ("templates", "static") for path in (ROOT / "xieshang").glob(f"*/{name}")] == []


# Dependencies ---------------------------------------------------------------------------------------------------


def direct():
    lines = text(ROOT / "requirements.in").splitlines()
    return [re.split(r"[\[<>=!~ ;]", line)[0] for line in lines if line and not line.startswith(("#", "-"))]


def test_there_are_at_most_thirty_two_direct_dependencies():
    assert len(direct()) <= 32


def test_every_direct_dependency_has_its_reason():
    reasons = text(ROOT / "docs" / "decisions" / "0002-dependencies.md")
    assert [name for name in direct() if f"`{name}`" not in reasons] == []
    assert [name for name in re.findall(r"^\| `([^`]+)`", reasons, flags=re.MULTILINE) if name not in direct()] == []


def test_the_locks_pin_everything_with_hashes():
    for name in ("requirements.txt", "tests/requirements.txt"):
        pins = re.findall(
            r"^([a-z][\w.-]*)(?:\[[^\]]*\])?==[^\n]*((?:\n    --hash=\S+(?: \\)?)*)", text(ROOT / name), re.M
        )
        assert {package for package, hashes in pins if not hashes} == set()
        assert set(direct()) - {package for package, _ in pins} == set()


# Migrations -----------------------------------------------------------------------------------------------------


def test_labels_make_no_migrations():
    lists = [
        shown(path, keyword.value.lineno)
        for path in migrations()
        if path.is_relative_to(ROOT / "xieshang")
        for keyword in ast.walk(tree(path))
        if isinstance(keyword, ast.keyword) and keyword.arg == "choices"
        if isinstance(keyword.value, ast.List | ast.Tuple | ast.Dict)
    ]
    assert lists == []


def test_no_migration_calls_the_product():
    pattern = r"^from (?:xieshang|cms)\.\w+\.(?:services|queries|views|forms)|^from \.\.(?:services|queries)"
    assert [hit for path in migrations() for hit in hits(path, text(path), pattern)] == []


def test_after_the_first_migration_tables_and_data_change_apart():
    def steps(path):
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
        return {getattr(node.func, "attr", "") for node in calls}

    later = [path for path in migrations() if not path.name.startswith("0001")]
    assert [shown(path) for path in later if "RunPython" in steps(path) and steps(path) & SCHEMA] == []


# Words ----------------------------------------------------------------------------------------------------------


def test_nothing_names_a_place_of_one_machine():
    tops = ("xieshang", "cms", "templates", "static", "tests", "docs", "bench", ".ci")
    everything = [path for top in tops for path in files(top, "*") if path.is_file() and path.suffix in TEXTS]
    everything += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS]
    everything = [path for path in everything if path.name not in ("test_tree.py", "requirements.txt")]
    assert [hit for path in everything for hit in hits(path, text(path), FOREIGN)] == []
