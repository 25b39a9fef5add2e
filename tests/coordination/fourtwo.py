"""A 四议两公开 walked through the real verbs to any of its states."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.community.models import Body
from xieshang.community.rules import BodyKind, Role
from xieshang.coordination.models import FourTwo
from xieshang.coordination.queries.fourtwo import resolution_words
from xieshang.coordination.rules.fourtwo import Entry, Side, State, Tally
from xieshang.coordination.services import fourtwo
from xieshang.lib import clock
from xieshang.meetings.rules import MeetingKind
from xieshang.outcomes import services as outcomes

WAY = [
    State.BEGUN,
    State.PROPOSED,
    State.DISCUSSED,
    State.REVIEWED,
    State.RESOLVED,
    State.RESOLUTION_PUBLISHED,
    State.IMPLEMENTING,
    State.RESULT_PUBLISHED,
]
ACCOUNT = [Entry(Side.IN, "上级补助", 12_000_000), Entry(Side.OUT, "水泥", 3_560_050)]


def minutes():
    """The scan of signed minutes."""
    return SimpleUploadedFile("minutes.pdf", b"%PDF-1.4 minutes", "application/pdf")


def party(**more):
    """A meeting of the branch, of which numbers are kept."""
    given = {
        "held_on": clock.today(),
        "told_on": clock.today() - datetime.timedelta(days=5),
        "chair": "李书记",
        "tally": Tally(20, 18, 15, 3, 0),
        "file_number": "和党〔2026〕3号",
        "signers": "李书记",
        "text": "入户听取了意见，多数赞成。",
    }
    return fourtwo.Held(**(given | more))


def two_committees(**more):
    """The meeting of the two committees."""
    given = {
        "held_on": clock.today(),
        "chair": "李书记",
        "tally": Tally(9, 8, 7, 1, 0),
        "signers": "李书记、张主任",
        "text": "各人都说了意见。",
        "minutes": minutes(),
    }
    return fourtwo.Held(**(given | more))


def representatives(**more):
    """The representatives' meeting that resolves."""
    given = {
        "held_on": clock.today(),
        "told_on": clock.today() - datetime.timedelta(days=8),
        "chair": "张主任",
        "tally": Tally(30, 25, 20, 3, 2),
        "kind": MeetingKind.RESIDENT_REPS,
        "members": 30,
        "representatives": 26,
        "women": 11,
        "signers": "张主任、五位代表",
        "text": "逐项议过。",
        "minutes": minutes(),
    }
    return fourtwo.Held(**(given | more))


@pytest.fixture
def feng_jiandu(places, make_person, appoint):
    """冯监督, of the supervision committee of the community."""
    kind = BodyKind.SUPERVISION_COMMITTEE.value
    body = Body.objects.create(
        kind=kind, name="和顺社区居务监督委员会", short_name="和顺监委会", place=places.community
    )
    return appoint(make_person("冯监督", real_name="冯守正"), body, Role.SUPERVISOR)


class Walk:
    """The verbs of one procedure after the other, each by whoever takes it."""

    def __init__(self, cast, bodies, later):
        self.secretary, self.chair, self.member, self.supervisor = cast
        self.bodies, self.later = bodies, later

    def steps(self):
        """One function a step, in the order of the course."""
        return [
            lambda pk: fourtwo.record_meeting(self.secretary, pk, party()),
            lambda pk: fourtwo.record_meeting(self.chair, pk, two_committees()),
            lambda pk: fourtwo.record_meeting(self.secretary, pk, party()),
            lambda pk: fourtwo.record_meeting(self.chair, pk, representatives()),
            self.publish,
            self.start,
            self.finish,
        ]

    def publish(self, pk):
        """The committee writes the notice, the secretary publishes it."""
        title, body = resolution_words(FourTwo.objects.with_frame().get(pk=pk))
        fourtwo.draft_resolution(self.member, pk, title=title, body=body, boards=())
        fourtwo.publish_resolution(self.secretary, pk, days=7, net_is_enough=True)

    def start(self, pk):
        """The days go by."""
        self.later(days=9)
        fourtwo.start(self.chair, pk)

    def finish(self, pk):
        """Done, looked at, accounted for, checked, made public."""
        due = clock.today() + datetime.timedelta(days=20)
        item = fourtwo.set_item(self.chair, pk, what="硬化路面", body_id=self.bodies.committee.pk, due=due)
        outcomes.report_done(self.chair, item.pk, text="铺好了")
        outcomes.verify_item(self.member, item.pk)
        fourtwo.enter_account(self.chair, pk, entries=ACCOUNT)
        fourtwo.check(self.supervisor, pk, passed=True, text="看过票据，和实际相符。", signers="冯监督")
        fourtwo.publish_result(self.chair, pk, text="路面铺好了。")


@pytest.fixture
def fourtwo_at(places, bodies, li_shuji, zhang_zhuren, sun_weiyuan, feng_jiandu, later):
    """Walk a new procedure to a state: `fourtwo_at(State.REVIEWED)` gives it."""
    way = Walk((li_shuji, zhang_zhuren, sun_weiyuan, feng_jiandu), bodies, later)

    def walk(state):
        text = "铺四百米水泥路，钱由上级补助。"
        flow = fourtwo.begin(zhang_zhuren, places.community, title="小区道路硬化", text=text)
        for step in way.steps()[: WAY.index(state)]:
            step(flow.pk)
            later(days=1)
        return FourTwo.objects.with_frame().get(pk=flow.pk)

    return walk
