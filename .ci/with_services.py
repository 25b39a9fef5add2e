"""Run a command with a Redis of its own, and with the PostgreSQL that pg_virtualenv has just made."""

import os
import signal
import subprocess
import sys
import tempfile
import time

from machine import Trouble, free_port, quiet

PATIENCE = 20


def _stop(*_: object) -> None:
    """Turn a request to stop into an exception, so that Redis is stopped too."""
    sys.exit(143)


def addresses(port: int) -> dict[str, str]:
    """Environment by which the product finds both services."""
    user, password, host = os.environ["PGUSER"], os.environ["PGPASSWORD"], os.environ["PGHOST"]
    database = f"postgres://{user}:{password}@{host}:{os.environ['PGPORT']}/{os.environ['PGDATABASE']}"
    return {**os.environ, "DATABASE_URL": database, "REDIS_URL": f"redis://127.0.0.1:{port}/0"}


def wait_for(port: int) -> None:
    """Wait until Redis answers."""
    end = time.monotonic() + PATIENCE
    while not quiet("redis-cli", "-p", str(port), "ping"):
        if time.monotonic() > end:
            raise Trouble("Redis 没有启动起来。", "Redis did not start.")
        time.sleep(0.1)


def main() -> int:
    """Start Redis, run the command, throw Redis away."""
    signal.signal(signal.SIGTERM, _stop)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        redis = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            return subprocess.run(sys.argv[1:], env=addresses(port), check=False).returncode
        finally:
            redis.terminate()
            redis.wait()


if __name__ == "__main__":
    sys.exit(main())
