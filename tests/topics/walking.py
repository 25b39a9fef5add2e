"""A topic walked to any state through the real verbs."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from xieshang.lib import clock
from xieshang.outcomes import services as outcomes
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.queries import notice_words
from xieshang.topics.rules import Nature, PartyMeeting, State, TopicKind


def minutes_scan():
    """The scanned minutes of a session."""
    return SimpleUploadedFile("minutes.pdf", b"%PDF-1.4 minutes", "application/pdf")


@pytest.fixture
def walk(places, wang_ayi, zhang_zhuren, sun_weiyuan, li_shuji, bodies, later):
    """Walk a new topic to a state: `walk(State.PUBLICITY)` gives the topic."""

    def to(state, nature=Nature.ADVISORY, wide=False):
        way = Walk(places, (wang_ayi, zhang_zhuren, sun_weiyuan, li_shuji), bodies, later)
        return way.to(state, nature, wide)

    return to


class Walk:
    """The ordinary course, one method a stretch."""

    def __init__(self, places, people, bodies, later):
        self.places, self.bodies, self.later, self.minutes = places, bodies, later, minutes_scan
        self.author, self.chair, self.member, self.secretary = people
        self.pk = None

    @property
    def topic(self):
        return Topic.objects.with_frame().get(pk=self.pk)

    def to(self, state, nature, wide):
        self.raise_it()
        stretches = [
            (State.SCREENING, lambda: topics.admit(self.member, self.pk)),
            (State.PARTY_REVIEW, lambda: self.accept(nature, wide)),
            (State.ANNOUNCED, self.announce),
            (State.DELIBERATING, self.open),
            (State.OPINION_FORMED, self.opine),
            (State.PUBLICITY, self.publish),
            (State.ADOPTED, self.adopt),
            (State.IMPLEMENTING, self.start),
            (State.FEEDBACK, self.feed_back),
            (State.EVALUATED, self.rated),
            (State.ARCHIVED, lambda: topics.archive(self.chair, self.pk)),
        ]
        for reached, take in stretches:
            if self.topic.state == state:
                break
            if self.topic.state != reached:
                take()
            assert self.topic.state == reached
        assert self.topic.state == state
        return self.topic

    def raise_it(self):
        topic = topics.raise_topic(
            self.author,
            title="3号楼2单元楼道灯不亮",
            text="四层到七层的灯都不亮，老人晚上下楼看不见。",
            place_id=self.places.stairwell.pk,
        )
        self.pk = topic.pk

    def accept(self, nature, wide):
        topics.accept(self.chair, self.pk, kind=TopicKind.PRACTICAL_PROBLEM, nature=nature, wide_impact=wide)

    def agree(self):
        topics.agree(
            self.secretary,
            self.pk,
            studied_on=clock.today(),
            meeting=PartyMeeting.COMMITTEE,
            conclusion="同意协商",
            signer="李建国",
            form="议事会",
            body_ids=[self.bodies.committee.pk, self.bodies.property.pk],
        )

    def announce(self):
        self.agree()
        topics.announce(self.chair, self.pk, title="协商预告", body="<p>商量换灯。</p>", days=3, discussion_days=7)

    def open(self):
        self.later(days=4)
        topics.due(clock.now())

    def session(self):
        topics.record_session(
            self.chair,
            self.pk,
            held_on=clock.today(),
            host="李建国",
            venue="议事厅",
            present=12,
            conclusion="都同意换灯",
            minutes=self.minutes(),
        )

    def opine(self):
        self.session()
        self.later(days=9)
        topics.form_opinion(self.chair, self.pk, text="更换声控灯，费用从公共收益列支。")

    def draft(self):
        title, body = notice_words(self.topic)
        return topics.draft_notice(self.member, self.pk, title=title, body=body, boards=())

    def publish(self):
        topics.confirm_opinion(self.chair, self.pk, note="当场确认")
        if self.topic.nature == Nature.OWNERS:
            by = clock.today() + datetime.timedelta(days=60)
            topics.plan_owners(self.chair, self.pk, by=by, convener_id=self.bodies.owners.pk)
        self.draft()
        topics.publish_notice(self.secretary, self.pk, days=7)

    def adopt(self):
        self.later(days=9)
        body = self.bodies.property.pk
        day = clock.today() + datetime.timedelta(days=10)
        topics.set_item(self.chair, self.pk, what="更换楼道灯", body_id=body, due=day, proof="照片")
        topics.plan(self.chair, self.pk, feedback_by=day + datetime.timedelta(days=5))
        self.draft()
        topics.adopt(self.secretary, self.pk)

    def start(self):
        topics.due(clock.now())

    def do_items(self):
        for item in self.topic.matter.action_items.all():
            doer = self.bodies.__dict__.get("doer", self.member)
            outcomes.report_done(doer, item.pk, text="换好了")
            outcomes.verify_item(self.chair, item.pk)

    def feed_back(self):
        self.do_items()
        topics.publish_feedback(self.chair, self.pk, title="办理结果的反馈", body="<p>灯都亮了。</p>")

    def rated(self):
        outcomes.rate(self.author, self.topic.matter_id, stars=5, solved=True)
        self.later(days=20)
        topics.due(clock.now())
