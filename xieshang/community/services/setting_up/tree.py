"""The place tree in memory: what is there within somebody's reach, and what a file adds to it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, Max, Q, QuerySet

from ...models import Household, Place, PropertyArea
from ...rules import COMMUNITY_KINDS, LEVELS, PlaceKind, place_key

BATCH = 1000
_LOWEST_SHARED = LEVELS[PlaceKind.COMPOUND]
_UPPER = [kind.value for kind, level in LEVELS.items() if level <= _LOWEST_SHARED]


@dataclass(slots=True, eq=False)
class Node:
    """A place of the tree, stored or about to be; `row` is the row of the file that ends in it."""

    place: Place
    parent: "Node | None"
    children: dict[tuple[int, str], "Node"] = field(default_factory=dict)
    row: int = 0
    changed: bool = False

    @property
    def kind(self) -> PlaceKind:
        """The kind of the place."""
        return PlaceKind(self.place.kind)

    @property
    def level(self) -> int:
        """How deep the kind stands in the tree."""
        return LEVELS[self.kind]

    @property
    def is_new(self) -> bool:
        """Whether it is not stored yet."""
        return self.place.pk is None

    def chain(self) -> Iterator["Node"]:
        """This place and those that contain it, innermost first."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent

    @property
    def community(self) -> "Node | None":
        """The community or village here or above."""
        return next((node for node in self.chain() if node.kind in COMMUNITY_KINDS), None)

    def walk(self) -> Iterator["Node"]:
        """This place and all that it contains, each before what it contains."""
        yield self
        for child in self.children.values():
            yield from child.walk()


class Tree:
    """Places by parents and names. Streets to compounds are loaded at once, buildings and homes when asked for."""

    def __init__(self, reach: str) -> None:
        """Load what lies in the place with this path and what contains it; everything for an empty path."""
        self.reach = reach
        self.roots: dict[tuple[int, str], Node] = {}
        self._by_path: dict[str, Node] = {}
        self._loaded: set[str] = set()
        self._spelt: dict[str, list[Node]] | None = None
        above = [reach[:end] for end in range(Place.steplen, len(reach), Place.steplen)]
        self._load(Place.objects.filter(Q(path__startswith=reach) | Q(path__in=above), kind__in=_UPPER))

    def _load(self, places: QuerySet[Place]) -> None:
        for place in places.order_by("path"):
            parent = self._by_path.get(place.path[: -Place.steplen])
            node = self._by_path[place.path] = Node(place, parent)
            siblings = parent.children if parent else self.roots
            siblings.setdefault(place_key(node.kind, place.name), node)

    def load_below(self, community: Node) -> None:
        """Load the buildings and homes of a stored community, once."""
        path = community.place.path
        if community.is_new or path in self._loaded:
            return
        self._loaded.add(path)
        self._load(Place.objects.filter(path__startswith=path).exclude(kind__in=_UPPER))

    def found(self, parent: Node | None, kind: PlaceKind, name: str) -> Node | None:
        """A place by its name within its parent, however its name is spelt."""
        return (parent.children if parent else self.roots).get(place_key(kind, name))

    def placed(self, parent: Node | None, kind: PlaceKind, name: str) -> Node:
        """The place with this name, made in memory where it is not there."""
        found = self.found(parent, kind, name)
        if found is None:
            found = Node(Place(kind=kind.value, name=name), parent)
            (parent.children if parent else self.roots)[place_key(kind, name)] = found
            self._spelt = None
        return found

    def is_within_reach(self, node: Node) -> bool:
        """Whether a place lies in the place whose office acts."""
        stored = next((step for step in node.chain() if not step.is_new), None)
        return (stored.place.path if stored else "").startswith(self.reach)

    def walk(self) -> Iterator[Node]:
        """All places known here, each before what it contains."""
        for root in self.roots.values():
            yield from root.walk()

    def spelt(self, text: str) -> list[Node]:
        """Places down to buildings that a text can mean: a name alone or after the names of what contains it."""
        if self._spelt is None:
            self._spelt = defaultdict(list)
            for node in self.walk():
                if node.level <= LEVELS[PlaceKind.BUILDING]:
                    for spelling in _spellings(node):
                        self._spelt[spelling].append(node)
        return self._spelt.get(text.translate(_SEPARATORS), [])

    # Writing ----------------------------------------------------------------------------------------------------

    def save(self) -> list[Node]:
        """Store new places in a few statements, level by level, with paths and counts of children; gives them."""
        new = [node for node in self.walk() if node.is_new]
        self._give_paths(new)
        for depth in sorted({node.place.depth for node in new}):
            _store([node for node in new if node.place.depth == depth])
        changed = [node.place for node in self.walk() if node.changed and node not in new]
        Place.objects.bulk_update(changed, ["area_centi", "short_name"], BATCH)
        return new

    def _give_paths(self, new: list[Node]) -> None:
        """Paths after the last child there is; each node comes before what it contains."""
        last: dict[Node | None, int] = {}
        for node in new:
            parent = node.parent
            if parent not in last:
                last[parent] = _last_step(parent)
            last[parent] += 1
            base = parent.place.path if parent else ""
            node.place.depth = len(base) // Place.steplen + 1
            node.place.path = Place._get_path(base, node.place.depth, last[parent])
            node.place.numchild = sum(child.is_new for child in node.children.values())
            node.place.label = label_of(node)
        for parent in last:
            if parent and not parent.is_new:
                added = sum(child.is_new for child in parent.children.values())
                Place.objects.filter(pk=parent.place.pk).update(numchild=F("numchild") + added)


