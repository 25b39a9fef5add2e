"""Which places a row of the workbook names, from the compound down to the home."""

from collections.abc import Mapping

from xieshang.lib.refusals import later as _

from .kinds import PARENTS, PlaceKind
from .naming import building_name, compound_kind, compound_name, split_room, stairwell_name, unit_name

Step = tuple[str, PlaceKind, str]
_IN_A_COMPOUND = _("社区里的房子要写在哪个小区，请补上小区名称。")
_NO_BUILDING = _("没有写楼栋，请补上，或者把单元一起写进房号。")
_NO_BUILDINGS = _("村民小组下面不分楼栋，请把门牌写进房号。")


def steps_below(cells: Mapping[str, str], community: PlaceKind) -> list[Step]:
    """Column, kind and name of each place that a row names below the community; blanks are left out."""
    building, stairwell, room = (cells.get(column, "") for column in ("楼栋", "单元", "房号"))
    split = split_room(room) if not stairwell else None
    if split and not building:
        building, stairwell, room = split
    elif split and building_name(split[0]) == building_name(building):
        _building, stairwell, room = split
    steps: list[Step] = []
    compound = cells.get("小区/村民小组", "")
    if compound:
        kind = compound_kind(compound, community)
        steps.append(("小区/村民小组", kind, compound_name(compound, kind)))
    if building:
        steps.append(("楼栋", PlaceKind.BUILDING, building_name(building)))
    if stairwell:
        steps.append(("单元", PlaceKind.STAIRWELL, stairwell_name(stairwell)))
    if room:
        parent = steps[-1][1] if steps else community
        steps.append(("房号", PlaceKind.UNIT, unit_name(room, parent)))
    return steps


def misplaced(kind: PlaceKind, parent: PlaceKind) -> str:
    """Why a place of this kind cannot stand in one of that kind, and what to write; empty when it can."""
    if parent in PARENTS[kind]:
        return ""
    if kind == PlaceKind.STAIRWELL:
        return _NO_BUILDING
    return _IN_A_COMPOUND if parent == PlaceKind.COMMUNITY else _NO_BUILDINGS
