"""The frame of every page: where, as whom, how large; search, help, the telephone, and whether the site is well."""

import json
import re
import threading

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.people import STARTED
from xieshang.community.models import Office
from xieshang.community.rules import Role
from xieshang.home.middleware import static_files
from xieshang.home.queries import guides
from xieshang.home.services import tick
from xieshang.lib.actor import NOBODY
from xieshang.matters import services as matters
from xieshang.matters.rules import Audience
from xieshang.notify import services as notify

pytestmark = pytest.mark.django_db
LABELS_OF_TABS = ["首页", "议事", "表决", "我的"]


def _frame(client, path="/search/"):
    return client.get(path).context["frame"]


# Which door is lit ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "lit"),
    [("/desk/", "工作台"), ("/people/", "工作台"), ("/archives/", "工作台"), ("/topics/", "议事"), ("/votes/", "表决")],
)
def test_the_lists_of_an_office_belong_to_its_desk(browser_of, zhang_zhuren, path, lit):
    assert [tab.label for tab in _frame(browser_of(zhang_zhuren), path).tabs if tab.current] == [lit]


# As whom --------------------------------------------------------------------------------------------------------


def test_a_visitor_sees_four_tabs_and_no_person(places):
    frame = _frame(Client())
    assert ([tab.label for tab in frame.tabs], frame.person, frame.place_name) == (LABELS_OF_TABS, None, "和顺社区")


def test_staff_get_the_desk_while_they_act_in_their_office(zhang_zhuren, browser_of):
    client = browser_of(zhang_zhuren)
    assert [tab.label for tab in _frame(client).tabs] == [*LABELS_OF_TABS, "工作台"]
    client.post(reverse("home:choose_office"), {"office": "0"})
    assert [tab.label for tab in _frame(client).tabs] == LABELS_OF_TABS


def test_one_acts_in_no_office_but_ones_own(zhang_zhuren, li_shuji, browser_of):
    client = browser_of(zhang_zhuren)
    client.post(reverse("home:choose_office"), {"office": str(li_shuji.office.id)})
    assert "office" not in client.session


def test_a_person_of_two_offices_chooses_and_the_header_says_which(zhang_zhuren, bodies, browser_of):
    second = Office.objects.create(
        person=zhang_zhuren.person, body=bodies.party, role=Role.PARTY_MEMBER.value, starts=STARTED
    )
    client = browser_of(zhang_zhuren)
    client.post(reverse("home:choose_office"), {"office": str(second.pk)})
    frame = _frame(client)
    assert [choice.id for choice in frame.offices if choice.current] == [second.pk]
    assert frame.person.where == str(second.title)


# Where ----------------------------------------------------------------------------------------------------------


def test_a_visitor_chooses_the_place_and_keeps_it(places):
    client = Client()
    client.post(reverse("home:choose_place"), {"place": str(places.other_community.pk), "next": "/search/"})
    assert _frame(client).place_name == "邻里社区"


def test_a_resident_stays_at_home(wang_ayi, places, browser_of):
    client = browser_of(wang_ayi)
    client.post(reverse("home:choose_place"), {"place": str(places.other_community.pk)})
    assert _frame(client).place_name == "和顺社区"


@pytest.mark.parametrize("place", ["", "x", "-1", "9" * 40, "１"])
def test_what_is_no_place_changes_nothing(place, places):
    client = Client()
    answer = client.post(reverse("home:choose_place"), {"place": place, "next": "/search/"})
    assert (answer.status_code, _frame(client).place_name) == (302, "和顺社区")


@pytest.mark.parametrize("door", ["home:elder", "home:choose_place"])
@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_switches_lead_back_to_our_own_pages_only(door, away, places):
    assert Client().post(reverse(door), {"next": away})["Location"] == "/"


# How large ------------------------------------------------------------------------------------------------------


def test_the_large_version_is_kept_by_the_browser_of_a_visitor(places):
    client = Client()
    assert not _frame(client).elder
    client.post(reverse("home:elder"), {"next": "/search/"})
    assert _frame(client).elder
    client.post(reverse("home:elder"))
    assert not _frame(client).elder


def test_the_large_version_follows_a_person_to_another_browser(wang_ayi, browser_of):
    browser_of(wang_ayi).post(reverse("home:elder"))
    wang_ayi.person.refresh_from_db()
    assert _frame(browser_of(wang_ayi)).elder


@pytest.mark.parametrize(
    "path", ["/", "/topics/", "/mine/", "/messages/", "/account/", "/search/", "/account/known/export/"]
)
def test_what_somebody_signed_in_is_shown_is_kept_by_no_cache_that_others_share(wang_ayi, browser_of, path):
    kept = browser_of(wang_ayi).get(path)["Cache-Control"]
    assert "private" in kept or "no-store" in kept
    assert "public" not in kept


# Search ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def three_matters(wang_ayi, places):
    """Three public matters whose titles share characters."""
    titles = ["加装电梯的想法", "电动车充电", "楼道灯坏了"]
    made = [matters.make(wang_ayi, kind="topic", prefix="议", title=title, place=places.compound) for title in titles]
    for matter in made:
        matters.index(matter, matter.title)
        matters.settle(matter, standing="讨论中", audience=Audience.PUBLIC, is_open=True)
    return made


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("灯", {"楼道灯坏了"}),
        ("电", {"加装电梯的想法", "电动车充电"}),
        ("电梯", {"加装电梯的想法"}),
        ("电动车", {"电动车充电"}),
        ("梯电", set()),
        ("没有的事", set()),
    ],
)
def test_chinese_words_of_any_length_are_found(words, found, three_matters):
    page = Client().get(reverse("home:search"), {"q": words}).context["page"]
    assert {matter.title for matter in page.rows} == found


