"""The place tree, and the two partitions that lie across it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from ..rules import COMMUNITY_KINDS, PlaceKind

PLACE_LABELS = {
    PlaceKind.DISTRICT: _("区县"),
    PlaceKind.STREET: _("街道"),
    PlaceKind.TOWNSHIP: _("乡镇"),
    PlaceKind.COMMUNITY: _("社区"),
    PlaceKind.VILLAGE: _("村"),
    PlaceKind.COMPOUND: _("小区"),
    PlaceKind.GROUP: _("村民小组"),
    PlaceKind.BUILDING: _("楼栋"),
    PlaceKind.STAIRWELL: _("单元"),
    PlaceKind.UNIT: _("户"),
}


class Place(MP_Node):
    """A place: district, street, community, compound, building, stairwell or unit; its path holds all above it."""

    kind = models.CharField(max_length=12)
    # The name within its parent (“2单元”), the one used in numbers (“和顺”), and the one that neighbours say
    # (“明湖家园3号楼2单元”).
    name = models.CharField(max_length=40)
    short_name = models.CharField(max_length=12, blank=True)
    label = models.CharField(max_length=120, blank=True)
    # The community or village above or here; null above that.
    community = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    # Of a unit: exclusive area in 0.01 m², for the owners' roll; null when not known.
    area_centi = models.BigIntegerField(null=True, blank=True)

    node_order_by: list[str] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in PlaceKind]), name="place_kind_known"),
            models.CheckConstraint(
                condition=Q(area_centi__isnull=True) | Q(area_centi__gt=0), name="place_area_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["community", "kind"], name="place_by_community")]

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def is_community(self) -> bool:
        """Whether this is the community or the village itself."""
        return self.kind in COMMUNITY_KINDS

    def holds(self, path: str) -> bool:
        """Whether the place with this stored path is this one or lies in it."""
        return path.startswith(self.path)

    @property
    def ancestor_paths(self) -> list[str]:
        """Stored paths of this place and of all that contain it, outermost first."""
        return [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]


class GridCell(models.Model):
    """A management cell of a community; it may cut across compounds."""

    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grid_cells")
    name = models.CharField(max_length=40)
    places = models.ManyToManyField(Place, related_name="cells")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="grid_cell_once")]

    def __str__(self) -> str:
        return self.name


class PropertyArea(models.Model):
    """A property management area, the legal voting area of owners; by default one for each compound."""

    community = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="property_areas")
    name = models.CharField(max_length=40)
    places = models.ManyToManyField(Place, related_name="areas")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="property_area_once")]

    def __str__(self) -> str:
        return self.name
