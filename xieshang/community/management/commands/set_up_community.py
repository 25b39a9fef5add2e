"""Set up communities from a workbook."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from xieshang.community.rules import Sheet
from xieshang.community.services import SetUpReport, read_workbook, set_up
from xieshang.lib.actor import SYSTEM
from xieshang.lib.refusals import RuleViolation


class Command(BaseCommand):
    """Make or update places, bodies, offices and the register from one workbook, all or nothing."""

    help = "Set up communities from a workbook (.xlsx, .xls); every row with a fault is named and then nothing changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to look only."""
        parser.add_argument("file", type=Path, help="the workbook")
        parser.add_argument("--dry-run", action="store_true", help="look at every row, change nothing")

    def handle(self, *args: object, **options: object) -> None:
        """Print progress, then the counts, or every fault and end with 1."""
        path = options["file"]
        try:
            with Path(str(path)).open("rb") as file:
                tables = read_workbook(file)
        except OSError as missing:
            raise CommandError(f"打不开文件“{path}”：{missing.strerror}") from missing
        except RuleViolation as refused:
            raise CommandError(refused.refusal.sentence) from refused
        report = set_up(SYSTEM, tables, dry_run=bool(options["dry_run"]), progress=self._progress)
        self.stderr.write("")
        self._faults(report)
        for name in report.new_places:
            self.stdout.write(f"新建{name}")
        for sheet in Sheet:
            counts = [f"{word}{counted.get(sheet.value, 0)}行" for word, counted in _counts(report).items()]
            self.stdout.write(f"{sheet.value}：{'，'.join(counts)}")
        self.stdout.write("试算完成，什么都没有改。" if options["dry_run"] else "导入完成。")

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r已处理{done * 100 // max(total, 1)}%", ending="")

    def _faults(self, report: SetUpReport) -> None:
        for fault in report.faults:
            self.stdout.write(str(fault))
        if report.faults:
            raise CommandError(f"有{len(report.faults)}处要改，改好再导入。现在什么都没有改。")


def _counts(report: SetUpReport) -> dict[str, dict[str, int]]:
    return {"新增": report.added, "更新": report.updated, "没有变化": report.unchanged}
