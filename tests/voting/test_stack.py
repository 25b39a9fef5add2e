"""A scanned stack of ballots: every page to its paper, or page by page what is wrong; all or nothing."""

import io

import pytest
import segno
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from tests.people import enter_as
from tests.voting.test_deciding import refused
from tests.voting.test_papers import shut
from xieshang.lib import longwork
from xieshang.lib.refusals import NotAllowed
from xieshang.voting import services
from xieshang.voting.models import PaperBallot
from xieshang.voting.queries import receive_address
from xieshang.voting.rules.stack import Known, Sheet, sort_stack
from xieshang.voting.services.stacks import read_stack, reading_of, take_stack

KNOWN = {"AAAA": Known.RECEIVED, "BBBB": Known.RECEIVED, "CCCC": Known.NOT_RECEIVED, "DDDD": Known.VOID}
STACKS = [
    ([("AAAA",), ("BBBB",)], {}, {1: "AAAA", 2: "BBBB"}, []),
    ([("AAAA",), ()], {}, {1: "AAAA"}, [(2, "unreadable")]),
    ([("AAAA",), ()], {2: "BBBB"}, {1: "AAAA", 2: "BBBB"}, []),
    ([("AAAA",), ("AAAA",)], {}, {1: "AAAA"}, [(2, "doubled")]),
    ([("ZZZZ",)], {}, {}, [(1, "unknown")]),
    ([("AAAA", "BBBB")], {}, {}, [(1, "several")]),
    ([("AAAA", "AAAA")], {}, {1: "AAAA"}, []),
    ([("CCCC",), ("DDDD",)], {}, {}, [(1, "not_received"), (2, "void")]),
]


@pytest.mark.parametrize(("pages", "typed", "placed", "faults"), STACKS)
def test_every_page_goes_to_its_paper_or_says_why_not(pages, typed, placed, faults):
    found = sort_stack([Sheet(number, serials) for number, serials in enumerate(pages, 1)], KNOWN, typed)
    assert (found.placed, [(fault.page, fault.code) for fault in found.faults]) == (placed, faults)
    assert all("{" not in fault.words for fault in found.faults)
    assert found.is_right is (not faults)


def test_an_empty_back_is_left_out_and_an_empty_stack_is_not_right():
    found = sort_stack([Sheet(1, (), is_blank=True)], KNOWN, {})
    assert (found.blanks, found.faults, found.is_right) == ([1], [], False)


# With real pages. -----------------------------------------------------------------------------------------------------


@pytest.fixture
def box(owners_vote, homeowners_committee):
    """Three papers received, the box open."""
    made = owners_vote(homes=4)
    made.chair = homeowners_committee.chair
    services.issue_papers(made.chair, made.vote.pk)
    made.papers = list(PaperBallot.objects.filter(vote=made.vote).order_by("pk"))
    for paper in made.papers[:3]:
        services.receive_paper(made.chair, made.vote.pk, serial=paper.serial)
    shut()
    return made


def sheet_of(address, *, turned=0):
    """A4 at 150 dpi with a code in its corner, as a scanner gives it."""
    page = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(page).text((100, 900), "AGREE [x]  AGAINST [ ]", fill=20)
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=5)
    page.paste(Image.open(out).convert("L"), (900, 120))
    return page.rotate(turned, fillcolor=250, expand=True)


def pdf(*pages):
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return SimpleUploadedFile("stack.pdf", out.getvalue(), "application/pdf")


