"""Check the record of a vote where it lies: the chain in the tables, then the bundle as anybody would."""

import importlib.util
import tempfile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from xieshang.voting.models import Vote
from xieshang.voting.queries import Depth, bundle, first_broken


class Command(BaseCommand):
    """python manage.py verify_vote NUMBER; ends with an error when something does not hold."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The number of the vote, and how deep to look."""
        parser.add_argument("number")
        parser.add_argument("--depth", choices=[depth.value for depth in Depth], default=Depth.NAMED.value)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say every line that the verifier says."""
        vote = Vote.objects.select_related("matter").filter(matter__number=options["number"]).first()
        if vote is None:
            raise CommandError(f"no vote has the number {options['number']}")
        broken = first_broken(vote)
        with tempfile.TemporaryFile() as file:
            file.writelines(bundle(vote, Depth(options["depth"])))
            faults = _verifier().verify(file, say=self.stdout.write)
        if broken is not None:
            raise CommandError(f"the tables do not hold at position {broken} of the ledger")
        if faults:
            raise CommandError(f"{len(faults)} faults")


def _verifier() -> Any:
    """The very file that people download."""
    spec = importlib.util.spec_from_file_location("verify", settings.BASE_DIR / "static" / "verify.py")
    if spec is None or spec.loader is None:
        raise CommandError("static/verify.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
