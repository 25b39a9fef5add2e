"""Regular study: its table gathered from what waits, its record, its decisions, the help asked for; who may what."""

import datetime

import pytest
from django.urls import reverse

from tests.coordination.test_guidance import voting_rows
from tests.voting.test_deciding import refused
from xieshang.audit.models import Entry
from xieshang.community.models import Body
from xieshang.coordination.models import Study, StudyPoint
from xieshang.coordination.queries import queues, waiting_for
from xieshang.coordination.rules.study import Rhythm
from xieshang.coordination.services import study as services
from xieshang.coordination.services.bodies import enter_term
from xieshang.lib import clock
from xieshang.lib.permits import has_perm
from xieshang.lib.refusals import NotAllowed
from xieshang.meetings import services as meetings
from xieshang.notify.models import Message
from xieshang.outcomes.models import ActionItem, Rating
from xieshang.voting.rules.deciding import State as Decided

pytestmark = pytest.mark.django_db
VERBS = ("see_studies", "set_rhythm", "call_study", "record_study", "answer_help")
MATRIX = """
wang_ayi       no  no  no  no  no
zhang_zhuren   yes no  no  no  no
wu_wangge      no  no  no  no  no
li_shuji       yes yes yes yes no
luo_shuji      yes yes yes yes no
he_zhuren      no  no  no  no  no
zhao_jingli    no  no  no  no  no
liu_street     yes no  no  no  yes
other_zhuren   no  no  no  no  no
"""


def in_days(number):
    return clock.today() + datetime.timedelta(days=number)


def test_the_matrix_of_studies_holds(request, places):
    rows = [line.split() for line in MATRIX.strip().splitlines()]
    for row in rows:
        actor = request.getfixturevalue(row[0])
        found = ["yes" if has_perm(f"coordination.{verb}", actor, places.community.path) else "no" for verb in VERBS]
        assert [row[0], *found] == row


@pytest.fixture
def called(li_shuji, places):
    """The study of this month, today."""
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    return services.call_study(li_shuji, places.community.pk, held_on=clock.today(), where="社区议事厅")


def test_a_study_needs_a_rhythm_and_comes_once_a_period(li_shuji, zhang_zhuren, places):
    call = {"held_on": clock.today()}
    assert refused(services.call_study, li_shuji, places.community.pk, **call) == ["study_without_rhythm"]
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.QUARTERLY)
    services.call_study(li_shuji, places.community.pk, **call)
    assert refused(services.call_study, li_shuji, places.community.pk, **call) == ["study_already"]
    with pytest.raises(NotAllowed):
        services.call_study(zhang_zhuren, places.community.pk, **call)


def rate(matter, people, stars, days_ago):
    for person, star in zip(people, stars, strict=True):
        at = clock.now() - datetime.timedelta(days=days_ago)
        fields = {"person": person, "stars": star, "solved": True, "at": at, "round": days_ago}
        Rating.objects.create(matter=matter, community_id=matter.community_id, **fields)


def test_the_table_gathers_what_waits(li_shuji, zhang_zhuren, places, bodies, given, later, make_person):
    item = {"community_id": places.community.pk, "set_by_id": zhang_zhuren.person_id, "set_at": clock.now()}
    item |= {"matter": given.matter, "body": bodies.property}
    ActionItem.objects.create(what="换好楼道灯", due=in_days(10), **item)
    people = [make_person(f"邻居{number}") for number in range(5)]
    rate(given.matter, people, [5, 5, 4, 4, 4], 100)
    rate(given.matter, people, [4, 4, 3, 3, 3], 3)
    enter_term(li_shuji, bodies.owners.pk, number=1, starts=in_days(-900), ends=in_days(40))
    later(11)
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    made = services.call_study(li_shuji, places.community.pk, held_on=clock.today())
    found = {(point.kind, point.title) for point in made.points.all()}
    assert {
        ("commitment", "换好楼道灯"),
        ("rating", "安居物业办的事，评价下降"),
        ("guidance", given.matter.title),
        ("duty", "明湖家园业委会：启动换届"),
    } <= found
    assert made.points.get(kind="rating").line == "近90天3.4分（5人），之前90天4.4分（5人）"


