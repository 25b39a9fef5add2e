"""Matters: who may know of them, how they are numbered, found and followed."""

import pytest
from django.urls import reverse

from xieshang.lib.actor import NOBODY
from xieshang.matters import queries, services
from xieshang.matters.models import Follower, Matter
from xieshang.matters.rules import Audience, FollowReason, LinkKind
from xieshang.notify.models import Message
from xieshang.notify.services import wish

pytestmark = pytest.mark.django_db
CAST = ("wang_ayi", "zhou_dashu", "zhang_zhuren", "li_shuji", "zhao_jingli", "liu_street", "wairen")
SEEN = {
    #                 author neighbour committee party  company street stranger
    Audience.AUTHOR: (True, False, False, False, False, False, False),
    Audience.OFFICERS: (True, False, True, True, False, True, False),
    Audience.PLACE: (True, True, True, True, True, True, False),
    Audience.PUBLIC: (True, True, True, True, True, True, True),
}


@pytest.fixture
def matter(wang_ayi, places):
    """A matter of the compound, raised by a resident."""
    return services.make(wang_ayi, kind="topic", prefix="议", title="楼道灯坏了", place=places.compound)


@pytest.mark.parametrize(
    ("audience", "who", "seen"),
    [(audience, who, seen) for audience, row in SEEN.items() for who, seen in zip(CAST, row, strict=True)],
)
def test_who_may_know_of_a_matter(request, matter, audience, who, seen):
    services.settle(matter, standing="", audience=audience, is_open=True)
    assert Matter.objects.visible_to(request.getfixturevalue(who)).filter(pk=matter.pk).exists() is seen


def test_a_visitor_knows_only_of_public_matters(matter):
    assert not Matter.objects.visible_to(NOBODY).exists()
    services.settle(matter, standing="", audience=Audience.PUBLIC, is_open=True)
    assert Matter.objects.visible_to(NOBODY).get() == matter


def test_numbers_go_up_one_by_one_in_a_community_and_a_year(wang_ayi, places, matter):
    second = services.make(wang_ayi, kind="topic", prefix="议", title="二", place=places.building)
    assert second.number[:-4] == matter.number[:-4]
    assert int(second.number[-4:]) == int(matter.number[-4:]) + 1


def alike(actor, places, title, story=""):
    return [matter for matter, _ in queries.similar(actor, places.community.pk, title, story, kind="topic")]


def test_alike_matters_are_found_in_the_same_community(wang_ayi, places, matter):
    services.retitle(matter, title="3号楼楼道声控灯坏了", place=places.compound, words="晚上看不见")
    services.make(wang_ayi, kind="topic", prefix="议", title="广场舞太吵", place=places.compound)
    assert alike(wang_ayi, places, "楼道的声控灯不亮") == [matter]


def test_what_one_may_not_know_of_is_not_found_as_alike(wang_ayi, zhou_dashu, places, matter):
    services.retitle(matter, title="楼道声控灯坏了", place=places.compound, words="")
    assert alike(wang_ayi, places, "楼道声控灯") == [matter]
    assert alike(zhou_dashu, places, "楼道声控灯") == []


def told(wang_ayi, places, title, words):
    made = services.make(wang_ayi, kind="topic", prefix="议", title=title, place=places.compound)
    services.retitle(made, title=title, place=places.compound, words=words)
    return made


def test_a_matter_that_only_mentions_the_thing_in_passing_is_not_alike(wang_ayi, places):
    told(wang_ayi, places, "2025年度公共收益使用方案", "可以用来换楼道灯、修补绿化，也可以存着。")
    lamp = told(wang_ayi, places, "北门口路灯不亮", "晚上看不见。")
    assert alike(wang_ayi, places, "楼道灯不亮", "坏了一个星期，老人怕摔。") == [lamp]


def test_what_is_rare_here_weighs_more_than_what_everybody_says(wang_ayi, places):
    for floor in range(8):
        told(wang_ayi, places, f"单元{floor}层的事", "我们单元的老人不方便。")
    lift = told(wang_ayi, places, "想装电梯", "五楼上下难。")
    assert alike(wang_ayi, places, "单元里加装电梯", "老人不方便。")[0] == lift


def test_a_long_story_hides_no_matter_of_the_same_title(wang_ayi, places):
    lift = told(wang_ayi, places, "想装电梯", "五楼上下难。")
    story = "".join(chr(0x4E00 + number) for number in range(600))
    assert alike(wang_ayi, places, "想装电梯", story) == [lift]


@pytest.mark.parametrize(("words", "found"), [("灯", 1), ("楼道", 1), ("楼道灯坏", 1), ("电梯", 0), ("", 0)])
def test_a_search_finds_by_one_character_or_many(wang_ayi, places, matter, words, found):
    services.retitle(matter, title="楼道灯坏了", place=places.compound, words="")
    assert queries.search(wang_ayi, words).count() == found


def test_followers_get_one_message_until_they_read_it(wang_ayi, zhou_dashu, matter):
    services.follow(matter, zhou_dashu.person_id, FollowReason.SUPPORTED)
    services.tell_followers(matter, body="受理了", leave_out=[wang_ayi.person_id])
    services.tell_followers(matter, body="开始讨论了", leave_out=[wang_ayi.person_id])
    message = Message.objects.get()
    assert (message.person_id, message.body, message.count) == (zhou_dashu.person_id, "开始讨论了", 2)


def test_who_raised_it_hears_at_once_whatever_they_wish_of_what_they_follow(wang_ayi, zhou_dashu, matter):
    services.follow(matter, zhou_dashu.person_id, FollowReason.SUPPORTED)
    for actor in (wang_ayi, zhou_dashu):
        wish(actor, "never")
    services.tell_followers(matter, body="受理了")
    assert [message.person_id for message in Message.objects.all()] == [wang_ayi.person_id]


def test_who_asked_for_quiet_hears_nothing_even_after_supporting(zhou_dashu, matter):
    services.mute(matter, zhou_dashu.person_id)
    services.follow(matter, zhou_dashu.person_id, FollowReason.SUPPORTED)
    assert zhou_dashu.person_id not in queries.follower_ids(matter)
    services.follow(matter, zhou_dashu.person_id, FollowReason.ASKED)
    assert zhou_dashu.person_id in queries.follower_ids(matter)


def test_ties_are_shown_on_both_ends(wang_ayi, places, matter):
    other = services.make(wang_ayi, kind="topic", prefix="议", title="二", place=places.compound)
    services.link(other, matter, LinkKind.MERGED_INTO)
    services.link(other, matter, LinkKind.MERGED_INTO)
    assert queries.linked(wang_ayi, matter) == [("merged_into", other)]
    assert queries.linked(wang_ayi, other) == [("merged_into", matter)]


def test_the_short_address_answers_as_if_absent_to_who_may_not_know(client, matter):
    matter.url = "/somewhere/"
    matter.save()
    address = reverse("matters:short", args=[matter.pk])
    assert client.get(address).status_code == 404
    services.settle(matter, standing="", audience=Audience.PUBLIC, is_open=True)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/somewhere/")


def test_the_qr_picture_is_a_picture_without_inline_style(client, matter):
    services.settle(matter, standing="", audience=Audience.PUBLIC, is_open=True)
    answer = client.get(reverse("matters:qr", args=[matter.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"style=" not in answer.content


def test_following_is_kept_once(client, wang_ayi, matter):
    client.force_login(wang_ayi.person)
    address = reverse("matters:follow", args=[matter.pk])
    client.post(address)
    client.post(address, {"quiet": "1"})
    row = Follower.objects.get(matter=matter, person_id=wang_ayi.person_id)
    assert row.muted
