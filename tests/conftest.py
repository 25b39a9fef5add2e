"""What every test stands on: the test mode, a database that forgets, and no test that skips itself."""

import atexit
import fcntl
import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import django
import pytest
from hypothesis import HealthCheck, settings

# The settings are read from the environment, so this comes before anything that reads them.
os.environ["XIESHANG_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "xieshang.settings"
# Every client of a test looks through the built files anew: there are none here, also while a demo is built beside it.
if "PYTEST_XDIST_WORKER" not in os.environ:
    for folder in ("MEDIA_ROOT", "STATIC_ROOT"):
        os.environ[folder] = tempfile.mkdtemp(prefix="xieshang-")
        atexit.register(shutil.rmtree, os.environ[folder], ignore_errors=True)

# How long an example takes says how busy the machine is, nothing else; speed is measured in bench/.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

django.setup()
# Fixtures of more than one folder; every other stands in the conftest.py of its own.
pytest_plugins = [
    "tests.people",
    "tests.clocks",
    "tests.coordination.fourtwo",
    "tests.coordination.threads",
    "tests.meetings.sitting",
    "tests.topics.walking",
    "tests.voting.owners",
    "tests.voting.counting",
    "tests.voting.secretly",
]

APART = ("browser", "services", "demo")
SKIPPED = "A test may not skip itself: what it needs is installed by `make test`, or it fails."


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what needs a run of its own to that run, unless it was asked for; `make test` does them all."""
    apart = [item for item in items if any(item.get_closest_marker(name) for name in APART)]
    if not config.option.markexpr and len(apart) < len(items):
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in apart]


# No silent skips ------------------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Count a skipped or expected-to-fail test as failed."""
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"{item.nodeid}: {SKIPPED} ({report.longrepr})"
        report.__dict__.pop("wasxfail", None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Count a skipped file as failed."""
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"{collector.nodeid}: {SKIPPED}"
    return report


# A database that forgets ----------------------------------------------------------------------------------------


class SqliteMemory:
    """The database as the migrations left it, kept as a copy beside it."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.copy = connection, sqlite3.connect(":memory:", check_same_thread=False)
        connection.ensure_connection()
        connection.connection.backup(self.copy)

    def restore(self) -> None:
        """Put the copy back, whatever was committed meanwhile."""
        self.connection.ensure_connection()
        self.copy.backup(self.connection.connection)


class PostgresMemory:
    """The database as the migrations left it, kept as a template."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.name = connection, connection.settings_dict["NAME"]
        self._make(f"{self.name}_pristine", self.name)

    def _make(self, new: str, template: str) -> None:
        """Make one database out of another; nobody may be connected to either."""
        from django.db import connections

        connections.close_all()
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{new}" TEMPLATE "{template}"')

    def restore(self) -> None:
        """Make the database anew from the template."""
        self._make(self.name, f"{self.name}_pristine")


def _schema_file() -> Path:
    """Where the database is kept as the migrations of this moment leave it; another migration, another file."""
    root = Path(__file__).resolve().parent.parent
    files = [path for top in ("xieshang", "cms") for path in (root / top).rglob("migrations/*.py")]
    files += [root / "xieshang" / "lib" / "appendonly.py", root / "xieshang" / "lib" / "migrating.py"]
    files.append(root / "requirements.txt")
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    folder = Path(os.environ.get("TEST_SCHEMA_DIR", root / "var"))
    folder.mkdir(exist_ok=True)
    return folder / f"test-schema-{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def _migrated_once() -> Iterator[None]:
    """Run the migrations into a file once, and let every later start on SQLite read the tables from there."""
    from django.core import management
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    ordinary, patch = management.call_command, pytest.MonkeyPatch()

    def call_command(name: str, *words: Any, **options: Any) -> Any:
        if name != "migrate":
            return ordinary(name, *words, **options)
        patch.undo()
        connection.ensure_connection()
        file = _schema_file()
        with Path(f"{file}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                ordinary(name, *words, **options)
                with closing(sqlite3.connect(f"{file}.new")) as kept:
                    connection.connection.backup(kept)
                Path(f"{file}.new").replace(file)
                return None
        with closing(sqlite3.connect(file)) as kept:
            kept.backup(connection.connection)
        return None

    patch.setattr(management, "call_command", call_command)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_setup(_migrated_once: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let tests that commit leave the database as the migrations left it.

    Emptying all tables, as the framework does, would take the first pages of the CMS with it, and the record refuses
    to be emptied.
    """
    from django.db import connection
    from django.test import TransactionTestCase

    with django_db_blocker.unblock():
        memory = (SqliteMemory if connection.vendor == "sqlite" else PostgresMemory)(connection)
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: memory.restore())
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _no_memory_of_limits() -> Iterator[None]:
    """Rate limits and caches of one test are not those of the next."""
    yield
    from django.core.cache import cache

    cache.clear()


# Grounds --------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _real_services(request: pytest.FixtureRequest) -> None:
    """A test marked `services` runs on PostgreSQL and Redis or fails saying how to get them."""
    if request.node.get_closest_marker("services") is None:
        return
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "postgresql" or not settings.REDIS_URL:
        pytest.fail("Run it through `make test`: it needs PostgreSQL and Redis.")
