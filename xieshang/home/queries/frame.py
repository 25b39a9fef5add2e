"""The frame of every page: where, as whom, which doors."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.community.models import Place, Residence
from xieshang.community.queries import CONSENT_LABELS, building_of, name_for, offices_of, standing_homes
from xieshang.community.rules import COMMUNITY_KINDS, ConsentKind, PlaceKind, ResidenceState
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_now
from xieshang.lib.days import SHANGHAI
from xieshang.notify.queries import unread_count

FOOTER = (
    (later("帮助"), "home:guides"),
    (later("搜索"), "home:search"),
    (later("个人信息怎么保护"), "accounts:privacy"),
)

# What stands under 议事 beside the topics.
DELIBERATION = ("coordination:list", "meetings:list")
# What belongs to the desk wherever its address lies: the lists an office keeps, and the pages on which it works.
DESK = (
    "discussion:review",
    "community:residences",
    "community:people",
    "community:bodies",
    "community:rule_books",
    "community:set_up",
    "coordination:guidance",
    "home:archives",
    "home:record",
)
WORKED = re.compile(r"/(topics|votes)/\d+/(work|do|publish|notice|opinion)/")


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a switch in the header."""

    id: int
    label: str
    current: bool

    @property
    def name(self) -> str:
        """The label, for the place switch."""
        return self.label


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
    own_places: dict[int, Place] = field(default_factory=dict)
    homes: list[Residence] = field(default_factory=list)
    tabs: list[Tab] = field(default_factory=list)
    person: Named | None = None
    offices: list[Choice] = field(default_factory=list)
    unread: int = 0
    elder: bool = False
    demo: dict[str, object] | None = None
    footer: list[dict[str, str]] = field(default_factory=list)
    helping: str = ""
    phone: str = ""
    login_url: str = "/account/login/"

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.person is not None

    @property
    def community(self) -> Place | None:
        """The community or village of the place shown."""
        if self.place is None:
            return None
        return self.place if self.place.is_community else self.place.community

    @property
    def place_name(self) -> str:
        """The place shown in the header."""
        return self.place.name if self.place else ""

    @property
    def community_name(self) -> str:
        """The community of the place shown."""
        return self.community.name if self.community else ""

    @property
    def is_staff(self) -> bool:
        """Whether the sixth tab, the work desk, is theirs."""
        return any(choice.current and choice.id for choice in self.offices)


def frame_of(request: HttpRequest) -> Frame:
    """The frame of one request, made once; at most five queries."""
    if not hasattr(request, "frame"):
        request.frame = _build(request)
    return request.frame


def _build(request: HttpRequest) -> Frame:
    frame = Frame(elder=is_elder(request), login_url=reverse(settings.LOGIN_URL))
    if request.actor.person_id is not None:
        _add_person(frame, request)
    _add_place(frame, request)
    frame.tabs = _tabs(request, frame)
    if settings.DEMO:
        day = date_format(shown_now().astimezone(SHANGHAI), "n月j日")
        frame.demo = {"clock": day, "urls": [{"label": _("换个身份、拨快时钟"), "url": reverse("demo:start")}]}
    frame.footer = [{"label": str(label), "url": reverse(name)} for label, name in FOOTER]
    return frame


def is_elder(request: HttpRequest) -> bool:
    """Whether this reader asked for the large version: kept with the person, or with the browser of a visitor."""
    if request.user.is_authenticated:
        return bool(request.user.elder)
    return request.COOKIES.get("elder") == "1"