def test_what_comes_up_later_is_added_once_and_by_hand_too(li_shuji, called, bodies):
    assert services.gather_again(li_shuji, called.pk) == 0
    enter_term(li_shuji, bodies.owners.pk, number=1, starts=in_days(-900), ends=in_days(40))
    assert [services.gather_again(li_shuji, called.pk) for _again in range(2)] == [2, 0]
    assert refused(services.add_point, li_shuji, called.pk, title=" ") == ["study_point_empty"]
    point = services.add_point(li_shuji, called.pk, title="独居老人冬季探访")
    services.drop_point(li_shuji, called.pk, point_id=point.pk)
    assert not StudyPoint.objects.filter(title="独居老人冬季探访").exists()


def test_a_record_is_kept_as_it_is_and_its_decisions_are_things_to_be_done(li_shuji, called, bodies, zhao_jingli):
    wrong = refused(services.record_study, li_shuji, called.pk, present=0, conclusion="")
    assert wrong == ["study_without_people", "study_without_conclusion"]
    services.record_study(
        li_shuji, called.pk, present=7, conclusion="先修灯，再谈费。", file_number="示和党〔2026〕9号"
    )
    again = refused(services.record_study, li_shuji, called.pk, present=9, conclusion="改一改")
    assert again == ["study_recorded_already"]
    assert refused(services.add_point, li_shuji, called.pk, title="再加一条") == ["study_recorded_already"]
    item = services.decide(li_shuji, called.pk, what="换好2号楼楼道灯", body_id=bodies.property.pk, due=in_days(20))
    assert ActionItem.objects.visible_to(zhao_jingli).get().pk == item.pk
    with pytest.raises(NotAllowed):
        services.decide(_zhang(bodies), called.pk, what="x", body_id=bodies.property.pk, due=in_days(20))


def _zhang(bodies):
    from xieshang.accounts.models import Person
    from xieshang.community.models import Office
    from xieshang.community.queries import actor_for

    person = Person.objects.create_user("+8613911110000", nickname="张主任", phone_verified=True)
    office = Office.objects.create(person=person, body=bodies.committee, role="committee_chair", starts=in_days(-9))
    return actor_for(person, office.pk)


def test_help_is_asked_of_those_above_who_answer_once(li_shuji, liu_street, called, zhang_zhuren):
    help_wanted = "供热主管网需要街道协调热力公司。"
    services.record_study(li_shuji, called.pk, present=7, conclusion="先摸底。", help_wanted=help_wanted)
    assert [one.line for one in waiting_for(liu_street)] == ["和顺社区请街道帮忙"]
    assert [queue.count for queue in queues(liu_street) if queue.key == "help"] == [1]
    with pytest.raises(NotAllowed):
        services.answer_help(zhang_zhuren, called.pk, text="我来")
    assert refused(services.answer_help, liu_street, called.pk, text=" ") == ["study_help_empty"]
    services.answer_help(liu_street, called.pk, text="12月2日约热力公司现场看。")
    assert refused(services.answer_help, liu_street, called.pk, text="再答") == ["study_help_answered"]
    assert waiting_for(liu_street) == []
    assert Message.objects.filter(person_id=li_shuji.person_id, body__contains="有了答复").exists()


def test_a_period_without_a_record_is_told_once_near_its_end_and_once_after_it(
    li_shuji, liu_street, places, monkeypatch
):
    def on(year, month, day):
        noon = datetime.datetime(year, month, day, 4, tzinfo=datetime.UTC)
        monkeypatch.setattr(clock, "_offsets", [lambda: noon - datetime.datetime.now(datetime.UTC)])
        return [services.due(clock.now()) for _again in range(2)]

    on(2026, 10, 5)
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    assert on(2026, 10, 24) == [0, 0]
    assert on(2026, 10, 25) == [1, 0]
    assert not Message.objects.filter(person_id=liu_street.person_id).exists()
    assert on(2026, 11, 1) == [1, 0]
    assert Message.objects.filter(person_id=liu_street.person_id, body__contains="2026年10月").exists()
    made = services.call_study(li_shuji, places.community.pk, held_on=clock.today())
    services.record_study(li_shuji, made.pk, present=5, conclusion="都办了。")
    assert on(2026, 11, 25) == [0, 0]


def test_what_waits_for_the_secretary(li_shuji, zhang_zhuren, places, called):
    assert [one.action for one in waiting_for(li_shuji)] == ["去看议程"]
    assert waiting_for(zhang_zhuren) == []
    services.record_study(li_shuji, called.pk, present=5, conclusion="都办了。")
    assert waiting_for(li_shuji) == []


