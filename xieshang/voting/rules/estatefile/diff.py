"""What an estate's file would change in the list as it is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xieshang.lib.refusals import later as _

from ..estate import AreaSource
from ..tally import Tally
from ..voters import Sale, UnitKind

KIND_WORDS = {
    UnitKind.HOME: _("住宅"),
    UnitKind.SHOP: _("商铺"),
    UnitKind.PARKING: _("车位"),
    UnitKind.COMMON: _("公共用房"),
}
SALE_WORDS = {Sale.SOLD: _("已售"), Sale.UNSOLD: _("未售"), Sale.UNDELIVERED: _("已售未交付")}
SOURCE_WORDS = {
    AreaSource.REGISTER: _("不动产登记"),
    AreaSource.SURVEY: _("测绘"),
    AreaSource.CONTRACT: _("合同"),
}
NOTHING = _("空")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is compared of a unit. Owners are (name, key): the key is the number's hash, or the name where none is."""

    code: str
    label: str
    building: str
    kind: str
    area_centi: int | None
    area_source: str
    sale: str
    owners: frozenset[tuple[str, str]]
    phones: frozenset[str] = frozenset()
    guardians: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """One unit that changes: per field its words before and after."""

    code: str
    label: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Differences:
    """Units that come, change and go."""

    added: list[UnitFacts] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[UnitFacts] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def differences(stored: Mapping[str, UnitFacts], wanted: Iterable[UnitFacts]) -> Differences:
    """Compare by code. Gone is what lacks in a building that the file has; others stay."""
    found, codes, buildings = Differences(), set(), set()
    for unit in wanted:
        codes.add(unit.code)
        buildings.add(unit.building)
        before = stored.get(unit.code)
        if before is None:
            found.added.append(unit)
        elif before != unit and (fields := _fields(before, unit)):
            found.changed.append(Change(unit.code, unit.label, fields))
    found.gone = [unit for code, unit in stored.items() if code not in codes and unit.building in buildings]
    return found


def _fields(before: UnitFacts, after: UnitFacts) -> tuple[tuple[str, str, str], ...]:
    names = (_names(before), _names(after))
    compared = [
        (_("名称"), before.label, after.label),
        (_("用途"), KIND_WORDS[UnitKind(before.kind)], KIND_WORDS[UnitKind(after.kind)]),
        (_("面积"), _area(before), _area(after)),
        (_("销售状态"), SALE_WORDS[Sale(before.sale)], SALE_WORDS[Sale(after.sale)]),
        (_("业主"), *names),
        (_("监护人"), _words(before.guardians), _words(after.guardians)),
    ]
    changed = [entry for entry in compared if entry[1] != entry[2]]
    if before.owners != after.owners and names[0] == names[1]:
        changed.append((_("证件号码"), _("原来的"), _("新填的")))
    if before.phones != after.phones:
        changed.append((_("电话"), _("原来的"), _("新填的")))
    return tuple(changed)


def _names(unit: UnitFacts) -> str:
    return _words(name for name, _key in unit.owners)


def _words(names: Iterable[str]) -> str:
    return "、".join(sorted(names)) or NOTHING


def _area(unit: UnitFacts) -> str:
    if unit.area_centi is None:
        return NOTHING
    source = SOURCE_WORDS[AreaSource(unit.area_source)] if unit.area_source else NOTHING
    return f"{Tally(0, unit.area_centi).area}㎡（{source}）"
