"""A form that its page has marked is done once, however often it is sent."""

import datetime
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.races import all_at_once
from xieshang.coordination.models import Thread
from xieshang.home.models import Sent
from xieshang.home.services import forget_sent
from xieshang.lib.clock import now

MARK = re.compile(r'name="once" value="([^"]+)"')
ADDRESS = reverse("coordination:raise")


@pytest.fixture
def form(li_shuji, places):
    """What the form of a new thread sends, with the mark of its page; a Party organisation takes it."""
    return {"title": "电梯停运", "text": "停了三天。", "place_id": places.compound.pk, "once": "page-1"}


@pytest.mark.django_db
def test_what_is_sent_twice_is_one_and_leads_to_the_same_place(form, browser_of, zhang_zhuren):
    browser = browser_of(zhang_zhuren)
    first, second = (browser.post(ADDRESS, form) for _press in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert Thread.objects.count() == 1
    assert "没有再记一遍" in [str(one) for one in get_messages(second.wsgi_request)][-1]


@pytest.mark.django_db
def test_other_words_another_page_and_another_person_are_another_thing(form, browser_of, zhang_zhuren, sun_weiyuan):
    for actor, more in (
        (zhang_zhuren, {}),
        (zhang_zhuren, {"text": "停了四天。"}),
        (zhang_zhuren, {"once": "page-2"}),
        (sun_weiyuan, {}),
    ):
        browser_of(actor).post(ADDRESS, form | more)
    assert Thread.objects.count() == 4


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing_and_its_page_keeps_the_mark(form, browser_of, zhang_zhuren):
    browser = browser_of(zhang_zhuren)
    wrong = browser.post(ADDRESS, form | {"text": ""})
    assert (wrong.status_code, Sent.objects.count()) == (422, 0)
    assert MARK.findall(wrong.content.decode()) == ["page-1"]
    assert browser.post(ADDRESS, form).status_code == 302


@pytest.mark.django_db
def test_what_only_led_to_signing_in_is_not_done(form, browser_of, zhang_zhuren):
    visitor = browser_of()
    assert [visitor.post(ADDRESS, form).url for _press in range(2)] == ["/account/login/?next=/"] * 2
    assert Sent.objects.count() == 0


@pytest.mark.django_db
def test_every_page_has_a_mark_of_its_own(browser_of, zhang_zhuren, li_shuji):
    browser = browser_of(zhang_zhuren)
    marks = [MARK.findall(browser.get(ADDRESS).content.decode()) for _page in range(2)]
    assert len({mark for found in marks for mark in found}) == 2


@pytest.mark.django_db
def test_marks_are_forgotten_after_weeks():
    for number, days in enumerate((1, 20, 22)):
        Sent.objects.create(mark=str(number), led_to="/", at=now() - datetime.timedelta(days=days))
    assert forget_sent(now()) == 1
    assert list(Sent.objects.order_by("mark").values_list("mark", flat=True)) == ["0", "1"]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_four_that_come_at_once_one_is_done_and_all_are_led_to_it(form, browser_of, zhang_zhuren):
    browsers = [browser_of(zhang_zhuren) for _press in range(4)]
    led = all_at_once(*(lambda one=one: one.post(ADDRESS, form).url for one in browsers))
    assert len(set(led)) == 1
    assert Thread.objects.get().get_absolute_url() == led[0]
