"""What the commands need from the machine: an environment, Debian packages, a free port, room on the disk."""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
RUNTIME = "requirements.txt"
TESTS = "tests/requirements.txt"
MEGABYTE = 1024 * 1024
MINUTE = 60
REMIND_SECONDS = 8
SIDE_BY_SIDE = 2
WINDOWLESS = "chromium-headless-shell"


class Trouble(Exception):
    """Something the person at the keyboard can mend; the text is one sentence in Chinese and one in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def say(sentence: str) -> None:
    """Print one line at once, also into a pipe."""
    print(sentence, flush=True)


@contextlib.contextmanager
def busy(what: str) -> Iterator[None]:
    """Say what is being done, and every few seconds that it still is."""
    done, began = threading.Event(), time.monotonic()

    def remind() -> None:
        while not done.wait(REMIND_SECONDS):
            say(f"  还在{what}，已经 {time.monotonic() - began:.0f} 秒……")

    say(f"正在{what}……")
    threading.Thread(target=remind, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def run(*command: str, **options: object) -> subprocess.CompletedProcess:
    """Run a command in the checkout, without standard input."""
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False, **options)


def quiet(*command: str, **options: object) -> bool:
    """Run a command, show nothing, tell whether it went well; a missing program did not."""
    try:
        return run(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options).returncode == 0
    except OSError:
        return False


def logged(name: str, *command: str, env: dict[str, str] | None = None) -> None:
    """Run a command with its words kept in var/<name>.log; when it fails, say where it stopped."""
    VAR.mkdir(exist_ok=True)
    log = VAR / f"{name}.log"
    with log.open("wb") as words:
        done = run(*command, stdout=words, stderr=subprocess.STDOUT, env=env)
    if done.returncode:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        require_disk(50)
        raise Trouble(
            f"“{name}”这一步没有成功，经过记在 {log.relative_to(ROOT)}，最后几行是：\n{tail}",
            f"The step {name!r} failed; see {log.relative_to(ROOT)}.",
        )


def digest(paths: Iterable[Path]) -> str:
    """Check code of files: names and contents, in order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def require_disk(megabytes: int) -> None:
    """Refuse to begin what the disk cannot hold."""
    free = shutil.disk_usage(ROOT).free // MEGABYTE
    if free < megabytes:
        raise Trouble(
            f"磁盘快满了：还剩 {free} MB，至少要 {megabytes} MB。请先腾出一些空间。",
            f"The disk is almost full: {free} MB left, {megabytes} MB needed.",
        )


def chosen_port() -> int:
    """Port from PORT, 8000 when not given."""
    given = os.environ.get("PORT") or "8000"
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 65535:
        raise Trouble(f"端口“{given}”不对：请给 1 到 65535 之间的数。", f"PORT={given!r} is not a port number.")
    return int(given)


def require_free(port: int) -> None:
    """Refuse a port that something else listens on."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
        except OSError:
            raise Trouble(
                f"端口 {port} 打不开（可能已经有别的程序在用），请换一个，例如：PORT={port % 60000 + 123} make demo",
                f"Port {port} cannot be opened, it may be taken: choose another one with PORT=…",
            ) from None


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


# The environment ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one command at a time prepare the environment."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Make .venv with this Python unless there is one that runs and has pip."""
    if quiet(PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 12))"):
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        if not install_packages([package]):
            raise Trouble(f"这个 Python 缺少 venv：请先安装 {package}。", f"This Python lacks venv: install {package}.")
    base = getattr(sys, "_base_executable", None) or sys.executable
    logged("venv", base, "-m", "venv", "--clear", str(VENV))


def install(requirements: str) -> None:
    """Install a lock into .venv once; a stamp of the lock lets the next start skip it."""
    stamp = VENV / f"{requirements.replace('/', '-')}.stamp"
    now = digest([ROOT / RUNTIME, ROOT / requirements])
    if stamp.exists() and stamp.read_text() == now:
        return
    require_disk(600)
    # The lock names everything, so nothing is left to resolve; bytecode is made of what is used, when it is.
    options = ["--require-hashes", "--no-deps", "--no-compile"]
    options += ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    with busy("安装所需的软件包（只有第一次需要）"), ThreadPoolExecutor() as side:
        parts = enumerate(_parts(ROOT / requirements), start=1)
        steps = [
            side.submit(logged, f"install-{number}", PYTHON, "-m", "pip", "install", *options, "-r", str(part))
            for number, part in parts
        ]
        for step in steps:
            step.result()
    stamp.write_text(now)


