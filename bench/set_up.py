"""Seconds to set up 5,000 homes and 5,000 residents from a workbook, and again with nothing new.

    python -m bench.set_up [homes]

Runs the command as an operator would, on a database of its own (DATABASE_URL names another one, empty and migrated).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parent.parent


def fill(path: Path, homes: int) -> None:
    """A community of so many homes, 14 to a stairwell, two stairwells to a building, one resident in each."""
    book = Workbook(write_only=True)
    places, people = book.create_sheet("地点"), book.create_sheet("居民")
    places.append(["区县", "街道/乡镇", "社区/村", "小区/村民小组", "楼栋", "单元", "房号", "建筑面积"])
    people.append(["社区", "小区", "楼栋", "单元", "房号", "姓名", "手机号"])
    for at in range(homes):
        stairwell, door = divmod(at, 14)
        building, stairwell = divmod(stairwell, 2)
        home = ["测量家园", building + 1, stairwell + 1, (door // 2 + 1) * 100 + door % 2 + 1]
        places.append(["测量区", "测量街道", "测量社区", *home, 88.5])
        people.append(["测量社区", *home, f"居民{at}", f"139{at:08d}"])
    book.save(path)


def run(folder: Path, *command: str) -> float:
    """Seconds that one command takes."""
    env = {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", **os.environ}
    began = time.monotonic()
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def main() -> None:
    """Measure the first run and the second, start of the program included."""
    homes = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder / "bench.xlsx", homes)
        run(folder, "migrate", "--verbosity=0")
        for label in ("first", "again"):
            seconds = run(folder, "set_up_community", str(folder / "bench.xlsx"))
            print(f"{label}: {homes} homes and {homes} residents in {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main()
