"""What setting up found: counts for each sheet, and every row that has to be set right."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken as it is: where it stands in the file, and what to do about it."""

    sheet: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"“{self.sheet}”第{self.row}行" if self.row else f"“{self.sheet}”"
        return f"{where}“{self.column}”：{self.sentence}" if self.column else f"{where}：{self.sentence}"


@dataclass(slots=True)
class SetUpReport:
    """Rows by sheet that are new, that change something and that say nothing new; names of new places; faults."""

    added: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    new_places: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