def test_a_study_is_called_arranged_and_recorded_on_its_pages(
    browser_of, li_shuji, places, bodies, liu_street, wang_ayi
):
    client = browser_of(li_shuji)
    community = places.community.pk
    assert "定下多久一次" in client.get(reverse("coordination:studies")).content.decode()
    client.post(reverse("coordination:set_rhythm", args=[community]), {"every": "monthly"})
    wrong = client.post(reverse("coordination:call_study", args=[community]), {"held_on": "", "where": "议事厅"})
    assert (wrong.status_code, "议事厅" in wrong.content.decode()) == (422, True)
    day = clock.today().isoformat()
    page = client.post(reverse("coordination:call_study", args=[community]), {"held_on": day}, follow=True)
    assert "议程" in page.content.decode()
    one = Study.objects.get()

    def act(step, **form):
        return client.post(reverse("coordination:act_on_study", args=[one.pk, step]), form)

    assert act("point", title="冬季探访").status_code == 302
    assert act("gather").status_code == 302
    assert act("record", present=5, conclusion="").status_code == 422
    body = Body.objects.get(pk=bodies.property.pk)
    assert act("decide", what="换灯", body_id=body.pk, due="2020-01-01").status_code == 409
    assert act("decide", what="换灯", body_id=body.pk, due=in_days(9).isoformat()).status_code == 302
    asks = {"present": 5, "conclusion": "先换灯。", "help_wanted": "请协调热力公司"}
    assert act("record", **asks).status_code == 302
    page = client.get(one.get_absolute_url()).content.decode()
    for words in ("到会5人", "冬季探访", "换灯", "等街道答复"):
        assert words in page
    street = browser_of(liu_street)
    listed = street.get(reverse("coordination:studies")).content.decode()
    assert ("请协调热力公司" in listed, "召集" in listed) == (True, False)
    url = reverse("coordination:act_on_study", args=[one.pk, "help"])
    assert street.post(url, {"text": "12月2日去看"}).status_code == 302
    assert browser_of(wang_ayi).get(one.get_absolute_url()).status_code == 404
    assert Entry.objects.filter(verb="coordination.answer_help").count() == 1


def test_nothing_in_a_study_alters_a_vote_a_tally_or_a_roll(owners_vote, li_shuji, places, bodies):
    owners_vote(state=Decided.VOTING)
    before = voting_rows()
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    made = services.call_study(li_shuji, places.community.pk, held_on=clock.today())
    services.gather_again(li_shuji, made.pk)
    services.decide(li_shuji, made.pk, what="办", body_id=bodies.committee.pk, due=in_days(3))
    services.record_study(li_shuji, made.pk, present=3, conclusion="好")
    services.due(clock.now())
    assert voting_rows() == before


def test_a_study_opens_a_meeting_of_its_kind_and_its_record_leads_to_it(from_monday, li_shuji, places, browser_of):
    services.set_rhythm(li_shuji, places.community.pk, every=Rhythm.MONTHLY)
    called = services.call_study(li_shuji, places.community.pk, held_on=in_days(3))
    services.add_point(li_shuji, called.pk, title="独居老人冬季探访")
    call = {"starts_at": clock.now() + datetime.timedelta(days=70), "venue": "社区议事厅"}
    assert refused(services.call_meeting, li_shuji, called.pk, **call) == ["study_other_period"]
    address = reverse("coordination:act_on_study", args=[called.pk, "call"])
    secretary = browser_of(li_shuji)
    assert secretary.post(address, call | {"starts_at": "2026-03-12T09:00"}).status_code == 302
    assert refused(services.call_meeting, li_shuji, called.pk, **call) == ["study_meeting_called"]
    called.refresh_from_db()
    meeting = called.meeting.meeting
    assert (meeting.kind, [item.title for item in meeting.agenda.all()]) == ("study", ["独居老人冬季探访"])
    assert "散会以后，在这里记录" in secretary.get(called.get_absolute_url()).content.decode()
    from_monday(3)
    meetings.sign_in_by_code(li_shuji, meeting.code)
    meetings.open_meeting(li_shuji, meeting.pk)
    meetings.close_meeting(li_shuji, meeting.pk)
    assert secretary.get(called.get_absolute_url()).context["record"].initial == {"present": 1}
    services.record_study(li_shuji, called.pk, present=1, conclusion="分组上门。")
    assert meeting.get_absolute_url() in secretary.get(called.get_absolute_url()).content.decode()
