"""Owners who fill a side that is missing: what waits for them, what they do at the table, how they leave it."""

import datetime

import pytest
from django.urls import reverse

from tests.coordination.threads import hold, side_of, sign
from xieshang.community.models import Body, Office
from xieshang.community.rules import Role
from xieshang.community.services import appoint as appoint_for_real
from xieshang.coordination.models import Ask, Entry, Thread
from xieshang.coordination.queries import waiting_for
from xieshang.coordination.rules.threads import Part
from xieshang.coordination.services import threads as services
from xieshang.lib.actor import Actor
from xieshang.lib.clock import now, today
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.meetings import services as meetings
from xieshang.meetings.rules import Answer
from xieshang.notify.models import Message

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def represented(raised_thread, li_shuji, he_zhuren, zhang_zhuren, chen_yezhu):
    """Nobody is in office in the owners' committee: 陈业主 was named in its place, and the sides are asked."""
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today() - DAY)
    thread = services.accept(li_shuji, raised_thread.pk)
    services.name_representative(zhang_zhuren, side_of(thread, "owners").pk, phone=chen_yezhu.person.phone)
    services.assign(li_shuji, thread.pk, lead=side_of(thread, "company").pk)
    return Thread.objects.with_frame().get(pk=thread.pk)


def work_of(thread):
    return reverse("coordination:work", args=[thread.pk])


def test_a_representative_is_told_what_waits_and_says_it_on_the_page(represented, chen_yezhu, wang_ayi, browser_of):
    assert [one.line for one in waiting_for(chen_yezhu)] == ["您是业主代表，请书面表态"]
    assert waiting_for(wang_ayi) == []
    page = browser_of(chen_yezhu)
    thread_page = page.get(represented.get_absolute_url()).content.decode()
    assert work_of(represented) in thread_page
    assert "现在有1位" in thread_page
    offered = page.get(work_of(represented)).content.decode()
    found = {key for key in ("position", "promise", "say", "ask_promise", "invite") if f'id="do-{key}"' in offered}
    assert found == {"position", "say", "ask_promise"}
    address = reverse("coordination:do", args=[represented.pk, "position"])
    assert page.post(address, {"position-text": "先把阀门换了。"}).status_code == 302
    entry = Entry.objects.get(kind="position")
    assert (entry.side, entry.person, entry.office) == (side_of(represented, "owners"), chen_yezhu.person, None)
    assert waiting_for(chen_yezhu) == []
    assert browser_of(wang_ayi).get(work_of(represented)).status_code == 403


def test_a_representative_reads_the_working_part_and_asks_and_judges_for_the_side(
    represented, chen_yezhu, zhao_jingli, wang_ayi, browser_of
):
    company = side_of(represented, "company")
    services.say(zhao_jingli, represented.pk, side_id=company.pk, text="报价三万二", part=Part.WORKING)
    address = represented.get_absolute_url()
    shown = ["报价三万二" in browser_of(one).get(address).content.decode() for one in (chen_yezhu, wang_ayi)]
    assert shown == [True, False]
    services.ask_promise(chen_yezhu, represented.pk, side_id=company.pk, what="公布退费办法")
    assert Ask.objects.get().asked_by == side_of(represented, "owners")
    word = services.Word("换阀门", "工程部", today() + DAY)
    promised = services.promise(zhao_jingli, represented.pk, side_id=company.pk, word=word)
    own = side_of(represented, "owners")
    with pytest.raises(RuleViolation) as refused:
        services.promise(chen_yezhu, represented.pk, side_id=own.pk, word=word)
    assert refused.value.refusal.code == "promise_without_body"
    page = browser_of(chen_yezhu)
    row = reverse("coordination:commitment", args=[promised.pk])
    assert "还等2方认可" in page.get(address).content.decode()
    assert page.post(reverse("coordination:judge", args=[promised.pk, "accept"])).status_code == 302
    assert "业主代表" in page.get(row).content.decode()
    assert "还等1方认可" in page.get(address).content.decode()


def test_a_representative_comes_to_the_meeting_for_the_side_and_signs_the_minutes(
    represented, chen_yezhu, zhang_zhuren, zhao_jingli, li_shuji, later
):
    later(8)
    services.call_meeting(li_shuji, represented.pk, starts_at=now() + 4 * DAY, venue="社区议事厅")
    later(4)
    thread = Thread.objects.with_frame().get(pk=represented.pk)
    hold(thread, li_shuji, zhang_zhuren, zhao_jingli, chen_yezhu)
    meeting = thread.meeting.meeting
    meeting.refresh_from_db()
    assert meeting.opened_with["missing"] == []
    sign(thread, li_shuji, zhang_zhuren, zhao_jingli)
    line = meeting.minutes.signatures.get(person=chen_yezhu.person)
    assert line.name == "业主代表"
    meeting.minutes.refresh_from_db()
    meetings.sign_minutes(chen_yezhu, line.pk, code=meeting.minutes.code)
    thread.refresh_from_db()
    assert thread.state == "confirmed"


