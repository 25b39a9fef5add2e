"""The whole way of a topic over HTTP, from a neighbour's phone to the archive, as browsers send it."""

import datetime
import io
import re
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from xieshang.lib import clock
from xieshang.lib.days import SHANGHAI
from xieshang.outcomes import services as outcomes
from xieshang.topics import services as topics
from xieshang.topics.models import Topic
from xieshang.topics.rules import State

MONDAY = datetime.datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)


@pytest.fixture
def later(monkeypatch):
    """Move the clock from a Monday in March 2026; what falls due then is done, as the timer would."""
    shift = [MONDAY - datetime.datetime.now(datetime.UTC)]
    monkeypatch.setattr(clock, "_offsets", [lambda: shift[0]])

    def move(**ahead):
        shift[0] += datetime.timedelta(**ahead)
        topics.due(clock.now())

    return move


def photo():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (120, 130, 110)).save(out, "JPEG")
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")


def minutes():
    return SimpleUploadedFile("minutes.pdf", b"%PDF-1.4 minutes", "application/pdf")


def do(client, topic, step, **words):
    """Send the form of one step; gives the answer."""
    url = reverse("topics:do", args=[topic.pk, step])
    return client.post(url, {f"{step}-{name}": value for name, value in words.items()})


def draft(client, topic):
    """Open the editor, in which the facts stand already, and send it as it is."""
    url = reverse("topics:notice", args=[topic.pk])
    page = client.get(url).content.decode()
    title = re.search(r'name="title" value="([^"]*)"', page).group(1)
    body = re.search(r'<textarea name="body"[^>]*>(.*?)</textarea>', page, flags=re.DOTALL).group(1)
    assert client.post(url, {"title": title, "body": body.strip(), "boards": ""}).status_code == 302
    return body


def raise_by_three_steps(client, place):
    told = {"title": "楼道灯不亮", "text": "四到七层都不亮。", "place": place.pk, "photos": photo()}
    assert client.post(reverse("topics:raise"), told).url == reverse("topics:raise_similar")
    assert client.get(reverse("topics:raise_similar")).url == reverse("topics:raise_check")
    check = client.get(reverse("topics:raise_check"))
    assert "四到七层都不亮。" in check.content.decode()
    done = client.post(reverse("topics:raise_check"))
    page = client.get(done.url).content.decode()
    topic = Topic.objects.get()
    assert topic.matter.number in page
    assert f"{topic.first_officer.person.nickname}（{topic.first_officer.title}）" in page
    assert topic.matter.attachments.count() == 1
    return topic


@pytest.fixture
def site(browser_of, bodies, wang_ayi, zhou_dashu, zhang_zhuren, sun_weiyuan, li_shuji, zhao_jingli):
    """Everybody at their own browser, and the actors behind them for what other pages do."""
    return SimpleNamespace(
        author=browser_of(wang_ayi),
        neighbour=browser_of(zhou_dashu),
        chair=browser_of(zhang_zhuren),
        member=browser_of(sun_weiyuan),
        secretary=browser_of(li_shuji),
        bodies=bodies,
        people=SimpleNamespace(neighbour=zhou_dashu, chair=zhang_zhuren, property=zhao_jingli),
    )


def stands(topic):
    return State(Topic.objects.get(pk=topic.pk).state)


def take_up(site, topic, later):
    """Let in, supported, screened, studied, announced, and open for talking."""
    url = topic.get_absolute_url()
    assert do(site.member, topic, "admit").status_code == 302
    site.neighbour.post(reverse("topics:support", args=[topic.pk]))
    assert "本单元1/14户" in site.neighbour.get(url).content.decode()
    do(site.chair, topic, "accept", nature="advisory", kind="practical_problem")
    notice = {"title": "预告", "body": "商量换灯。", "days": 3, "discussion_days": 7}
    assert do(site.chair, topic, "announce", **notice).status_code == 409
    study = {"studied_on": clock.today(), "meeting": "committee", "conclusion": "同意", "signer": "李建国"}
    ids = [site.bodies.committee.pk, site.bodies.property.pk]
    do(site.secretary, topic, "agree", **study, form="议事会", body_ids=ids)
    do(site.chair, topic, "announce", **notice)
    assert "四到七层都不亮。" in Client().get(url).content.decode()
    later(days=4)
    assert stands(topic) == State.DELIBERATING


def come_to_an_opinion(site, topic, later):
    """A session with its minutes, the opinion, its confirmation."""
    held = {"held_on": clock.today(), "host": "李建国", "venue": "议事厅", "present": 12, "conclusion": "都同意"}
    do(site.chair, topic, "record_session", **held, minutes=minutes())
    later(days=9)
    words = {"text": "换成声控灯。", "minority": "有人想换整栋楼的。", "explanation": "钱不够，明年再换。"}
    page = reverse("topics:opinion", args=[topic.pk])
    looked = site.chair.post(page, words).content.decode()
    assert stands(topic) == State.DELIBERATING
    assert all(said in looked for said in words.values())
    assert site.chair.post(page, {**words, "put": ""}).status_code == 302
    do(site.chair, topic, "confirm_opinion", note="当场确认")
    assert stands(topic) == State.OPINION_FORMED


