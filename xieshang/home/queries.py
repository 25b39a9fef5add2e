"""What the frame and the home page show."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xieshang.community.models import Place
from xieshang.community.queries import building_of, homes_of, offices_of
from xieshang.community.rules import COMMUNITY_KINDS
from xieshang.lib.actor import Actor
from xieshang.notify.queries import unread_count


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a switch in the header."""

    id: int
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the doors that are always in reach."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Named:
    """The person of the header: as whom they act, and where."""

    name: str
    where: str
    initial: str


@dataclass(slots=True)
class Frame:
    """Everything around a page's own content."""

    place: Place | None = None
    places: list[Choice] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    person: Named | None = None
    offices: list[Choice] = field(default_factory=list)
    unread: int = 0
    elder: bool = False
    demo: str = ""

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.person is not None

    @property
    def place_name(self) -> str:
        """The place shown in the header."""
        return str(self.place) if self.place else ""

    @property
    def community_name(self) -> str:
        """The community of the place shown."""
        community = self.place.community if self.place else None
        return community.name if community else ""


def frame_of(request: HttpRequest) -> Frame:
    """The frame of one request; at most four queries."""
    actor: Actor = request.actor
    frame = Frame(elder=is_elder(request))
    if actor.person_id is not None:
        _add_person(frame, request)
    elif chosen := request.session.get("place") if request.COOKIES else None:
        frame.place = Place.objects.select_related("community").filter(pk=chosen).first()
    frame.tabs = _tabs(request, actor)
    return frame


def is_elder(request: HttpRequest) -> bool:
    """Whether this reader asked for the large version: kept with the person, or with the browser of a visitor."""
    if request.actor.person_id is not None:
        return bool(request.user.elder)
    return request.COOKIES.get("elder") == "1"


def _add_person(frame: Frame, request: HttpRequest) -> None:
    actor = request.actor
    homes = homes_of(actor.person_id)
    offices = offices_of(actor.person_id)
    frame.unread = unread_count(actor)
    name = request.user.get_short_name()
    where = building_of(homes[0].unit.label) + _("住户") if homes else _("还没有认证住房")
    if actor.office:
        where = str(actor.office.title)
        frame.place = actor.office.body.place
    elif homes:
        where = building_of(homes[0].unit.label) + _("住户")
        frame.place = homes[0].community
    frame.person = Named(name, where, name[:1])
    frame.offices = [Choice(0, _("居民本人"), actor.office is None)] if offices else []
    frame.offices += [Choice(o.pk, str(o.title), bool(actor.office and o.pk == actor.office.id)) for o in offices]


def _tabs(request: HttpRequest, actor: Actor) -> list[Tab]:
    doors = [(_("首页"), "/", "house")]
    return [Tab(label, url, icon, request.path == url) for label, url, icon in doors]


def communities() -> list[Place]:
    """The communities and villages of this installation, for a visitor's first choice."""
    return list(Place.objects.filter(kind__in=[kind.value for kind in COMMUNITY_KINDS]).order_by("path")[:200])


def waiting_url() -> str:
    """Where everything that waits is listed."""
    return reverse("home:mine")
