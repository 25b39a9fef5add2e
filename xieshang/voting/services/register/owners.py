"""Which stored owner a name and a number in the file stand for: by the number, else by name within the same home."""

from collections.abc import Iterable

from xieshang.lib import seal

from ...models import Register, RegisterOwner, UnitOwner
from ...rules.estatefile import OwnerCell
from ..opening import BATCH

TAIL = 4


class OwnerBook:
    """All owners of a list, found and made while a file is stored; nothing is written before `save`."""

    def __init__(self, register: Register) -> None:
        """Load owners and who owns what."""
        self.register = register
        self.owners = {owner.pk: owner for owner in RegisterOwner.objects.filter(register=register)}
        self.by_hash = {owner.id_hash: owner for owner in self.owners.values() if owner.id_hash}
        self.of_unit: dict[int, list[RegisterOwner]] = {}
        for unit, owner in UnitOwner.objects.filter(unit__register=register).values_list("unit_id", "owner_id"):
            self.of_unit.setdefault(unit, []).append(self.owners[owner])
        self.new: list[RegisterOwner] = []
        self.changed: set[int] = set()
        self.copies: list[tuple[RegisterOwner, RegisterOwner]] = []
        self._hashes: dict[str, str] = {}

    def hash_of(self, number: str) -> str:
        """Keyed hash of a number; each is made once."""
        if number and number not in self._hashes:
            self._hashes[number] = seal.matching(number)
        return self._hashes.get(number, "")

    def stored_for(self, unit: int | None, cell: OwnerCell) -> RegisterOwner | None:
        """Who of the stored owners this is: by number anywhere, else the one of that name in this very home."""
        digest = self.hash_of(cell.id_number)
        if digest in self.by_hash:
            return self.by_hash[digest]
        here = [owner for owner in self.of_unit.get(unit or 0, []) if owner.name == cell.name]
        return next((owner for owner in here if not digest or not owner.id_hash), None)

    def take(self, unit: int | None, cell: OwnerCell) -> RegisterOwner:
        """The owner's row for a cell, brought up to what the cell says; a new one where there is none."""
        owner = self.stored_for(unit, cell)
        if owner is None:
            owner = RegisterOwner(register=self.register, name=cell.name)
            self.new.append(owner)
        before = (owner.name, owner.phone, owner.guardian, owner.id_hash)
        owner.name = cell.name
        owner.phone = cell.phone or owner.phone
        owner.guardian = cell.guardian or owner.guardian
        if cell.id_number:
            if not owner.id_hash:
                self._number(owner, cell.id_number)
            # Who stood here without a number turns out to be somebody known by theirs.
            here = self.of_unit.get(unit or 0, [])
            unnumbered = [one for one in here if one.name == cell.name and not one.id_hash]
            self.copies += [(one, owner) for one in unnumbered if one is not owner]
        if owner.pk and before != (owner.name, owner.phone, owner.guardian, owner.id_hash):
            self.changed.add(owner.pk)
        return owner

    def _number(self, owner: RegisterOwner, number: str) -> None:
        owner.id_hash, owner.id_sealed, owner.id_tail = self.hash_of(number), seal.seal(number), number[-TAIL:]
        self.by_hash[owner.id_hash] = owner

    def save(self) -> None:
        """Write owners in bulk."""
        RegisterOwner.objects.bulk_create(self.new, batch_size=BATCH)
        for copy, owner in self.copies:
            copy.same_as_id = owner.same_as_id or owner.pk
            self.changed.add(copy.pk)
        fields = ["name", "phone", "guardian", "id_hash", "id_sealed", "id_tail", "same_as"]
        RegisterOwner.objects.bulk_update([self.owners[pk] for pk in sorted(self.changed)], fields, batch_size=BATCH)

    def link(self, links: Iterable[tuple[int, RegisterOwner]]) -> None:
        """Write who owns what, each pair once."""
        pairs = sorted({(unit, owner.pk) for unit, owner in links})
        UnitOwner.objects.bulk_create((UnitOwner(unit_id=u, owner_id=o) for u, o in pairs), batch_size=BATCH)
