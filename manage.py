#!/usr/bin/env python3
"""Django's command line, run by the project's own environment wherever it is called from."""

import os
import sys
from pathlib import Path

OWN_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    """Run one management command; hand over to .venv first when called by another Python."""
    if OWN_PYTHON.exists() and Path(sys.prefix).resolve() != OWN_PYTHON.parent.parent.resolve():
        os.execv(OWN_PYTHON, [str(OWN_PYTHON), *sys.argv])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xieshang.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("还没有准备好运行环境，请先运行 make demo。 Nothing is installed yet: run `make demo` first.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
