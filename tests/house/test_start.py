"""What a person can mend before a start is said in one sentence, not in a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

BEFORE_ANYTHING_ELSE = {"DEMO_DIR": "/nonexistent"}


def start(command, **env):
    return subprocess.run(
        [sys.executable, ".ci/start.py", command],
        cwd=ROOT,
        env={**os.environ, **BEFORE_ANYTHING_ELSE, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def run_in_ci(words):
    command = [sys.executable, "-c", words]
    return subprocess.run(command, cwd=ROOT / ".ci", capture_output=True, text=True, timeout=60, check=False)


def test_a_taken_port_is_named_with_another_to_take():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        said = start("demo", PORT=str(port))
    assert said.returncode == 1
    assert f"端口 {port} 打不开" in said.stderr
    assert "make demo" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("port", ["0", "70000", "八千", "80 80"])
def test_what_is_no_port_is_refused(port):
    said = start("demo", PORT=port)
    assert said.returncode == 1
    assert f"端口“{port}”不对" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_full_disk_says_how_much_is_left_and_needed():
    said = run_in_ci("import machine\ntry: machine.require_disk(10**9)\nexcept machine.Trouble as it: print(it)")
    assert "磁盘快满了" in said.stdout
    assert "1000000000 MB" in said.stdout


def test_an_interrupted_loading_is_begun_anew_and_a_finished_one_kept(tmp_path):
    words = (
        "import os, pathlib, demo\n"
        f"os.environ['DEMO_DIR'] = {str(tmp_path)!r}\n"
        "data = demo.home() / 'demo.sqlite3'\n"
        "for loaded in (False, True):\n"
        "    data.write_text('')\n"
        "    demo._keep(demo.home() / 'demo.stamp', loaded=loaded)\n"
        "    demo.forget_half()\n"
        "    print(data.exists())\n"
    )
    assert run_in_ci(words).stdout.split() == ["False", "True"]


def test_a_python_that_does_not_work_is_passed_over(tmp_path):
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "python", tmp_path / ".ci" / "python")
    broken = tmp_path / "bin" / "python3"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho broken\nexit 1\n")
    broken.chmod(0o755)
    path = os.pathsep.join([str(broken.parent), str(Path(sys.executable).parent), os.environ["PATH"]])
    said = subprocess.run(
        ["sh", str(tmp_path / ".ci" / "python"), "-c", "import sys; print(sys.version_info >= (3, 12))"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert said.stdout == "True\n"


def test_steps_beside_each_other_are_heard_one_by_one_and_go_on_after_one_that_failed():
    words = (
        "import os, sys, time, checks\n"
        "def step(name, words):\n"
        "    return checks.Step(name, [sys.executable, '-c', words], dict(os.environ))\n"
        "lanes = [step('a', 'print(1); import time; time.sleep(0.4); print(2)')], "
        "[step('b', 'print(3); raise SystemExit(4)'), step('c', 'print(5)')]\n"
        "print('ended with', checks.all_of(*lanes))\n"
    )
    said = run_in_ci(words).stdout
    assert "── a ──\n1\n2\n" in said
    assert "── b ──\n3\n" in said
    assert "── c ──\n5\n" in said
    assert [line.split()[0] for line in said.splitlines() if " s  " in line] == ["FAILED", "ok", "ok"]
    assert said.endswith("ended with 1\n")
