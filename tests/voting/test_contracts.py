"""The calendar of property companies' contracts: marks, reminders once each, who sees it."""

import datetime

import pytest
from django.urls import reverse

from tests.people import enter_as
from tests.voting.test_deciding import refused
from xieshang.lib import clock
from xieshang.lib.refusals import NotAllowed
from xieshang.notify.models import Message
from xieshang.voting.models import ServiceContract
from xieshang.voting.queries.contracts import contracts_waiting
from xieshang.voting.rules.contracts import marks_of, reached, to_tell
from xieshang.voting.rules.deciding import State
from xieshang.voting.services import contracts

END = datetime.date(2027, 6, 30)


def before(days):
    return END - datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("left", "mark"),
    [(181, None), (180, 180), (121, 180), (120, 120), (91, 120), (90, 90), (60, 60), (1, 60), (0, 60), (-1, 0)],
)
def test_a_mark_is_reached_on_its_day(left, mark):
    assert reached(END, before(left)) == mark


def test_the_marks_are_days_of_the_calendar():
    assert [mark.day for mark in marks_of(END, END)] == [
        datetime.date(2027, 1, 1),
        datetime.date(2027, 3, 2),
        datetime.date(2027, 4, 1),
        datetime.date(2027, 5, 1),
    ]


@pytest.mark.parametrize(
    ("left", "told", "expected"),
    [(200, [], None), (180, [], 180), (170, [180], None), (100, [], 120), (100, [180, 120], None), (-1, [60], 0)],
)
def test_each_mark_is_told_once_and_only_the_last_of_those_missed(left, told, expected):
    assert to_tell(END, before(left), told) == expected


@pytest.fixture
def area(estate):
    return estate(3).area


def enter_contract(actor, area, days):
    today = clock.today()
    ends = today + datetime.timedelta(days=days)
    return contracts.set_contract(actor, area.pk, company="安居物业", starts=today - datetime.timedelta(900), ends=ends)


@pytest.mark.django_db
def test_a_new_contract_takes_the_place_of_the_old_one(area, homeowners_committee, wang_ayi, zhao_jingli):
    chair = homeowners_committee.chair
    old, new = enter_contract(chair, area, 30), enter_contract(chair, area, 700)
    old.refresh_from_db()
    assert (old.closed_at is None, new.closed_at is None) == (False, True)
    day = clock.today()
    same_day = {"company": " ", "starts": day, "ends": day}
    wrong = refused(contracts.set_contract, chair, area.pk, **same_day)
    assert wrong == ["contract_company_missing", "contract_ends_early"]
    for actor in (wang_ayi, zhao_jingli):
        with pytest.raises(NotAllowed):
            enter_contract(actor, area, 30)


@pytest.mark.django_db
def test_who_must_act_is_told_once_a_mark_and_has_it_in_the_queue(
    area, homeowners_committee, zhang_zhuren, zhao_jingli, wang_ayi, later
):
    enter_contract(homeowners_committee.chair, area, 185)
    assert contracts.remind(clock.now()) == 0
    later(6)
    assert [contracts.remind(clock.now()) for _again in range(2)] == [1, 0]
    told = set(Message.objects.filter(title__contains="物业合同").values_list("person_id", flat=True))
    assert {homeowners_committee.chair.person_id, zhang_zhuren.person_id} <= told
    assert not {zhao_jingli.person_id, wang_ayi.person_id} & told
    assert [one.title for one in contracts_waiting(zhang_zhuren)] == ["明湖家园的物业合同快到期"]
    assert contracts_waiting(zhao_jingli) == []
    later(70)
    assert contracts.remind(clock.now()) == 1
    assert ServiceContract.objects.get().told == [180, 120]


@pytest.mark.django_db
def test_a_vote_about_the_company_that_runs_takes_it_out_of_the_queue(owners_vote, homeowners_committee, zhang_zhuren):
    made = owners_vote(state=State.VOTING)
    enter_contract(homeowners_committee.chair, made.register.area, 50)
    assert contracts_waiting(zhang_zhuren) == []


@pytest.mark.django_db
def test_the_page_shows_the_dates_to_those_who_act(area, homeowners_committee, client, wang_ayi, later):
    def enter(actor):
        enter_as(client, actor)

    enter(homeowners_committee.chair)
    form = {"company": "安居物业", "starts": "2024-07-01", "ends": (clock.today() + datetime.timedelta(89)).isoformat()}
    assert client.post(reverse("voting:contract", args=[area.pk]), form | {"ends": "2024-06-30"}).status_code == 409
    assert client.post(reverse("voting:contract", args=[area.pk]), form).status_code == 302
    page = client.get(reverse("voting:contracts")).content.decode()
    for words in ("安居物业", "还有89天", "到期前60天", "最晚现在要书面通知", "起草业主表决"):
        assert words in page
    enter(wang_ayi)
    assert client.get(reverse("voting:contracts")).status_code == 403
