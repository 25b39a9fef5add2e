"""Count a vote from a file in the format xieshang-count/1."""

import sys
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import BaseCommand, CommandError

from xieshang.voting.rules import countfile

WRONG_FILE = 2


def opened(name: str) -> AbstractContextManager[BinaryIO]:
    """The file, or standard input for “-”."""
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except OSError as wrong:
        raise CommandError(f"{name}: {wrong.strerror}", returncode=WRONG_FILE) from wrong


class Command(BaseCommand):
    """A thin door: the engine behind it is the one that counts live votes."""

    help = "Count a vote from a file (docs/counting.md): ballot by ballot, or from the totals of a published notice."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file, or - for standard input")
        parser.add_argument("--lines", action="store_true", help="one object per line, one result per line")

    def handle(self, *args: object, **options: object) -> None:
        """Print one result, or one for every line."""
        with opened(str(options["file"])) as file:
            if not options["lines"]:
                self.print_one(file.read())
                return
            for at, line in enumerate(file, start=1):
                self.stdout.write(countfile.printed(countfile.result_of_file(line.rstrip(b"\r\n"), line=at)))

    def print_one(self, raw: bytes) -> None:
        """The result on standard output; or every fault on standard error, exit code 2 and no result."""
        result = countfile.result_of_file(raw)
        if isinstance(result, list):
            for fault in result:
                self.stderr.write(str(fault))
            sys.exit(WRONG_FILE)
        self.stdout.write(countfile.printed(result))
