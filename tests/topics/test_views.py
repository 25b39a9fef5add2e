"""Every page of a topic, for everybody who may open it, in the states it passes."""

import pytest
from django.test import Client
from django.urls import reverse

from xieshang.lib.actor import NOBODY
from xieshang.topics.rules import State

WAY = [
    State.SUBMITTED,
    State.SCREENING,
    State.PARTY_REVIEW,
    State.ANNOUNCED,
    State.DELIBERATING,
    State.OPINION_FORMED,
    State.PUBLICITY,
    State.IMPLEMENTING,
    State.FEEDBACK,
    State.ARCHIVED,
]
VISITORS_MOST, SIGNED_IN_MOST = 12, 20


@pytest.fixture
def sign_in():
    """A browser in which this actor is signed in, in the office they act in."""

    def enter(actor):
        client = Client()
        if actor.person is None:
            return client
        client.force_login(actor.person)
        if actor.office:
            session = client.session
            session["office"] = actor.office.id
            session.save()
        return client

    return enter


@pytest.mark.parametrize("state", WAY)
def test_the_pages_of_a_topic_open_for_everybody_in_every_state(walk, sign_in, wang_ayi, zhang_zhuren, li_shuji, state):
    topic = walk(state)
    seen = state not in {State.SUBMITTED}
    for actor in (NOBODY, wang_ayi, zhang_zhuren, li_shuji):
        client = sign_in(actor)
        for page in ("detail", "history", "missing", "archive"):
            answer = client.get(reverse(f"topics:{page}", args=[topic.pk]))
            assert answer.status_code == (200 if seen or actor is not NOBODY else 404), (page, actor.role)
    for actor in (zhang_zhuren, li_shuji):
        assert sign_in(actor).get(reverse("topics:work", args=[topic.pk])).status_code == 200


@pytest.mark.parametrize("state", WAY[1:])
def test_a_topics_page_keeps_to_its_queries(
    walk, sign_in, wang_ayi, zhang_zhuren, state, django_assert_max_num_queries
):
    url = walk(state).get_absolute_url()
    with django_assert_max_num_queries(VISITORS_MOST):
        sign_in(NOBODY).get(url)
    for actor in (wang_ayi, zhang_zhuren):
        client = sign_in(actor)
        client.get(reverse("topics:list"))
        with django_assert_max_num_queries(SIGNED_IN_MOST):
            client.get(url)


def test_the_list_opens_for_everybody(walk, sign_in, wang_ayi, zhang_zhuren):
    walk(State.DELIBERATING)
    for actor in (NOBODY, wang_ayi, zhang_zhuren):
        for query in ("", "?show=talk", "?show=mine", "?show=done&place=1"):
            answer = sign_in(actor).get(reverse("topics:list") + query)
            assert answer.status_code == 200
    assert "3号楼2单元楼道灯不亮" in sign_in(NOBODY).get(reverse("topics:list")).content.decode()