def test_who_is_let_go_speaks_no_more_and_what_was_said_stays(represented, chen_yezhu, zhang_zhuren, browser_of):
    own = side_of(represented, "owners")
    services.file_position(chen_yezhu, represented.pk, side_id=own.pk, text="先把阀门换了")
    desk = browser_of(zhang_zhuren)
    row = own.representatives.get()
    address = reverse("coordination:do", args=[represented.pk, "end_representative"])
    assert desk.post(address, {"end_representative-representative_id": row.pk}).status_code == 302
    with pytest.raises(NotAllowed):
        services.say(chen_yezhu, represented.pk, side_id=own.pk, text="再说一句", part=Part.PUBLIC)
    assert browser_of(chen_yezhu).get(work_of(represented)).status_code == 403
    assert "先把阀门换了" in desk.get(represented.get_absolute_url()).content.decode()


def test_a_representative_who_acts_in_an_office_is_told_to_change(represented, sun_weiyuan, zhang_zhuren, browser_of):
    own = side_of(represented, "owners")
    own.representatives.create(person=sun_weiyuan.person, named_by=zhang_zhuren.person, at=now())
    assert "请先在页首换成居民身份" in browser_of(sun_weiyuan).get(represented.get_absolute_url()).content.decode()


@pytest.fixture
def enter_chair(liu_street, bodies, make_person):
    """A new chair is entered while the representatives sit in the committee's place."""

    def enter(starts=None):
        person = make_person("新主任", real_name="新主任")
        words = {"person_id": person.pk, "body_id": bodies.owners.pk, "role": Role.OWNERS_CHAIR}
        office = appoint_for_real(liu_street, **words, starts=starts or today())
        return Actor(person, office)

    return enter


def test_a_committee_that_takes_office_has_its_seat_back_and_what_was_said_in_it_stays_in_their_names(
    represented, enter_chair, chen_yezhu, zhao_jingli, browser_of
):
    own, company = side_of(represented, "owners"), side_of(represented, "company")
    services.file_position(chen_yezhu, represented.pk, side_id=own.pk, text="先把阀门换了")
    services.ask_promise(chen_yezhu, represented.pk, side_id=company.pk, what="公布退费办法")
    chair = enter_chair()
    own.refresh_from_db()
    assert (own.is_filled, own.seated_on, own.representatives.filter(ended_at=None).count()) == (False, today(), 0)
    assert "业主代表任务到此结束" in Message.objects.filter(person=chen_yezhu.person).latest("pk").body
    page = browser_of(chair).get(represented.get_absolute_url()).content.decode()
    assert "起由明湖家园业主委员会参加。此前由业主代表补位" in page
    assert "业主代表 · 陈业主" in page
    assert "<strong>业主代表</strong>请" in page
    with pytest.raises(NotAllowed):
        services.say(chen_yezhu, represented.pk, side_id=own.pk, text="再说一句", part=Part.PUBLIC)
    entry = services.file_position(chair, represented.pk, side_id=own.pk, text="同意先换阀门，退费另谈")
    assert (entry.version, entry.speaker) == (2, own.short_name)


def test_a_term_that_begins_by_itself_gives_the_seat_back_that_day(represented, enter_chair, later):
    enter_chair(starts=today() + 2 * DAY)
    own = side_of(represented, "owners")
    services.due(now())
    own.refresh_from_db()
    assert own.is_filled
    later(2)
    assert (services.due(now()), services.due(now())) == (1, 0)
    own.refresh_from_db()
    assert own.seated_on == today()


@pytest.mark.parametrize(("signed_in", "sits"), [(False, "明湖家园业主委员会"), (True, "业主代表")])
def test_in_a_meeting_that_is_called_already_the_committee_sits_unless_they_have_signed_in(
    represented, enter_chair, chen_yezhu, li_shuji, later, signed_in, sits
):
    later(8)
    services.call_meeting(li_shuji, represented.pk, starts_at=now() + 4 * DAY, venue="社区议事厅")
    meeting = Thread.objects.get(pk=represented.pk).meeting.meeting
    if signed_in:
        later(4)
        meetings.sign_in_by_code(chen_yezhu, meeting.code)
    chair = enter_chair()
    names = list(meeting.sides.order_by("pk").values_list("name", flat=True))
    assert sits in names
    assert Message.objects.filter(person=chair.person, body__startswith="请参加会议").exists() is not signed_in


