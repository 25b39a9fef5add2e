"""What setting up found: counts for each sheet, and every row that has to be set right."""

from dataclasses import dataclass, field
from typing import Protocol

from ...rules import Sheet


class RowLike(Protocol):
    """Where something stands in the file."""

    @property
    def sheet(self) -> Sheet:
        """The sheet."""

    @property
    def number(self) -> int:
        """The row as the file counts, from 1."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken as it is: where it stands in the file, and what to do about it."""

    sheet: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.sheet}，第{self.row}行" if self.row else self.sheet
        parts = [part for part in (where, self.column, self.sentence) if part]
        return "：".join(parts)


@dataclass(slots=True)
class SetUpReport:
    """Rows by sheet that are new, that change something and that say nothing new; names of new places; faults."""

    added: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    new_places: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file is known already."""
        return not self.added and not self.updated

    @property
    def is_empty(self) -> bool:
        """Whether there was no row to read: the template as it was, or rows under other names."""
        return self.changes_nothing and not self.unchanged and not self.faults

    def blame(self, sheet: str, row: int, column: str, sentence: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(str(sheet), row, column, sentence))

    def fault(self, row: RowLike, column: str, sentence: str) -> None:
        """Note a fault of a row."""
        self.blame(row.sheet, row.number, column, sentence)

    def count(self, sheet: Sheet, *, is_new: bool, is_changed: bool) -> None:
        """Count a row as new, as changing something or as known."""
        counts = self.added if is_new else self.updated if is_changed else self.unchanged
        counts[sheet.value] = counts.get(sheet.value, 0) + 1
