"""Seventeen homes report cold rooms over HTTP: supported, handed to the sides, measured, and filed when it is over."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.people import enter_as
from xieshang.community.rules import ResidenceKind
from xieshang.coordination.models import Thread
from xieshang.coordination.services import threads as services
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.topics import services as topics

TITLE = "供暖季室温偏低"
CHANNEL = {"redirect-channel": "coordination", "redirect-reason": "要三方一起商量"}


@pytest.fixture
def homes(places, make_person, move_in):
    """A neighbour in each of the seventeen homes of the estate."""
    people = [make_person(f"邻居{n}") for n, _unit in enumerate(places.units)]
    for person, unit in zip(people, places.units, strict=True):
        move_in(person, unit, ResidenceKind.OWNER)
    return [Actor(person) for person in people]


@pytest.fixture
def offices(browser_of, bodies, zhang_zhuren, li_shuji, he_zhuren, zhao_jingli):
    """The committee and the secretary at their browsers; owners' committee and company are in office."""
    return SimpleNamespace(committee=browser_of(zhang_zhuren), secretary=browser_of(li_shuji))


def report(homes, place, committee, client):
    """One tells of it, the committee lets it in, every home supports it: one on the page, the rest by the same verb."""
    topic = topics.raise_topic(homes[0], title=TITLE, text="入冬后一直不到18℃。", place_id=place.pk)
    committee.post(reverse("topics:do", args=[topic.pk, "admit"]))
    for actor in homes[:-1]:
        topics.support(actor, topic.pk)
    enter_as(client, homes[-1]).post(reverse("topics:support", args=[topic.pk]))
    return topic


def do(client, thread, step, **words):
    """Send one form of the work page."""
    url = reverse("coordination:do", args=[thread.pk, step])
    answer = client.post(url, {f"{step}-{name}": value for name, value in words.items()})
    assert answer.status_code == 302, answer.text


def measure(homes, places, thread, client):
    """Each home writes down its own temperature: one on its phone, the rest by the same verb."""
    at, rows = clock.shown_now(), list(zip(homes, places.units, strict=True))
    for actor, unit in rows[:-1]:
        services.add_reading(actor, thread.pk, unit_id=unit.pk, measured_at=at, value="16.5")
    words = {"unit_id": rows[-1][1].pk, "measured_at": at.strftime("%Y-%m-%dT%H:%M"), "value": "15.8"}
    assert client.post(reverse("coordination:readings", args=[thread.pk]), words).status_code == 302
    shown = client.get(thread.get_absolute_url()).text
    assert ("17户登记过" in shown, "15.8℃" in shown) == (True, True)


def test_seventeen_homes_report_and_what_came_of_it_is_filed(homes, places, bodies, offices, client):
    topic = report(homes, places.compound, offices.committee, client)
    to = {"redirect-due": clock.today().isoformat(), "redirect-receiver_id": bodies.property.pk}
    offices.committee.post(reverse("topics:do", args=[topic.pk, "redirect"]), CHANNEL | to)
    thread = Thread.objects.get()
    assert (thread.title, thread.voices) == (TITLE, "17户居民")
    do(offices.secretary, thread, "accept")
    do(offices.committee, thread, "measure")
    measure(homes, places, thread, client)
    do(offices.secretary, thread, "assign", lead=thread.sides.get(kind="company").pk)
    do(offices.secretary, thread, "escalate", reason="换热站不归小区管")
    do(offices.secretary, thread, "settle", result="街道协调热力公司调好了流量。")
    offices.committee.post(reverse("home:file_now", args=[thread.matter_id]))
    filed = offices.committee.get(reverse("home:file", args=[thread.matter_id])).text
    assert ("已归档" in filed, "街道协调热力公司调好了流量。" in filed) == (True, True)
