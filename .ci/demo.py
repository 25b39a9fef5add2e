"""The demo: one process on 127.0.0.1 with SQLite, HTTP and WebSocket, a made-up community, data kept between starts."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from machine import (
    FONTS,
    PDF,
    PYTHON,
    ROOT,
    VAR,
    VENV,
    Trouble,
    alone,
    busy,
    chosen_port,
    digest,
    logged,
    offer,
    prepare,
    require_disk,
    require_free,
    say,
)

PATIENCE = 120


def home() -> Path:
    """Folder of this demo's data: var/, or DEMO_DIR for a demo beside it."""
    return Path(os.environ.get("DEMO_DIR") or VAR).resolve()


def surroundings(port: int) -> dict[str, str]:
    """Environment in which every command of the demo runs."""
    own = {
        "XIESHANG_MODE": "demo",
        "DATABASE_URL": f"sqlite:///{home() / 'demo.sqlite3'}",
        "MEDIA_ROOT": str(home() / "media"),
        "STATIC_ROOT": str(VAR / "static"),
        "REDIS_URL": "",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    return {**os.environ, **own}


# What was done already ------------------------------------------------------------------------------------------


def _read(stamp: Path) -> dict:
    """Stamps of steps done earlier; an unreadable file counts as none."""
    try:
        return json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}


def _keep(stamp: Path, **done: object) -> None:
    """Add stamps of steps done now."""
    stamp.write_text(json.dumps({**_read(stamp), **done}, indent=1))


def _migrations() -> dict[str, str]:
    """Check code of every migration of ours."""
    files = [path for top in ("xieshang", "cms") for path in (ROOT / top).rglob("migrations/*.py")]
    return {str(path.relative_to(ROOT)): digest([path]) for path in files}


def build_static(env: dict[str, str]) -> None:
    """Collect, hash and compress the static files, when one of them or a package changed; one demo at a time."""
    stamp = VAR / "static.stamp"
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    now = digest([*files, ROOT / "requirements.txt"])
    with alone():
        if _read(stamp).get("static") == now and (VAR / "static" / "staticfiles.json").exists():
            return
        with busy("准备页面样式"):
            logged("collectstatic", PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", env=env)
        _keep(stamp, static=now)


def migrate(env: dict[str, str]) -> None:
    """Bring the tables of a demo loaded earlier to the present, when a migration is new."""
    stamp = home() / "demo.stamp"
    before, now = _read(stamp).get("migrations", {}), _migrations()
    if not before or before == now:
        return
    if any(now.get(name) != code for name, code in before.items()):
        raise Trouble(
            "示范资料是用旧版本建的，和现在的版本对不上：请运行 make demo-reset 从头再来。",
            "The demo's data was made by an older version: run `make demo-reset`.",
        )
    with busy("建立数据库"):
        logged("migrate", PYTHON, "manage.py", "migrate", "--noinput", env=env)
    _keep(stamp, migrations=now)


def load(env: dict[str, str]) -> None:
    """Make the tables and write the made-up community into them, once; in one process, since each starts slowly."""
    stamp = home() / "demo.stamp"
    if _read(stamp).get("loaded"):
        return
    _keep(stamp, loaded=False)
    with busy("建立数据库，写入示范社区"):
        logged("load_demo", PYTHON, "manage.py", "load_demo", "--migrate", env=env)
    _keep(stamp, loaded=True, migrations=_migrations())


def forget_half() -> None:
    """Forget what an interrupted loading left: half a community is worse than none."""
    if _read(home() / "demo.stamp").get("loaded") is False or not (home() / "demo.sqlite3").exists():
        forget()


def forget() -> None:
    """Delete the demo's data, so that the next start begins anew."""
    for name in ("demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm", "demo.stamp"):
        (home() / name).unlink(missing_ok=True)
    shutil.rmtree(home() / "media", ignore_errors=True)


# Serving --------------------------------------------------------------------------------------------------------


def _answers(address: str) -> bool:
    """Whether the site answers at all."""
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _wait(server: subprocess.Popen, address: str) -> None:
    """Wait until the site answers; stop with a sentence if it never does."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        if _answers(address):
            return
        time.sleep(0.2)
    server.terminate()
    raise Trouble("网站没有启动起来，原因见上面几行。", "The site did not start; the lines above say why.")


def serve(port: int, env: dict[str, str]) -> int:
    """Run one daphne process until it is stopped; returns the exit code for the shell."""
    address = f"http://127.0.0.1:{port}/demo/"
    command = [PYTHON, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port), "xieshang.asgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: server.terminate())
    try:
        _wait(server, address)
        say(f"\n示范站已经打开：{address}\n按 Ctrl+C 停止；写下的内容会留着，make demo-reset 可以从头再来。\n")
        return max(server.wait(), 0)
    except KeyboardInterrupt:
        server.wait()
        say("\n示范站已停止。")
        return 0


def make_ready(env: dict[str, str]) -> None:
    """Prepare what is not ready; what does not wait for one another goes on side by side."""
    with ThreadPoolExecutor() as side:
        system = side.submit(offer, [PDF, FONTS])
        prepare()
        forget_half()
        static = side.submit(build_static, env)
        migrate(env)
        load(env)
        for step in (static, system):
            step.result()


def demo() -> int:
    """Prepare what is not ready, then serve."""
    port = chosen_port()
    require_free(port)
    require_disk(100 if VENV.exists() else 600)
    began = time.monotonic()
    home().mkdir(parents=True, exist_ok=True)
    env = surroundings(port)
    make_ready(env)
    say(f"准备好了，用了 {time.monotonic() - began:.0f} 秒，正在启动……")
    return serve(port, env)


def demo_reset() -> int:
    """Begin anew: forget the data, then start."""
    require_free(chosen_port())
    forget()
    return demo()
