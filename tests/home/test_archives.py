"""Filing: the same file the same check code, who may take it along, the list by year, and handing over."""

import datetime
import io
import json
import zipfile

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from xieshang.home import queries, rules, services
from xieshang.home.models import Archive, HandOver
from xieshang.home.services import printing
from xieshang.lib import clock, longwork
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.rules import Copy, Paper, Part, content_of, hash_of, in_order
from xieshang.outcomes.models import Notice
from xieshang.topics.rules import State

DAY = datetime.date(2026, 3, 9)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Long work is done within the request that begins it."""
    monkeypatch.setattr(longwork, "_beside", lambda act: act())


@pytest.fixture(autouse=True)
def later(from_monday):
    """The clock that topics are walked by."""
    return from_monday


# Rules. --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [*rules.KEEP_YEARS, "something new"])
def test_a_file_is_kept_for_good_or_to_the_end_of_a_year(kind):
    kept = rules.keeping(kind, DAY, {})
    years = rules.KEEP_YEARS.get(kind, rules.OTHERS_YEARS)
    assert kept == rules.Keeping(years, datetime.date(2026 + years, 12, 31) if years else None)


def test_a_place_may_keep_longer():
    assert rules.keeping("topic", DAY, {"archive.topic_years": 30}).until == datetime.date(2056, 12, 31)
    assert rules.keeping("topic", DAY, {"archive.topic_years": 0}).until is None


@pytest.mark.parametrize(
    ("is_open", "last", "code"),
    [(True, "", "matter_still_open"), (True, "a", "matter_still_open"), (False, "a", "filed_already")],
)
def test_what_still_runs_and_what_has_not_changed_is_not_filed(is_open, last, code):
    with pytest.raises(RuleViolation, match=code):
        rules.require_filable(is_open=is_open, last_hash=last, content_hash="a")


def test_what_is_over_is_filed_and_filed_again_once_it_changed():
    rules.require_filable(is_open=False, last_hash="", content_hash="a")
    rules.require_filable(is_open=False, last_hash="b", content_hash="a")


def test_the_code_of_a_list_does_not_hang_on_its_order():
    files = [("议-和顺-2026-0001", 1, "a"), ("议-和顺-2026-0002", 1, "b")]
    assert rules.list_hash(files) == rules.list_hash(reversed(files))
    assert rules.list_hash(files) != rules.list_hash(files[:1])


def test_papers_stand_in_the_order_of_the_index_and_keep_their_own():
    papers = [Paper(Part.LOG, "记录"), Paper(Part.COURSE, "二"), Paper(Part.SUBJECT, "事由"), Paper(Part.COURSE, "一")]
    assert [paper.title for paper in in_order(papers)] == ["事由", "二", "一", "记录"]


def test_how_a_copy_is_opened_is_no_part_of_the_content():
    one, other = (Copy("照片.jpg", "c0de", 7, url, lambda: iter(())) for url in ("/a/", "/b/"))
    told = [content_of("议-1", "灯", [Paper(Part.SUBJECT, "材料", copies=(copy,))]) for copy in (one, other)]
    assert told[0] == told[1]
    changed = content_of("议-1", "灯", [Paper(Part.SUBJECT, "材料", copies=(Copy("照片.jpg", "beef", 7),))])
    assert hash_of(changed) != hash_of(told[0])


# Filing. -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def filed(walk, zhang_zhuren):
    """A topic that went its whole way, filed by the committee."""
    return services.file_matter(zhang_zhuren, walk(State.ARCHIVED).matter_id)


def test_the_same_file_has_the_same_code_whoever_makes_it_and_whenever(filed, zhang_zhuren, li_shuji, later):
    codes = {filed.content_hash}
    for actor in (zhang_zhuren, li_shuji):
        later(days=40)
        made, archive = queries.file_to_take(actor, filed.matter_id)
        codes.add(made.content_hash)
        assert (archive, len(made.papers)) == (filed, filed.papers)
    assert len(codes) == 1


def test_the_package_is_the_same_to_the_byte_and_its_codes_hold(filed, zhang_zhuren, browser_of):
    address = reverse("home:package", args=[filed.matter_id])
    first, second = (b"".join(browser_of(zhang_zhuren).get(address).streaming_content) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        names = found.namelist()
        assert (names[0].startswith("案卷."), names[1], names[-1]) == (True, "内容.json", "校验码.txt")
        assert any(name.startswith("附件/001-") for name in names)
        content = found.read("内容.json")
        assert hash_of(content) == filed.content_hash
        listed = dict(reversed(line.split("  ", 1)) for line in found.read("校验码.txt").decode().splitlines()[3:])
        assert {name: hash_of(found.read(name)) for name in names[:-1]} == listed
    parts = {paper["part"] for paper in json.loads(content)["papers"]}
    assert {"subject", "course", "notice", "item", "rating", "log"} <= parts


def test_no_neighbour_is_named_in_a_file(filed, zhang_zhuren, wang_ayi):
    made, _archive = queries.file_to_take(zhang_zhuren, filed.matter_id)
    told = made.content.decode()
    assert "居民" in told
    assert [
        name for name in (wang_ayi.person.nickname, wang_ayi.person.real_name, wang_ayi.person.phone) if name in told
    ] == []


def test_a_change_after_filing_shows_and_is_filed_anew(filed, zhang_zhuren, browser_of):
    notice = Notice.objects.filter(matter=filed.matter).first()
    Notice.objects.filter(pk=notice.pk).update(body="<p>换过的话。</p>")
    answer = browser_of(zhang_zhuren).post(reverse("home:check_file", args=[filed.matter_id]), follow=True)
    assert "归档以后内容有变化" in answer.content.decode()
    again = services.file_matter(zhang_zhuren, filed.matter_id)
    assert (again.version, again.content_hash != filed.content_hash) == (2, True)
    answer = browser_of(zhang_zhuren).post(reverse("home:check_file", args=[filed.matter_id]), follow=True)
    assert "校验码和归档时一样" in answer.content.decode()


def test_a_file_is_neither_changed_nor_thrown_away(filed):
    for change in (lambda: Archive.objects.update(content_hash="0" * 64), lambda: Archive.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()


def test_what_still_runs_is_refused_with_a_sentence(walk, zhang_zhuren, browser_of):
    topic = walk(State.PUBLICITY)
    answer = browser_of(zhang_zhuren).post(reverse("home:file_now", args=[topic.matter_id]), follow=True)
    assert "这件事还没有办完，办完以后才能归档" in answer.content.decode()


def test_what_nobody_filed_is_filed_by_time(walk, later):
    topic = walk(State.ARCHIVED)
    assert services.file_due(clock.now()) == 0
    later(days=rules.FILE_DAYS + 1)
    assert services.file_due(clock.now()) == 1
    assert services.file_due(clock.now()) == 0
    assert Archive.objects.get(matter=topic.matter).person is None


VERBS = {
    "file": lambda actor, filed: services.file_matter(actor, filed.matter_id),
    "take": lambda actor, filed: queries.file_to_take(actor, filed.matter_id),
    "give": lambda actor, _filed: services.give(actor),
}
#                     file   take   give
MATRIX = {
    "zhang_zhuren": ("yes", "yes", "yes"),
    "sun_weiyuan": ("yes", "yes", "yes"),
    "li_shuji": ("yes", "yes", "yes"),
    "he_zhuren": ("no", "no", "yes"),
    "other_zhuren": ("no", "no", "yes"),
    "liu_street": ("no", "yes", "no"),
    "zhao_jingli": ("no", "no", "no"),
    "wang_ayi": ("no", "no", "no"),
    "wairen": ("no", "no", "no"),
}


@pytest.mark.parametrize("who", MATRIX)
def test_who_may_file_take_and_give(request, filed, who):
    actor = request.getfixturevalue(who)
    found = []
    for act in VERBS.values():
        try:
            with transaction.atomic():
                act(actor, filed)
        except RuleViolation:
            found.append("yes")
        except (NotAllowed, Http404):
            found.append("no")
        else:
            found.append("yes")
    assert tuple(found) == MATRIX[who]


# Pages. --------------------------------------------------------------------------------------------------------------


def test_visitors_read_the_file_and_never_the_record(filed, browser_of, zhang_zhuren):
    page = browser_of(NOBODY).get(reverse("home:file", args=[filed.matter_id])).content.decode()
    assert ("经过和文书" in page, filed.content_hash in page) == (True, True)
    assert ("操作记录" in page, "下载全套" in page) == (False, False)
    for name in ("home:package", "home:file_pdf"):
        assert browser_of(NOBODY).get(reverse(name, args=[filed.matter_id])).status_code == 302
    assert "下载全套" in browser_of(zhang_zhuren).get(reverse("home:file", args=[filed.matter_id])).content.decode()


def test_the_printed_file_is_a_pdf(filed, zhang_zhuren, browser_of):
    answer = browser_of(zhang_zhuren).get(reverse("home:file_pdf", args=[filed.matter_id]))
    assert answer.status_code == 302 or answer.content[:5] == b"%PDF-"


@pytest.fixture
def set_beside(monkeypatch):
    """Setting sheets waits until it is let go: the list of what was begun; every page is a short one."""
    begun = []
    monkeypatch.setattr(longwork, "_beside", begun.append)
    monkeypatch.setattr(printing, "pdf_is_possible", lambda: True)
    monkeypatch.setattr(printing, "pdf", lambda page: b"%PDF-" + page[:9].encode())
    return begun


def test_sheets_are_made_once_beside_the_request_and_taken_when_they_are_there(
    filed, set_beside, browser_of, zhang_zhuren, li_shuji, zhao_jingli
):
    pdf, package = (reverse(name, args=[filed.matter_id]) for name in ("home:file_pdf", "home:package"))
    chair, secretary = browser_of(zhang_zhuren), browser_of(li_shuji)
    waits = chair.get(pdf).url
    assert secretary.get(package).url == waits.replace("for=pdf", "for=package")
    assert len(set_beside) == 1
    assert "正在印成册" in chair.get(waits).content.decode()
    assert browser_of(NOBODY).get(waits).status_code == 302
    set_beside.pop()()
    assert chair.get(waits, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert f'href="{pdf}"' in chair.get(waits).content.decode()
    assert chair.get(pdf).content[:5] == b"%PDF-"
    with zipfile.ZipFile(io.BytesIO(b"".join(secretary.get(package).streaming_content))) as found:
        assert found.read("案卷.pdf")[:5] == b"%PDF-"
    assert set_beside == []


def test_sheets_that_could_not_be_made_say_so_once_and_are_tried_again(
    filed, set_beside, browser_of, zhang_zhuren, monkeypatch
):
    pdf, client = reverse("home:file_pdf", args=[filed.matter_id]), browser_of(zhang_zhuren)
    waits = client.get(pdf).url
    with monkeypatch.context() as broken:
        broken.setattr(printing, "pdf", lambda page: 1 / 0)
        set_beside.pop()()
    assert "没有办成" in client.get(waits, follow=True).content.decode()
    assert client.get(pdf).url == waits
    assert len(set_beside) == 1


def test_archives_are_found_by_year_and_kind(filed, zhang_zhuren, browser_of):
    client, address = browser_of(zhang_zhuren), reverse("home:archives")
    title = filed.matter.title
    for query, seen in (("", True), ("?year=2026&kind=topic", True), ("?year=2025", False), ("?kind=vote", False)):
        assert (title in client.get(address + query).content.decode()) == seen, query
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 20


def test_a_neighbour_has_no_list_of_archives(filed, wang_ayi, browser_of):
    for name in ("home:archives", "home:to_file", "home:hand_overs"):
        assert browser_of(wang_ayi).get(reverse(name)).status_code == 404


def test_what_is_over_waits_to_be_filed(walk, zhang_zhuren, browser_of):
    topic = walk(State.ARCHIVED)
    assert topic.title in browser_of(zhang_zhuren).get(reverse("home:to_file")).content.decode()
    services.file_matter(zhang_zhuren, topic.matter_id)
    assert topic.title not in browser_of(zhang_zhuren).get(reverse("home:to_file")).content.decode()


# Handing over. -------------------------------------------------------------------------------------------------------


def test_one_gives_another_receives(filed, zhang_zhuren, sun_weiyuan, browser_of):
    answer = browser_of(zhang_zhuren).post(reverse("home:hand_overs"), {"note": "纸质案卷在三号柜。"}, follow=True)
    made = HandOver.objects.get()
    assert ("纸质案卷在三号柜" in answer.content.decode(), [one["number"] for one in made.files]) == (
        True,
        [filed.matter.number],
    )
    with pytest.raises(RuleViolation, match="hand_over_by_two"):
        services.receive(zhang_zhuren, made.pk)
    with pytest.raises(RuleViolation, match="hand_over_waits"):
        services.give(sun_weiyuan)
    page = (
        browser_of(sun_weiyuan)
        .post(reverse("home:answer_hand_over", args=[made.pk, "receive"]), follow=True)
        .content.decode()
    )
    assert "接收人" in page
    with pytest.raises(RuleViolation, match="hand_over_received"):
        services.receive(sun_weiyuan, made.pk)
    with pytest.raises(RuleViolation, match="hand_over_received"):
        services.take_back(zhang_zhuren, made.pk)


def test_only_whoever_gave_takes_back(filed, zhang_zhuren, sun_weiyuan):
    made = services.give(zhang_zhuren)
    with pytest.raises(NotAllowed):
        services.take_back(sun_weiyuan, made.pk)
    services.take_back(zhang_zhuren, made.pk)
    assert not HandOver.objects.exists()


def test_nothing_filed_is_nothing_to_hand_over(zhang_zhuren):
    with pytest.raises(RuleViolation, match="nothing_to_hand_over"):
        services.give(zhang_zhuren)


def test_the_street_sees_the_list_and_another_body_does_not(filed, zhang_zhuren, liu_street, zhao_jingli, browser_of):
    made = services.give(zhang_zhuren)
    address = reverse("home:hand_over", args=[made.pk])
    codes = [browser_of(actor).get(address).status_code for actor in (zhang_zhuren, liu_street, zhao_jingli)]
    assert codes == [200, 200, 404]


def test_an_office_of_another_community_reads_no_more_than_a_visitor(filed, other_zhuren, browser_of):
    own, visitor = (queries.file_page(actor, filed.matter_id) for actor in (other_zhuren, NOBODY))
    assert (own.sections, own.may_take) == (visitor.sections, False)