@pytest.fixture
def vacated(asked_thread, he_zhuren, zhao_jingli, later):
    """The committee has taken its stand and promised something; then the last term in it runs out by itself."""
    own = side_of(asked_thread, "owners")
    services.file_position(he_zhuren, asked_thread.pk, side_id=own.pk, text="先查阀门")
    promised = services.promise(
        he_zhuren, asked_thread.pk, side_id=own.pk, word=services.Word("公布账目", "何主任", today() + 9 * DAY)
    )
    Office.objects.filter(body=own.body).update(ends=today() + DAY)
    later(1)
    assert services.due(now()) == 0
    later(2)
    assert (services.due(now()), services.due(now())) == (1, 0)
    return Thread.objects.with_frame().get(pk=asked_thread.pk), promised


def test_a_committee_whose_terms_run_out_gives_its_seat_to_representatives(
    vacated, zhang_zhuren, chen_yezhu, browser_of
):
    thread, promised = vacated
    own = side_of(thread, "owners")
    assert (own.is_filled, own.filled_since) == (True, today() - DAY)
    page = browser_of(zhang_zhuren).get(thread.get_absolute_url()).content.decode()
    assert "起明湖家园业主委员会没有人在任，由居委会推荐的业主代表补位" in page
    assert ("先查阀门" in page, "居委会还没有推荐业主代表" in page) == (True, False)
    services.file_position(zhang_zhuren, thread.pk, side_id=side_of(thread, "committee").pk, text="我们牵头复测")
    assert "有一方没有人参加，请推荐业主代表" in [one.line for one in waiting_for(zhang_zhuren)]
    assert "没有人在任" in Message.objects.filter(person=zhang_zhuren.person).latest("pk").body
    services.name_representative(zhang_zhuren, own.pk, phone=chen_yezhu.person.phone)
    assert "有一方没有人参加，请推荐业主代表" not in [one.line for one in waiting_for(zhang_zhuren)]
    services.say(chen_yezhu, thread.pk, side_id=own.pk, text="业主盼着早点修", part=Part.PUBLIC)
    with pytest.raises(NotAllowed):
        services.ask_move(chen_yezhu, promised.pk, due=today() + 20 * DAY, reason="再等等")
    assert "申请改期" not in browser_of(chen_yezhu).get(reverse("coordination:commitment", args=[promised.pk])).text


def test_the_next_committee_takes_over_what_the_last_one_said_and_promised(vacated, enter_chair, browser_of):
    thread, promised = vacated
    chair = enter_chair()
    own = side_of(thread, "owners")
    assert (own.is_filled, own.seated_on) == (False, today())
    assert own.entries.get().speaker == own.short_name
    services.ask_move(chair, promised.pk, due=today() + 20 * DAY, reason="刚接手")
    assert "没有人在任" not in browser_of(chair).get(thread.get_absolute_url()).content.decode()


def test_another_body_set_up_in_its_place_takes_the_seat(vacated, liu_street, bodies, make_person):
    thread, _promised = vacated
    words = {"name": "明湖物管会", "short_name": "物管会", "place": bodies.owners.place}
    council = Body.objects.create(kind="property_management_committee", **words)
    words = {"person_id": make_person("物管", real_name="周主任").pk, "body_id": council.pk}
    appoint_for_real(liu_street, role=Role.OWNERS_CHAIR, starts=today(), **words)
    own = side_of(thread, "owners")
    assert (own.body, own.is_filled) == (council, False)
    assert own.entries.get().speaker == bodies.owners.short_name


def test_a_meeting_that_is_called_seats_representatives_once_the_committee_is_out_of_office(
    answered_thread, li_shuji, he_zhuren, zhang_zhuren, chen_yezhu, later
):
    services.call_meeting(li_shuji, answered_thread.pk, starts_at=now() + 4 * DAY, venue="社区议事厅")
    meeting = Thread.objects.get(pk=answered_thread.pk).meeting.meeting
    meetings.confirm(he_zhuren, meeting.pk, answer=Answer.COMING)
    Office.objects.filter(pk=he_zhuren.office.pk).update(ends=today())
    later(1)
    services.due(now())
    side = meeting.sides.get(name="业主代表")
    assert (side.body, side.invitations.count()) == (None, 0)
    own = side_of(answered_thread, "owners")
    services.name_representative(zhang_zhuren, own.pk, phone=chen_yezhu.person.phone)
    assert side.invitations.get().person == chen_yezhu.person
