"""The page of the record: whose it is, in which words, and what a filter leaves."""

import csv
import datetime

import pytest
from django.urls import reverse

from xieshang.audit.models import Entry
from xieshang.audit.services import record
from xieshang.lib.actor import NOBODY, SYSTEM, Actor

pytestmark = pytest.mark.django_db
PAGE, TABLE = reverse("home:record"), reverse("home:record_csv")
MAY_READ = {"liu_street", "li_shuji"}
CAST = ["wang_ayi", "wairen", "zhang_zhuren", "sun_weiyuan", "li_shuji", "zhao_jingli", "he_zhuren", "liu_street"]


@pytest.fixture
def acts(zhang_zhuren, wang_ayi, places):
    """Four acts in the community, one next door."""
    here, there = places.community.path, places.other_community.path
    accepted = {"before": "screening", "after": "party_review", "reason": "大家都有需要"}
    record(zhang_zhuren, "topics.accept", number="议-和顺-2026-0001", place=here, **accepted)
    record(
        Actor(wang_ayi.person, None, zhang_zhuren, "phone"), "topics.support", number="议-和顺-2026-0001", place=here
    )
    record(SYSTEM, "outcomes.item_overdue", number="议-和顺-2026-0002", place=here)
    record(zhang_zhuren, "outcomes.rate", number="议-和顺-2026-0003", place=here, reason="=HYPERLINK(1)")
    record(SYSTEM, "topics.accept", number="议-邻里-2026-0001", place=there)


def _rows(response):
    return list(csv.DictReader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))


@pytest.mark.parametrize("address", [PAGE, TABLE])
@pytest.mark.parametrize("who", CAST)
def test_only_those_who_supervise_read_the_record(who, address, request, browser_of):
    answer = browser_of(request.getfixturevalue(who)).get(address)
    assert answer.status_code == (200 if who in MAY_READ else 404)


def test_a_visitor_is_asked_to_sign_in(browser_of, db):
    assert browser_of(NOBODY).get(PAGE).status_code == 302


def test_the_record_reads_as_sentences_of_a_neighbour(liu_street, browser_of, acts):
    text = browser_of(liu_street).get(PAGE).content.decode()
    for words in ("张主任", "受理", "待受理 → ", "大家都有需要", "到期自动", "（代邻居办）", "待接入"):
        assert words in text
    assert "其他操作" not in text
    assert "screening" not in text


def test_an_office_reads_of_its_own_place_only(li_shuji, liu_street, browser_of, acts):
    assert {row["编号"] for row in _rows(browser_of(liu_street).get(TABLE))} == {
        "议-和顺-2026-0001",
        "议-和顺-2026-0002",
        "议-和顺-2026-0003",
    }
    assert "议-邻里-2026-0001" not in browser_of(li_shuji).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"number": "议-和顺-2026-0001"}, 2),
        ({"verb": "outcomes.rate"}, 1),
        ({"number": "议-和顺-2026-0001", "verb": "topics.support"}, 1),
        ({"number": "没有这个号"}, 0),
        ({"verb": "no.such.verb", "first_day": "前天"}, 4),
    ],
)
def test_page_and_table_are_filtered_alike(asked, found, liu_street, browser_of, acts):
    client = browser_of(liu_street)
    assert len(client.get(PAGE, asked).context["rows"]) == found
    assert len(_rows(client.get(TABLE, asked))) == found


def test_days_are_counted_in_local_time_and_both_ends_belong(liu_street, browser_of, places):
    for hour in (15, 16):
        at = datetime.datetime(2026, 3, 1, hour, 30, tzinfo=datetime.UTC)
        Entry.objects.create(at=at, verb="topics.accept", number=str(hour), place_path=places.community.path)
    client = browser_of(liu_street)
    assert [row["编号"] for row in _rows(client.get(TABLE, {"last_day": "2026-03-01"}))] == ["15"]
    assert [row["编号"] for row in _rows(client.get(TABLE, {"first_day": "2026-03-02"}))] == ["16"]


def test_the_table_opens_as_text_in_a_spreadsheet(liu_street, browser_of, acts):
    rows = _rows(browser_of(liu_street).get(TABLE, {"verb": "outcomes.rate"}))
    assert [(row["做了什么"], row["理由"]) for row in rows] == [("评价", "'=HYPERLINK(1)")]


def test_the_filter_stays_in_the_address_of_the_next_page_and_of_the_table(liu_street, browser_of, places):
    for _ in range(51):
        record(SYSTEM, "topics.accept", number="议-1", place=places.community.path)
    answer = browser_of(liu_street).get(PAGE, {"verb": "topics.accept"})
    text = answer.content.decode()
    assert f"?verb=topics.accept&amp;after={answer.context['page'].next_key}" in text
    assert f"{TABLE}?verb=topics.accept&amp;" in text
