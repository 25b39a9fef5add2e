"""Behind the Makefile: every command of the project, from a machine with nothing prepared. Standard library only."""

import errno
import sys

from checks import bench, lint, lock, test, try_demo
from demo import demo, demo_reset
from machine import Trouble
from pictures import screens

COMMANDS = {
    "demo": demo,
    "demo-reset": demo_reset,
    "test": test,
    "lint": lint,
    "screens": screens,
    "bench": bench,
    "lock": lock,
    "try-demo": try_demo,
}


def main() -> int:
    """Run one command; whatever a person can mend ends in one sentence, not in a traceback."""
    try:
        return COMMANDS[sys.argv[1]]()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        full = error.errno == errno.ENOSPC
        print("磁盘满了，请先腾出一些空间。 The disk is full." if full else f"{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停下；再运行一次，做完的不用重来。 Stopped; run it again: what is done is kept.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