def _parts(lock: Path) -> list[Path]:
    """The lock dealt out into files that are installed side by side: every package is named, so none needs another."""
    packages = re.split(r"\n(?=[\w.-]+(?:\[[\w,-]+\])?==)", lock.read_text())
    paths = [VAR / f"install-{number}.txt" for number in range(1, SIDE_BY_SIDE + 1)]
    for number, path in enumerate(paths):
        path.write_text("\n".join(packages[number::SIDE_BY_SIDE]) + "\n")
    return paths


def prepare(requirements: str = RUNTIME) -> None:
    """Have .venv ready with what a lock names."""
    with alone():
        make_environment()
        install(requirements)


# What the system must bring -------------------------------------------------------------------------------------


def _loads(*libraries: str) -> bool:
    """Whether shared libraries can be loaded."""
    try:
        return all(ctypes.CDLL(library) for library in libraries)
    except OSError:
        return False


def _has_chinese_fonts() -> bool:
    """Whether some installed font can show Chinese."""
    if not shutil.which("fc-list"):
        return any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    return bool(run("fc-list", ":lang=zh-cn", "family", capture_output=True).stdout.strip())


def chromium() -> str | None:
    """Path of a Chromium, from CHROMIUM or PATH; rather one without windows, which takes a quarter less time."""
    names = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@dataclass(frozen=True)
class Need:
    """Something from outside Python: how to see whether it is there, and the Debian packages that bring it."""

    is_there: Callable[[], bool]
    packages: tuple[str, ...]


PDF = Need(
    lambda: _loads("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
)
FONTS = Need(_has_chinese_fonts, ("fonts-noto-cjk", "fontconfig"))
BROWSER = Need(lambda: chromium() is not None, ("chromium",))
QUICK_BROWSER = Need(lambda: "CHROMIUM" in os.environ or shutil.which(WINDOWLESS) is not None, (WINDOWLESS,))
POSTGRES = Need(
    lambda: bool(shutil.which("pg_virtualenv")) and any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    ("postgresql", "postgresql-common"),
)
REDIS = Need(lambda: bool(shutil.which("redis-server")), ("redis-server",))
GETTEXT = Need(lambda: bool(shutil.which("xgettext")), ("gettext",))


_one_at_a_time = threading.Lock()


def install_packages(names: list[str]) -> bool:
    """Install Debian packages as root or by a sudo that asks nothing; False where that may not be."""
    with _one_at_a_time:
        return _install_packages(names)


def _install_packages(names: list[str]) -> bool:
    if not shutil.which("apt-get"):
        return False
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if rights and not quiet("sudo", "-n", "true"):
        return False
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    into = ["install", "-y", "--no-install-recommends", *names]
    return quiet(*apt, *into, timeout=5 * MINUTE) or (
        quiet(*apt, "update", timeout=3 * MINUTE) and quiet(*apt, *into, timeout=5 * MINUTE)
    )


def missing(needs: Iterable[Need]) -> list[str]:
    """Debian packages of the needs that are not met."""
    return [package for need in needs if not need.is_there() for package in need.packages]


def require(needs: list[Need]) -> None:
    """Install what is missing, or name it and stop."""
    wanted = missing(needs)
    if not wanted:
        return
    with busy(f"安装系统软件包 {' '.join(wanted)}"):
        install_packages(wanted)
    if still := missing(needs):
        names = " ".join(still)
        raise Trouble(f"缺少这些系统软件包，请先安装：{names}", f"Missing system packages: apt-get install {names}")


def offer(needs: list[Need]) -> None:
    """Install what is missing where it may be, trying once per checkout; go on without it otherwise."""
    tried = VAR / "packages-tried.stamp"
    wanted = missing(needs)
    if wanted and not (tried.exists() and tried.read_text() == " ".join(wanted)):
        with busy(f"安装系统软件包 {' '.join(wanted)}"), contextlib.suppress(subprocess.TimeoutExpired):
            install_packages(wanted)
        VAR.mkdir(exist_ok=True)
        tried.write_text(" ".join(missing(needs)))
