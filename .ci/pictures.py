"""Pictures of the key pages: a fresh demo on a port of its own, photographed by shots.py, then thrown away."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from machine import BROWSER, FONTS, PYTHON, ROOT, TESTS, Trouble, chromium, free_port, prepare, quiet, require, run, say

PATIENCE = 600
ASK = "import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=5)"


@contextlib.contextmanager
def fresh_demo() -> Iterator[str]:
    """Address of a demo with new data, as a newcomer would see it; stopped and forgotten afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PORT": str(port), "DEMO_DIR": folder}
        command = [sys.executable, str(Path(__file__).with_name("start.py")), "demo"]
        demo = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
        try:
            _wait(demo, f"{address}/demo/")
            yield address
        finally:
            demo.terminate()
            demo.wait()


def _wait(demo: subprocess.Popen, address: str) -> None:
    """Wait until the demo's first page is there."""
    end = time.monotonic() + PATIENCE
    while not quiet(PYTHON, "-c", ASK, address):
        if demo.poll() is not None or time.monotonic() > end:
            raise Trouble("示范站没有启动起来。", "The demo did not start.")
        time.sleep(0.5)


def screens() -> int:
    """Write a picture of every key page for each role, at two widths and in large print, into screens/."""
    prepare(TESTS)
    require([FONTS, BROWSER])
    with fresh_demo() as address:
        env = {**os.environ, "CHROMIUM": chromium() or ""}
        code = run(PYTHON, ".ci/shots.py", address, env=env).returncode
    say(f"图片在 {ROOT / 'screens' / 'index.html'}")
    return code
