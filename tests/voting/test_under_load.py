"""The measurement of casting in a small form: real servers, kills among them; what it finds wrong it ends with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Seconds of casting, casts under kills, kills of the site and of PostgreSQL, submits of one right, closings.
SMALL = ("2", "60", "2", "1", "40", "1")
OWN = ("DATABASE_URL", "REDIS_URL", "XIESHANG_MODE", "DJANGO_SETTINGS_MODULE")


@pytest.mark.services
def test_nothing_is_lost_and_nothing_double_while_servers_are_killed():
    env = {name: value for name, value in os.environ.items() if name not in OWN and not name.startswith("PG")}
    done = subprocess.run(
        [sys.executable, "-m", "bench.casting", *SMALL], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("nothing lost, nothing double") == 4