BLANK = Image.new("L", (1240, 1754), 252)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What goes on beside the request is over before the next line."""
    monkeypatch.setattr(longwork, "_beside", lambda act: act())
    cache.clear()


def keep(made, *pages, typed=None, actor=None):
    key = read_stack(actor or made.chair, made.vote.pk, [pdf(*pages)])
    return take_stack(actor or made.chair, made.vote.pk, key, typed or {})


def send(client, made, *pages):
    """The page on which a stack that was sent is read."""
    sent = client.post(reverse("voting:stack", args=[made.vote.pk]), {"stack": pdf(*pages)})
    assert sent.status_code == 302
    return sent.url


def no_code():
    page = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(page).rectangle((300, 300, 700, 900), fill=30)
    return page


@pytest.mark.django_db
def test_a_pdf_is_split_and_each_page_read_from_the_screen(box, client):
    pages = [sheet_of(receive_address(box.papers[n]), turned=turned) for n, turned in ((2, 2), (0, 180), (1, 0))]
    found = keep(box, pages[0], BLANK, pages[1], pages[2])
    assert found.blanks == [2]
    assert found.placed == {1: box.papers[2].serial, 3: box.papers[0].serial, 4: box.papers[1].serial}
    kept = {paper.serial: paper.page for paper in PaperBallot.objects.filter(vote=box.vote).exclude(page=None)}
    assert {serial: page.caption for serial, page in kept.items()} == {
        serial: serial for serial in found.placed.values()
    }
    enter_as(client, box.chair)
    scan = reverse("voting:scan", args=[box.vote.pk, box.papers[0].pk])
    assert client.get(scan)["Content-Type"] == "image/jpeg"
    assert scan in client.get(reverse("voting:key_paper", args=[box.vote.pk, box.papers[0].pk])).content.decode()
    client.logout()
    assert client.get(scan).status_code == 404


@pytest.mark.django_db
def test_one_page_that_is_wrong_keeps_all_of_them_out_until_it_is_mended(box, client):
    good, late = (sheet_of(receive_address(box.papers[n])) for n in (0, 3))
    enter_as(client, box.chair)
    address = send(client, box, good, late, no_code())
    words = client.get(address).content.decode()
    for expected in ("有2页要处理", "第2页", "没有在截止前登记收到", "第3页", "没有读到票上的码"):
        assert expected in words
    assert not any(b"JFIF" in kept for kept in cache._cache.values())
    half = client.post(address, {"page-3": box.papers[1].serial})
    assert half.status_code == 409
    assert f'name="page-3" value="{box.papers[1].serial}"' in half.content.decode()
    assert not PaperBallot.objects.exclude(page=None).exists()
    done = client.post(address, {"page-3": box.papers[1].serial.lower(), "out": "2"})
    assert done.status_code == 302
    assert PaperBallot.objects.exclude(page=None).count() == 2
    twice = client.post(address, {"page-3": box.papers[1].serial, "out": "2"})
    assert (twice.status_code, "已经存好了" in twice.content.decode()) == (409, True)
    assert "以前已经扫过" in client.get(send(client, box, good)).content.decode()


@pytest.mark.django_db
def test_while_a_stack_is_read_the_page_says_how_far_and_then_asks_to_keep(box, client, monkeypatch):
    waiting = []
    monkeypatch.setattr(longwork, "_beside", waiting.append)
    enter_as(client, box.chair)
    address = send(client, box, sheet_of(receive_address(box.papers[0])))
    poll = {"headers": {"HX-Request": "true"}}
    page = client.get(address)
    assert "正在读这一叠票，请稍等" in page.content.decode()
    assert "HX-Refresh" not in client.get(address, **poll)
    assert "正在读这一叠票" in client.post(address).content.decode()
    waiting.pop()()
    assert client.get(address, **poll)["HX-Refresh"] == "true"
    assert "1页都对上了编号，还没有存" in client.get(address).content.decode()
    assert client.post(address).status_code == 302


@pytest.mark.django_db
def test_what_was_lost_on_the_way_is_said_and_the_file_asked_for_again(box, client, monkeypatch):
    monkeypatch.setattr(longwork, "_beside", lambda act: None)
    enter_as(client, box.chair)
    address = send(client, box, sheet_of(receive_address(box.papers[0])))
    cache.clear()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    page = client.get(address)
    assert (page.status_code, "请再选一次文件" in page.content.decode()) == (409, True)


@pytest.mark.django_db
def test_no_stack_before_closing_by_others_or_of_something_else(owners_vote, homeowners_committee, wang_ayi, box):
    for name, content in (("x.pdf", b"%PDF-1.4 broken"), ("x.jpg", b"hello")):
        assert refused(read_stack, box.chair, box.vote.pk, [SimpleUploadedFile(name, content)]) == ["not_a_scan"]
    with pytest.raises(NotAllowed):
        read_stack(wang_ayi, box.vote.pk, [pdf(BLANK)])
    key = read_stack(box.chair, box.vote.pk, [pdf(BLANK)])
    assert refused(reading_of, homeowners_committee.member, box.vote.pk, key) == ["stack_gone"]
