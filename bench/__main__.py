"""List the measurements with `python -m bench list`, run those named, or all of them."""

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = sorted(module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_"))


def main() -> int:
    """Run each measurement in a process of its own; the first that fails gives the exit code."""
    wanted = sys.argv[1:] or NAMES
    if wanted == ["list"]:
        for name in NAMES:
            print(f"{name:<10}", (import_module(f"bench.{name}").__doc__ or "").splitlines()[0])
        return 0
    if unknown := sorted(set(wanted) - set(NAMES)):
        print(f"No measurement {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    failed = 0
    for name in wanted:
        print(f"\n── {name} ──", flush=True)
        command = [sys.executable, "-m", f"bench.{name}"]
        failed = subprocess.run(command, cwd=HERE.parent, check=False).returncode or failed
    return failed


if __name__ == "__main__":
    sys.exit(main())
