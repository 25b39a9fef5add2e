"""What must be green: tests on three grounds, lint, measurements, and the lock of dependencies."""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from machine import (
    BROWSER,
    FONTS,
    GETTEXT,
    MINUTE,
    PDF,
    POSTGRES,
    PYTHON,
    QUICK_BROWSER,
    REDIS,
    ROOT,
    RUNTIME,
    TESTS,
    chromium,
    offer,
    prepare,
    quiet,
    require,
    run,
    say,
)

PYTEST = [PYTHON, "-m", "pytest"]
# A cluster in a folder of its own, thrown away afterwards; it need not survive a power cut.
CLUSTER = ["pg_virtualenv", "-t", "-i", "--locale=C.UTF-8"]
HASTE = [word for name in ("fsync", "synchronous_commit", "full_page_writes") for word in ("-o", f"{name}=off")]
# Tests take minutes or seconds here: who has nothing left takes over from the other.
STEALING = ["-n", "2", "--dist", "worksteal"]
# Seconds for one step of a run.
LONGEST = 35 * MINUTE
REMIND = 30
FAILED = "FAILED"
OUTSIDE = ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "STATIC_ROOT", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "DEBUG")
DEPLOYED = {
    "XIESHANG_MODE": "production",
    "SECRET_KEY": "checked-at-every-change-and-used-nowhere-0123456789-abcdefghijklmnop",
    "MATCHING_KEY": "another-one-checked-and-used-nowhere-0123456789-abcdefghijklmnop",
    "SEALING_KEY": "a-third-one-checked-and-used-nowhere-0123456789-abcdefghijklmnopq",
    "LEDGER_KEY_FILE": "/nowhere/ledger.pem",
    "SMS_SENDER": "gateway.send",
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


class Begun:
    """A step under way, with everything it begins in a group of its own; heard at once, or kept until it has ended."""

    def __init__(self, step: Step, *, kept: bool) -> None:
        self.step, self.began = step, time.monotonic()
        self.file = tempfile.NamedTemporaryFile(prefix="xieshang-") if kept else None  # noqa: SIM115
        self.process = subprocess.Popen(
            step.command,
            cwd=ROOT,
            env=step.env,
            stdin=subprocess.DEVNULL,
            stdout=self.file,
            stderr=subprocess.STDOUT if kept else None,
            start_new_session=True,
        )

    @property
    def words(self) -> str:
        """What it has said so far, where that is kept."""
        return Path(self.file.name).read_text(errors="replace") if self.file else ""

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self.began

    def code(self) -> int | None:
        """How it ended, nothing while it goes on; what stands still is ended."""
        if self.process.poll() is None and self.seconds > LONGEST:
            say(f"“{self.step.name}” 过了 {LONGEST // MINUTE} 分钟还没有完，不再等了。")
            self.stop()
            return 1
        return self.process.returncode

    def stop(self) -> None:
        """End it and all it began."""
        for sent in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(self.process.pid, sent)
                self.process.wait(MINUTE / 2)

    def how_far(self) -> str:
        """How much of it is done, as it says itself."""
        said = re.findall(r"\[ *(\d+%)\]", self.words)
        return f"{self.step.name} {said[-1] if said else '…'}"


def all_of(*lanes: list[Step]) -> int:
    """Run the lanes side by side, the steps of each one after another, also after one that failed.

    With one lane a step is heard while it runs; with several its words come when it has ended, all together.
    It ends with a list of times and failures.
    """
    waiting, running, lines, said = [list(lane) for lane in lanes], {}, [], time.monotonic()
    try:
        while any(waiting) or running:
            for number, lane in enumerate(waiting):
                if lane and number not in running:
                    running[number] = begin(lane.pop(0), kept=len(lanes) > 1)
            for number, begun in list(running.items()):
                if (code := begun.code()) is not None:
                    lines.append(finish(running.pop(number), code))
            if len(lanes) > 1 and time.monotonic() - said > REMIND:
                said = time.monotonic()
                say("  " + "，".join(begun.how_far() for begun in running.values()))
            time.sleep(0.1)
    finally:
        for begun in running.values():
            begun.stop()
    say("\n" + "\n".join(lines))
    return int(any(line.startswith(FAILED) for line in lines))


def begin(step: Step, *, kept: bool) -> Begun:
    """Begin a step."""
    say(f"正在跑：{step.name}" if kept else f"\n── {step.name} ──")
    return Begun(step, kept=kept)


def finish(begun: Begun, code: int) -> str:
    """Let a step that ended be heard, if it was not yet; gives its line of the list."""
    begun.stop()
    if begun.file:
        say(f"\n── {begun.step.name} ──\n{begun.words}")
        begun.file.close()
    return f"{FAILED if code else 'ok    '} {begun.seconds:6.1f} s  {begun.step.name}"


def files_marked(marker: str) -> list[str]:
    """The files with a test so marked: reading all seven thousand tests to leave most of them out takes its time."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path.relative_to(ROOT)) for path in files if f"mark.{marker}" in path.read_text()]


def test() -> int:
    """Every test: on SQLite, on a real PostgreSQL and Redis, in a real browser. Nothing collected is a failure."""
    prepare(TESTS)
    offer([QUICK_BROWSER])
    require([PDF, FONTS, BROWSER, POSTGRES, REDIS, GETTEXT])
    env = surroundings(CHROMIUM=chromium() or "")
    services = [*CLUSTER, *HASTE, PYTHON, ".ci/with_services.py", *PYTEST, *files_marked("services"), "-m", "services"]
    most = [*PYTEST, "tests", "-n", "2", "-m", "not services and not browser and not demo"]
    # What waits for a page or for another transaction leaves the processors to what computes.
    return all_of(
        [Step("a real browser", [*PYTEST, "tests/browser", *STEALING, "-m", "browser"], env)],
        [Step("PostgreSQL and Redis", services, env), Step("rules, services and views on SQLite", most, env)],
    )


def try_demo() -> int:
    """Start the demo as a newcomer would and fetch its pages."""
    prepare(TESTS)
    return run(*PYTEST, *files_marked("demo"), "-m", "demo", env=surroundings()).returncode


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