def _store(nodes: list[Node]) -> None:
    for node in nodes:
        community = node.community
        if community and community is not node:
            node.place.community_id = community.place.pk
    Place.objects.bulk_create([node.place for node in nodes], BATCH)
    own = [node.place for node in nodes if node.kind in COMMUNITY_KINDS]
    Place.objects.filter(pk__in=[place.pk for place in own]).update(community=F("pk"))
    for place in own:
        place.community_id = place.pk


def _last_step(parent: Node | None) -> int:
    """The number of the last child in the database; 0 where there is none."""
    if parent and parent.is_new:
        return 0
    base = parent.place.path if parent else ""
    depth = len(base) // Place.steplen + 1
    last = Place.objects.filter(depth=depth, path__startswith=base).aggregate(last=Max("path"))["last"]
    return Place._str2int(last[-Place.steplen :]) if last else 0


_SEPARATORS = str.maketrans("", "", " /\\>-、，,")


def _spellings(node: Node) -> Iterator[str]:
    text = ""
    for step in node.chain():
        text = step.place.name + text
        yield text


def label_of(node: Node) -> str:
    """The name neighbours say: 明湖家园3号楼2单元501室, 北岗村一组1户; above the compound, the name alone."""
    if node.level < _LOWEST_SHARED:
        return node.place.name
    steps = [step for step in node.chain() if step.level >= _LOWEST_SHARED]
    outermost = steps[-1]
    in_village = outermost.kind in (PlaceKind.GROUP, PlaceKind.UNIT) and outermost.parent
    village = outermost.parent.place.name if in_village and outermost.parent else ""
    return village + "".join(step.place.name for step in reversed(steps))


def make_homes(communities: list[int]) -> None:
    """A household for every home of these communities, a property management area for every compound that has none."""
    places = Place.objects.filter(community__in=communities)
    homes = places.filter(kind=PlaceKind.UNIT.value, household=None).values_list("pk", "community_id")
    made = [Household(unit_id=unit, community_id=community) for unit, community in homes]
    Household.objects.bulk_create(made, BATCH)
    for compound in places.filter(kind=PlaceKind.COMPOUND.value, areas=None):
        area, _made = PropertyArea.objects.get_or_create(community_id=compound.community_id, name=compound.name)
        area.places.add(compound)