def test_an_empty_search_asks_for_words_and_a_vain_one_says_what_to_do(three_matters):
    assert "没有找到" not in Client().get(reverse("home:search")).content.decode()
    assert "换一两个字再试试" in Client().get(reverse("home:search"), {"q": "没有的事"}).content.decode()


def test_what_is_looked_for_cannot_write_into_the_page(three_matters):
    text = Client().get(reverse("home:search"), {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in text


# Messages -------------------------------------------------------------------------------------------------------


def test_unread_messages_are_counted_in_the_header_and_gathered_by_matter(wang_ayi, browser_of):
    for _ in range(3):
        notify.send([wang_ayi.person_id], title="电梯", body="又有人支持", number="议-1", url="/search/")
    client = browser_of(wang_ayi)
    assert "3条新消息" in client.get(reverse("home:messages")).content.decode()
    assert _frame(client).unread == 1
    message = client.get(reverse("home:messages")).context["page"].rows[0]
    assert client.post(reverse("home:open_message", args=[message.pk]))["Location"] == "/search/"
    assert _frame(client).unread == 0


def test_a_message_of_another_answers_as_if_absent(wang_ayi, zhou_dashu, browser_of):
    notify.send([wang_ayi.person_id], title="电梯", number="议-1")
    message = browser_of(wang_ayi).get(reverse("home:messages")).context["page"].rows[0]
    assert browser_of(zhou_dashu).post(reverse("home:open_message", args=[message.pk])).status_code == 404


def test_news_of_followed_things_come_as_one_wishes(wang_ayi, browser_of, from_monday):
    client = browser_of(wang_ayi)
    address = reverse("home:message_wish")
    assert client.post(address, {"followed": "hourly"}).status_code == 422
    assert client.post(address, {"followed": "daily"}).url == reverse("home:messages")
    assert client.get(address).context["form"].initial == {"followed": "daily"}
    notify.send_news([wang_ayi.person_id], title="电梯", body="开始公示了", number="议-1", url="/topics/1/")
    assert "开始公示了" not in client.get(reverse("home:messages")).content.decode()
    from_monday(hours=8)
    assert '<a href="/topics/1/">电梯</a>' in client.get(reverse("home:messages")).content.decode()


def test_all_messages_are_read_at_once(wang_ayi, browser_of):
    for number in ("议-1", "议-2"):
        notify.send([wang_ayi.person_id], title="电梯", number=number)
    client = browser_of(wang_ayi)
    assert _frame(client).unread == 2
    client.post(reverse("home:read_all"))
    assert _frame(client).unread == 0


# Help, telephone, health ----------------------------------------------------------------------------------------


def test_every_guide_opens_and_an_unknown_one_does_not(places):
    client = Client()
    guides = client.get(reverse("home:guides")).context["guides"]
    assert len(guides) >= 4
    for guide in guides:
        assert guide.title in client.get(reverse("home:guide", args=[guide.name])).content.decode()
    shown = client.get(reverse("home:guide", args=["operator"])).content.decode()
    assert "<code>python manage.py verify_audit</code>" in shown
    assert client.get(reverse("home:guide", args=["no-such-guide"])).status_code == 404


def test_guides_speak_chinese_but_for_what_is_set_as_code():
    for guide in guides():
        plain = re.sub(r"<code>.*?</code>|<[^>]+>", "", str(guide.html))
        assert set(re.findall(r"[a-z]{3,}", plain)) <= {"xlsx", "xls", "csv"}, guide.name


def test_the_committee_can_be_called(bodies):
    bodies.committee.phone = "0452-5550101"
    bodies.committee.save()
    assert 'href="tel:0452-5550101"' in Client().get(reverse("home:phone")).content.decode()


def test_without_a_telephone_the_page_says_where_to_go(bodies):
    assert "当面办" in Client().get(reverse("home:phone")).content.decode()


def test_the_site_says_whether_it_is_well(db):
    assert Client().get(reverse("home:healthz")).json() == {"ok": True}


def test_a_timer_that_stands_still_is_told(db, later):
    def said():
        answer = Client().get(reverse("home:healthz_time"))
        return answer.status_code, answer.json()

    assert said() == (503, {"ok": False, "seconds": None})
    tick()
    status, words = said()
    assert (status, words["ok"]) == (200, True)
    later(seconds=301)
    assert said()[0] == 503


@pytest.mark.parametrize("name", ["home:mine", "home:desk", "home:messages", "home:record"])
def test_what_is_personal_asks_a_visitor_to_sign_in_and_comes_back(name, places, browser_of):
    answer = browser_of(NOBODY).get(reverse(name))
    assert answer["Location"] == f"{reverse(settings.LOGIN_URL)}?next={reverse(name)}"


def test_a_page_is_answered_in_its_workers_own_thread_and_what_is_no_file_too(rf):
    def seen(request):
        threads.append(threading.get_ident())
        return HttpResponse(status=404)

    threads, answer = [], static_files(seen)
    assert [answer(rf.get(path)).status_code for path in ("/votes/", "/static/none.css")] == [404, 404]
    assert threads == [threading.get_ident()] * 2


def test_what_a_page_fetches_into_itself_does_not_rename_it(client, db):
    """A piece is often cut from a whole page, whose title is another."""
    page = client.get("/help/").content.decode()
    config = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", page)[1])
    assert config["ignoreTitle"] is True
