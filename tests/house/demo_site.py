"""The demo in a process of its own, as its command starts it."""

import os
import signal
import socket
import subprocess
import time

import httpx
import pytest

from tests.house.sources import ROOT


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Demo:
    """A demo started by its command, in a process group of its own."""

    def __init__(self, folder):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MEDIA_ROOT")}
        env |= {"PORT": str(self.port), "DEMO_DIR": str(folder)}
        command = ["make", "--no-print-directory", "demo"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True)

    def wait(self, seconds):
        """Seconds until it answered."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            assert self.process.poll() is None, "the demo stopped by itself"
            try:
                httpx.get(f"{self.address}/demo/", timeout=5).raise_for_status()
            except httpx.TransportError:
                time.sleep(0.2)
            else:
                return time.monotonic() - began
        pytest.fail(f"no answer after {seconds} s")

    def stop(self):
        """Stop it and whatever it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(20)
