"""What must be green: tests on three grounds, lint, measurements, and the lock of dependencies."""

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass

from machine import (
    BROWSER,
    FONTS,
    GETTEXT,
    MINUTE,
    PDF,
    POSTGRES,
    PYTHON,
    REDIS,
    ROOT,
    RUNTIME,
    TESTS,
    chromium,
    prepare,
    quiet,
    require,
    run,
    say,
)

PYTEST = [PYTHON, "-m", "pytest", "tests"]
# A cluster in a folder of its own, thrown away afterwards; it need not survive a power cut.
CLUSTER = ["pg_virtualenv", "-t", "-i", "--locale=C.UTF-8"]
HASTE = [word for name in ("fsync", "synchronous_commit", "full_page_writes") for word in ("-o", f"{name}=off")]
# A file by one process; in order of their names, else the longest, a file of one test, begins last.
FILES = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# Seconds for one step of a run.
LONGEST = 35 * MINUTE
OUTSIDE = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "STATIC_ROOT", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "DEBUG")
DEPLOYED = {
    "XIESHANG_MODE": "production",
    "SECRET_KEY": "checked-at-every-change-and-used-nowhere-0123456789-abcdefghijklmnop",
    "MATCHING_KEY": "another-one-checked-and-used-nowhere-0123456789-abcdefghijklmnop",
    "SEALING_KEY": "a-third-one-checked-and-used-nowhere-0123456789-abcdefghijklmnopq",
    "LEDGER_KEY_FILE": "/nowhere/ledger.pem",
    "ALLOWED_HOSTS": "community.example",
    "SITE_URL": "https://community.example",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


@dataclass(frozen=True)
class Step:
    """One command of a run, with the words it is known by."""

    name: str
    command: list[str]
    env: dict[str, str]


def surroundings(**more: str) -> dict[str, str]:
    """Environment for checks: the test mode, nothing from the person's own settings."""
    kept = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    return {**kept, "XIESHANG_MODE": "test", "PYTHONUNBUFFERED": "1", **more}


def ended(step: Step) -> int:
    """Run a step with everything it begins in a group of its own; what stands still is ended, the rest goes on."""
    begun = subprocess.Popen(step.command, cwd=ROOT, env=step.env, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        return begun.wait(LONGEST)
    except subprocess.TimeoutExpired:
        say(f"“{step.name}” 过了 {LONGEST // MINUTE} 分钟还没有完，不再等了。")
        os.killpg(begun.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            begun.wait(MINUTE / 2)
        return 1
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(begun.pid, signal.SIGKILL)


def all_of(steps: list[Step]) -> int:
    """Run every step, also after one that failed; end with a list of times and failures."""
    lines, failed = [], 0
    for step in steps:
        say(f"\n── {step.name} ──")
        began = time.monotonic()
        code = ended(step)
        failed |= code != 0
        lines.append(f"{'ok    ' if code == 0 else 'FAILED'} {time.monotonic() - began:6.1f} s  {step.name}")
    say("\n" + "\n".join(lines))
    return int(failed)


def test() -> int:
    """Every test: on SQLite, on a real PostgreSQL and Redis, in a real browser. Nothing collected is a failure."""
    prepare(TESTS)
    require([PDF, FONTS, BROWSER, POSTGRES, REDIS, GETTEXT])
    env = surroundings(CHROMIUM=chromium() or "")
    services = [*CLUSTER, *HASTE, PYTHON, ".ci/with_services.py", *PYTEST, "-m", "services"]
    steps = [
        Step(
            "rules, services and views on SQLite",
            [*PYTEST, "-n", "2", "-m", "not services and not browser and not demo"],
            env,
        ),
        Step("PostgreSQL and Redis", services, env),
        Step("a real browser", [*PYTEST, *FILES, "-m", "browser"], env),
    ]
    return all_of(steps)


def try_demo() -> int:
    """Start the demo as a newcomer would and fetch its pages."""
    prepare(TESTS)
    return run(*PYTEST, "-m", "demo", env=surroundings()).returncode


def lint() -> int:
    """Everything that can be judged without running the product."""
    prepare(TESTS)
    env = surroundings(DATABASE_URL="sqlite://:memory:")
    tool = [PYTHON, "-m"]
    manage = [PYTHON, "-W", "ignore", "manage.py"]
    steps = [
        Step("ruff", [*tool, "ruff", "check", "."], env),
        Step("ruff format", [*tool, "ruff", "format", "--check", "."], env),
        Step("mypy", [*tool, "mypy"], env),
        Step("djlint", [*tool, "djlint", "--lint", "--quiet", "templates"], env),
        Step("import-linter", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"], env),
        Step("migrations complete", [*manage, "makemigrations", "--check", "--dry-run"], env),
        Step("fit to be deployed", [*manage, "check", "--deploy", "--fail-level", "WARNING"], surroundings(**DEPLOYED)),
        Step("house rules", [PYTHON, "-m", "pytest", "tests/house"], env),
    ]
    return all_of(steps)


def bench() -> int:
    """Run the measurements in bench/."""
    prepare(TESTS)
    return run(PYTHON, "-m", "bench").returncode


def lock() -> int:
    """Pin both lists of dependencies again, with hashes and without addresses."""
    prepare(TESTS)
    if not quiet(PYTHON, "-m", "uv", "--version"):
        subprocess.run([PYTHON, "-m", "pip", "install", "-q", "uv"], cwd=ROOT, check=True, timeout=5 * MINUTE)
    options = ["-q", "--universal", "-p", "3.12", "--generate-hashes", "--no-header", "--no-emit-index-url"]
    options += ["--no-emit-find-links"]
    compile_one = [PYTHON, "-m", "uv", "pip", "compile", *options]
    return max(run(*compile_one, name.replace(".txt", ".in"), "-o", name).returncode for name in (RUNTIME, TESTS))
