"""The socket of a page: joining asks, moves arrive after commit, strangers hear nothing."""

import pytest
from asgiref.sync import sync_to_async
from channels.layers import get_channel_layer
from channels.testing import WebsocketCommunicator
from django.db import transaction

from xieshang.lib.actor import NOBODY
from xieshang.live import hooks, services
from xieshang.live.consumers import MOST_ASKED, MOST_GROUPS, PageConsumer
from xieshang.live.services import show, tell
from xieshang.matters import services as matters

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def open_door(monkeypatch):
    """Groups of kind `room` that are open for even numbers."""
    monkeypatch.setitem(hooks._listeners, "room", lambda actor, key: key % 2 == 0)
    monkeypatch.setattr(hooks, "_actors", [lambda scope: NOBODY])


async def _page():
    page = WebsocketCommunicator(PageConsumer.as_asgi(), "/ws/")
    assert (await page.connect())[0]
    return page


async def test_a_page_joins_what_it_may_and_is_refused_what_it_may_not(open_door):
    page = await _page()
    await page.send_json_to({"join": "room.2"})
    assert await page.receive_json_from() == {"joined": "room.2"}
    await page.send_json_to({"join": "room.3"})
    assert await page.receive_json_from() == {"refused": "room.3"}
    await page.disconnect()


@pytest.mark.parametrize("sent", [{"text_data": "not json"}, {"bytes_data": b"\xff"}, {"text_data": "[" * 100_000}])
async def test_what_no_page_sends_is_passed_over(open_door, sent):
    page = await _page()
    await page.send_to(**sent)
    await page.send_json_to({"join": "room.2"})
    assert await page.receive_json_from() == {"joined": "room.2"}
    await page.disconnect()


async def test_who_asks_without_end_is_let_go(open_door):
    page = await _page()
    for _time in range(MOST_ASKED):
        await page.send_json_to({"join": "room.3"})
        assert await page.receive_json_from() == {"refused": "room.3"}
    await page.send_json_to({"join": "room.2"})
    assert (await page.receive_output())["type"] == "websocket.close"


async def test_a_page_that_asks_again_for_what_it_hears_already_stays(open_door):
    page = await _page()
    for _time in range(MOST_ASKED + 2):
        await page.send_json_to({"join": "room.2"})
    assert await page.receive_json_from() == {"joined": "room.2"}
    await page.send_json_to({"join": "room.4"})
    assert await page.receive_json_from() == {"joined": "room.4"}
    await page.disconnect()


@pytest.mark.parametrize(
    "group", ["cellar.2", "room.", "room.x", "room.2.2", "room.-2", "room.²", "room.٢", "room." + "9" * 30]
)
async def test_what_is_no_group_is_refused(open_door, group):
    page = await _page()
    await page.send_json_to({"join": group})
    assert await page.receive_json_from() == {"refused": group}
    await page.disconnect()


async def test_a_page_joins_only_a_handful(open_door):
    page = await _page()
    for number in range(MOST_GROUPS + 1):
        await page.send_json_to({"join": f"room.{number * 2}"})
    answers = [await page.receive_json_from() for _ in range(MOST_GROUPS + 1)]
    assert answers[-1] == {"refused": f"room.{MOST_GROUPS * 2}"}
    await page.disconnect()


async def test_a_move_arrives_after_commit_and_only_then(open_door):
    page = await _page()
    await page.send_json_to({"join": "room.2"})
    await page.receive_json_from()

    def move(*, holds):
        with transaction.atomic():
            tell("room.2", "posts")
            transaction.set_rollback(not holds)

    await sync_to_async(move)(holds=False)
    assert await page.receive_nothing(timeout=0.2)
    await sync_to_async(move)(holds=True)
    assert await page.receive_json_from() == {"group": "room.2", "kind": "posts"}
    await page.disconnect()


async def test_what_a_crowd_moves_is_told_once_a_moment(open_door, monkeypatch):
    page = await _page()
    await page.send_json_to({"join": "room.2"})
    await page.receive_json_from()
    monkeypatch.setattr(services, "_told", {})
    for _ in range(3):
        await sync_to_async(services.tell_crowd)("room.2", "poll")
    assert await page.receive_json_from() == {"group": "room.2", "kind": "poll"}
    assert await page.receive_nothing(timeout=0.2)
    monkeypatch.setattr(services, "MOMENT", 0)
    await sync_to_async(services.tell_crowd)("room.2", "poll")
    assert await page.receive_json_from() == {"group": "room.2", "kind": "poll"}
    await page.disconnect()


def test_who_may_listen_to_a_matter_is_who_may_know_of_it(wang_ayi, wairen, places):
    matter = matters.make(wang_ayi, kind="topic", prefix="议", title="楼道灯坏了", place=places.compound)
    assert hooks.may_join(wang_ayi, f"matter.{matter.pk}")
    assert not hooks.may_join(wairen, f"matter.{matter.pk}")


def test_that_a_message_came_is_heard_by_its_reader_only(wang_ayi, zhou_dashu):
    group = f"person.{wang_ayi.person_id}"
    assert hooks.may_join(wang_ayi, group)
    assert [hooks.may_join(actor, group) for actor in (zhou_dashu, NOBODY)] == [False, False]


async def test_pieces_of_a_page_come_in_one_message_to_all_who_joined(open_door):
    page, other = await _page(), await _page()
    for one in (page, other):
        await one.send_json_to({"join": "room.2"})
        await one.receive_json_from()
    pieces = {"motion": "<p>通过</p>", "motion-screen": "<h2>通过</h2>"}
    await sync_to_async(show)("room.2", pieces)
    for one in (page, other):
        assert await one.receive_json_from() == {"group": "room.2", "pieces": pieces}
        assert await one.receive_nothing(timeout=0.1)
        await one.disconnect()


@pytest.mark.services
async def test_what_a_request_tells_gets_through_the_real_layer():
    layer = get_channel_layer()
    name = await layer.new_channel()
    await layer.group_add("matter.7", name)
    await sync_to_async(services._send)("matter.7", "poll")
    assert await layer.receive(name) == {"type": "moved", "group": "matter.7", "kind": "poll"}