def _add_person(frame: Frame, request: HttpRequest) -> None:
    actor: Actor = request.actor
    who = request.user
    # In an office one acts at its place, whatever homes one has.
    frame.homes = [] if actor.office else standing_homes(actor.person_id or 0)
    homes = [home for home in frame.homes if home.state == ResidenceState.CONFIRMED]
    offices = getattr(who, "running_offices", None) or offices_of(who.pk or 0)
    frame.unread = unread_count(actor.helper or actor)
    where = _where(frame.homes, homes)
    frame.places = _places_of(homes)
    frame.own_places = {home.community_id: home.community for home in homes}
    if actor.office:
        where = str(actor.office.title)
        frame.place = actor.office.body.place
        frame.places = []
    name = who.get_short_name() if who.is_authenticated else ""
    frame.person = Named(name, where, name[:1])
    if actor.helper:
        words = {
            "name": name_for(actor.person_id or 0, actor.helper).name,
            "consent": CONSENT_LABELS[ConsentKind(actor.consent)],
        }
        frame.helping = _("正在代%(name)s办理（%(consent)s）") % words
        frame.person = Named(name, _("代办中"), name[:1])
    elif offices:
        frame.offices = [Choice(0, _("居民本人"), actor.office is None)]
        frame.offices += [Choice(o.pk, str(o.title), bool(actor.office and o.pk == actor.office.id)) for o in offices]


def _where(standing: list[Residence], homes: list[Residence]) -> str:
    """Where somebody lives as the page says it under the name, or how far the proof of it is."""
    if homes:
        return building_of(homes[0].unit.label) + _("住户")
    return _("住房等着核实") if any(home.state == ResidenceState.ASKED for home in standing) else _("还没有认证住房")


def _places_of(homes: list[Residence]) -> list[Choice]:
    """The communities in which a person has a home, as choices."""
    communities = {home.community_id: home.community.name for home in homes}
    return [Choice(pk, name, False) for pk, name in communities.items()]


def _add_place(frame: Frame, request: HttpRequest) -> None:
    """The place the pages are about: the office's, else the one chosen, else the only or first one there is."""
    if frame.place is not None:
        return
    chosen = request.session.get("place") if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    own = [choice.id for choice in frame.places]
    places = Place.objects.select_related("community").filter(kind__in=[kind.value for kind in COMMUNITY_KINDS])
    wanted = chosen if chosen and (not own or chosen in own) else (own[0] if own else None)
    if wanted in frame.own_places:
        frame.place = frame.own_places[wanted]
    elif frame.signed_in:
        frame.place = (places.filter(pk=wanted) if wanted else places.order_by("path")).first()
    else:
        # A visitor may choose among them all, so the one shown is among these.
        every = communities()
        frame.place = next((place for place in every if place.pk == wanted), every[0] if every else None)
        frame.places = [Choice(place.pk, place.name, False) for place in every]
    frame.places = [Choice(c.id, c.label, bool(frame.place and c.id == frame.place.pk)) for c in frame.places]


def _tabs(request: HttpRequest, frame: Frame) -> list[Tab]:
    doors = [
        (_("首页"), "/", "house"),
        (_("议事"), reverse("topics:list"), "messages-square"),
        (_("表决"), reverse("voting:list"), "vote"),
        (_("我的"), reverse("accounts:me") if frame.signed_in else frame.login_url, "circle-user-round"),
    ]
    if frame.is_staff:
        doors.append((_("工作台"), reverse("home:desk"), "layout-list"))
    at = reverse("home:desk") if frame.is_staff and _is_of_desk(request.path) else request.path
    return [Tab(label, url, icon, _is_current(at, url)) for label, url, icon in doors]


def _is_of_desk(path: str) -> bool:
    return bool(WORKED.match(path)) or path.startswith(tuple(reverse(name) for name in DESK))


def _is_current(path: str, url: str) -> bool:
    if url == reverse("topics:list"):
        return path.startswith((url, *(reverse(name) for name in DELIBERATION)))
    return path == url if url == "/" else path.startswith(url)


def communities() -> list[Place]:
    """The communities and villages of this installation, for a visitor's choice."""
    found = Place.objects.filter(kind__in=[kind.value for kind in COMMUNITY_KINDS]).order_by("path")
    return list(found.select_related("community")[:200])


def street_of(place: Place) -> Place | None:
    """The street or township above a place."""
    kinds = [PlaceKind.STREET.value, PlaceKind.TOWNSHIP.value]
    return Place.objects.filter(path__in=place.ancestor_paths, kind__in=kinds).first()
