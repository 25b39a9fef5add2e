"""PostgreSQL with fsync on, Redis and gunicorn of a measurement's own, which may be killed and come back."""

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
WORKERS = 4


def free_port() -> int:
    """A port that nobody listens on, below those that connections take of themselves: a killed server gets it back."""
    for port in random.sample(range(12_000, 32_000), 200):
        with contextlib.suppress(OSError), socket.socket() as one:
            one.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port")


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on {port}")


def binaries() -> Path:
    """Where PostgreSQL keeps its server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else Path(shutil.which("postgres") or "postgres").parent


def children_of(parent: int) -> list[int]:
    """The processes that one process began."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        # The fourth word is the parent; the second may hold blanks, in brackets.
        with contextlib.suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def processor(parent: int) -> float:
    """Seconds of the processor that a process, its children and those it has buried have had."""
    ticks = 0
    for pid in [parent, *children_of(parent)]:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(word) for word in (words[11:15] if pid == parent else words[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


class Postgres:
    """A cluster in a folder; PostgreSQL refuses root, so then it runs as its own user."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port, self.user = folder / "pg", free_port(), None
        self.data.mkdir()
        if os.geteuid() == 0:
            self.user = "postgres"
            folder.chmod(0o755)
            shutil.chown(self.data, self.user)
        self._run(
            binaries() / "initdb", "-D", self.data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
        self.start()
        self._run(binaries() / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "bench", "bench")
        self.url = f"postgres://bench@127.0.0.1:{self.port}/bench"

    def _run(self, *command: object) -> None:
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, **self._as_user())

    def _as_user(self) -> dict[str, object]:
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if self.user else {}

    def start(self) -> None:
        """Start it, after a kill too: it recovers from its log."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = [f"port={self.port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={self.data}"]
        options += ["fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=300"]
        options += ["shared_buffers=256MB", "max_wal_size=2GB"]
        command = [str(binaries() / "postgres"), "-D", str(self.data)]
        command += [word for option in options for word in ("-c", option)]
        log = (self.data.parent / "postgres.log").open("ab")
        ready = [str(binaries() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        self.process, end = None, time.monotonic() + PATIENCE
        while self.process is None or subprocess.run(ready, check=False).returncode:
            if time.monotonic() > end:
                raise TimeoutError(
                    f"PostgreSQL did not start: {(self.data.parent / 'postgres.log').read_text()[-2000:]}"
                )
            # It gives up while a process of the one before still holds its memory: then once more.
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen(
                    command, stdout=log, stderr=log, start_new_session=True, **self._as_user()
                )
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9, the postmaster and every process of it; it is stopped first, so that it begets no more."""
        self.process.send_signal(signal.SIGSTOP)
        family = [*children_of(self.process.pid), self.process.pid]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> None:
        """Stop it for good."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()


class Application:
    """gunicorn as an operator runs it, in production's settings."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self.port, self.env, self.log = free_port(), env, (folder / "gunicorn.log").open("ab")
        self.process = None

    @property
    def command(self) -> list[str]:
        """As docs/operate.md says."""
        return ["gunicorn", "xieshang.wsgi", "--preload", "-w", str(WORKERS), "-b", f"127.0.0.1:{self.port}"]

    def start(self) -> None:
        """Start it with what it begets; returns when it listens."""
        command = [sys.executable, "-m", *self.command]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True
        )
        wait_for(self.port)

    def kill(self) -> None:
        """kill -9, master and workers."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)


class Sockets(Application):
    """uvicorn, for the sockets of open pages."""

    @property
    def command(self) -> list[str]:
        """As docs/operate.md says."""
        return ["uvicorn", "xieshang.asgi:application", "--port", str(self.port), "--log-level", "warning"]


@contextlib.contextmanager
def servers(folder: Path) -> Iterator[tuple[Postgres, dict[str, str]]]:
    """PostgreSQL and Redis running, and the environment in which the product finds them."""
    postgres, port = Postgres(folder), free_port()
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield postgres, environment(folder, postgres.url, f"redis://127.0.0.1:{port}/0")
    finally:
        redis.kill()
        postgres.stop()


def environment(folder: Path, database: str, redis: str) -> dict[str, str]:
    """Production's settings with keys made here."""
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "ledger.pem").write_bytes(key)
    secrets = {name: f"{name} of a measurement, used nowhere else, {os.urandom(24).hex()}" for name in SECRETS}
    return {
        **os.environ,
        **secrets,
        "XIESHANG_MODE": "production",
        "LEDGER_KEY_FILE": str(folder / "ledger.pem"),
        "SMS_SENDER": "xieshang.notify.tasks.print_text",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "xieshang.settings",
    }


SECRETS = ("SECRET_KEY", "MATCHING_KEY", "SEALING_KEY")