def publish(site, topic):
    """Drafted by a member, published by the secretary and nobody else; one objection, answered."""
    assert "到会12人次" in draft(site.member, topic)
    assert "换成声控灯。" in site.secretary.get(reverse("topics:publish", args=[topic.pk])).content.decode()
    now = reverse("topics:publish_now", args=[topic.pk])
    assert site.chair.post(now, {"days": 7}).status_code == 403
    site.secretary.post(now, {"days": 7})
    assert stands(topic) == State.PUBLICITY
    notice = topic.matter.notices.get(kind="gongshi")
    objection = outcomes.object_to(site.people.neighbour, notice.pk, grounds="想问清楚费用")
    outcomes.answer_objections(site.people.chair, [objection.pk], answer="从公共收益列支。", sustained=False)
    return notice


def adopt_and_carry_out(site, topic, later):
    """What, who, by when; announced; done with a photo; fed back."""
    later(days=9)
    due = clock.today() + datetime.timedelta(days=10)
    do(site.chair, topic, "set_item", what="更换楼道灯", body_id=site.bodies.property.pk, due=due, proof="照片")
    do(site.chair, topic, "plan", feedback_by=due + datetime.timedelta(days=3))
    assert "更换楼道灯" in draft(site.member, topic)
    site.secretary.post(reverse("topics:publish_now", args=[topic.pk]))
    later(hours=1)
    item = topic.matter.action_items.get()
    outcomes.report_done(site.people.property, item.pk, text="换好了", photos=[photo()])
    outcomes.verify_item(site.people.chair, item.pk)
    do(site.chair, topic, "publish_feedback", title="办理结果", body="灯都亮了。")
    assert stands(topic) == State.FEEDBACK


def test_from_a_phone_to_the_archive(site, places, later):
    topic = raise_by_three_steps(site.author, places.stairwell)
    take_up(site, topic, later)
    come_to_an_opinion(site, topic, later)
    notice = publish(site, topic)
    adopt_and_carry_out(site, topic, later)
    page = site.neighbour.get(topic.get_absolute_url()).content.decode()
    assert reverse("outcomes:rate", args=[topic.matter_id]) in page
    outcomes.rate(site.people.neighbour, topic.matter_id, stars=5, solved=True)
    later(days=20)
    do(site.chair, topic, "archive", note="")
    assert stands(topic) == State.ARCHIVED
    archive = Client().get(reverse("home:file", args=[topic.matter_id])).content.decode()
    for words in ("目录", "换成声控灯。", "想问清楚费用", "从公共收益列支。", "更换楼道灯", notice.number):
        assert words in archive


def test_a_similar_matter_is_joined_instead_of_raised_again(
    browser_of, later, places, wang_ayi, zhou_dashu, sun_weiyuan
):
    topic = raise_by_three_steps(browser_of(wang_ayi), places.stairwell)
    topics.admit(sun_weiyuan, topic.pk)
    client = browser_of(zhou_dashu)
    told = {"title": "楼道的灯不亮了", "text": "五层不亮。", "place": places.building.pk}
    client.post(reverse("topics:raise"), told)
    page = client.get(reverse("topics:raise_similar")).content.decode()
    join = reverse("topics:support", args=[topic.pk])
    assert join in page
    assert client.post(join).url == topic.get_absolute_url()
    assert topic.supports.get().person_id == zhou_dashu.person_id


def test_what_was_typed_survives_an_error_and_a_new_visit(browser_of, later, places, wang_ayi):
    client = browser_of(wang_ayi)
    answer = client.post(reverse("topics:raise"), {"title": "", "text": "五层不亮。", "place": places.building.pk})
    assert answer.status_code == 422
    assert "五层不亮。" in answer.content.decode()
    assert "五层不亮。" in browser_of(wang_ayi).get(reverse("topics:raise")).content.decode()


def test_a_refused_step_shows_the_same_page_with_what_was_typed(browser_of, later, places, wang_ayi, zhang_zhuren):
    topic = topics.raise_topic(wang_ayi, title="楼道灯", text="不亮。", place_id=places.building.pk)
    topics.admit(zhang_zhuren, topic.pk)
    answer = do(browser_of(zhang_zhuren), topic, "dispatch", reason="请去看看", receiver_id="", receiver_name="")
    assert answer.status_code == 409
    assert "请写明交给哪个单位或哪位办理。" in answer.content.decode()
    assert "请去看看" in answer.content.decode()


def test_another_communitys_committee_finds_nothing(browser_of, later, places, wang_ayi, other_zhuren):
    topic = topics.raise_topic(wang_ayi, title="楼道灯", text="不亮。", place_id=places.building.pk)
    client = browser_of(other_zhuren)
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert do(client, topic, "admit").status_code == 404
