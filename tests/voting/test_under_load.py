"""The measurement of casting in a small form: real servers, kills among them; what it finds wrong it ends with."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SMALL = ("speed=2", "one_right=40", "closings=1", "kills=60,2,1")
PATIENCE = 500
OWN = ("DATABASE_URL", "REDIS_URL", "XIESHANG_MODE", "DJANGO_SETTINGS_MODULE")


@pytest.mark.services
def test_nothing_is_lost_and_nothing_double_while_servers_are_killed(tmp_path):
    env = {name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("PG")}
    log = tmp_path / "casting.log"
    with log.open("wb") as words, begun([sys.executable, "-u", "-m", "bench.casting", *SMALL], env, words) as casting:
        code = casting.wait(PATIENCE)
    assert code == 0, log.read_text()
    assert log.read_text().count("nothing lost, nothing double") == 4


@contextlib.contextmanager
def begun(command, env, words):
    """The measurement, begun; asked to stop its servers when it takes too long."""
    casting = subprocess.Popen(command, cwd=ROOT, env=env, stdout=words, stderr=words)
    try:
        yield casting
    except subprocess.TimeoutExpired:
        casting.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            casting.wait(PATIENCE / 6)
        casting.kill()
        pytest.fail(f"still at it after {PATIENCE} s: {Path(words.name).read_text()}")
