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
from xieshang.lib.refusals import NotAllowed
from xieshang.voting import services
from xieshang.voting.models import PaperBallot
from xieshang.voting.queries import receive_address
from xieshang.voting.rules.stack import Known, Sheet, sort_stack
from xieshang.voting.services.stacks import take_stack

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


@pytest.mark.django_db
def test_a_pdf_is_split_and_each_page_read_from_the_screen(box, client):
    pages = [sheet_of(receive_address(box.papers[n]), turned=turned) for n, turned in ((2, 2), (0, 180), (1, 0))]
    found = take_stack(box.chair, box.vote.pk, [pdf(pages[0], BLANK, pages[1], pages[2])], {}).found
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
    no_code = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(no_code).rectangle((300, 300, 700, 900), fill=30)
    enter_as(client, box.chair)
    address = reverse("voting:stack", args=[box.vote.pk])
    page = client.post(address, {"stack": pdf(good, late, no_code)})
    assert page.status_code == 409
    words = page.content.decode()
    for expected in ("有2页要处理", "第2页", "没有在截止前登记收到", "第3页", "没有读到票上的码"):
        assert expected in words
    assert not PaperBallot.objects.exclude(page=None).exists()
    mended = client.post(address, {"stack": pdf(good, no_code), "page-2": box.papers[1].serial.lower()})
    assert mended.status_code == 302
    assert PaperBallot.objects.exclude(page=None).count() == 2
    again = client.post(address, {"stack": pdf(good)})
    assert "以前已经扫过" in again.content.decode()


@pytest.mark.django_db
def test_a_stack_that_was_read_waits_for_serials_and_for_pages_to_leave_out(box, client, wang_ayi):
    good, late = (sheet_of(receive_address(box.papers[n])) for n in (0, 3))
    no_code = Image.new("L", (1240, 1754), 250)
    ImageDraw.Draw(no_code).rectangle((300, 300, 700, 900), fill=30)
    cache.clear()
    taken = take_stack(box.chair, box.vote.pk, [pdf(good, late, no_code)], {})
    assert taken.kept
    assert not any(b"JFIF" in kept for kept in cache._cache.values())
    enter_as(client, box.chair)
    address = reverse("voting:stack", args=[box.vote.pk])
    half = client.post(address, {"kept": taken.kept, "page-3": box.papers[1].serial})
    words = half.content.decode()
    assert half.status_code == 409
    assert taken.kept in words
    assert f'name="page-3" value="{box.papers[1].serial}"' in words
    done = client.post(address, {"kept": taken.kept, "page-3": box.papers[1].serial, "out": "2"})
    assert done.status_code == 302
    assert PaperBallot.objects.exclude(page=None).count() == 2
    gone = client.post(address, {"kept": taken.kept, "page-3": box.papers[1].serial, "out": "2"})
    assert "请再选一次文件" in gone.content.decode()


@pytest.mark.django_db
def test_no_stack_before_closing_by_others_or_of_something_else(owners_vote, homeowners_committee, wang_ayi, box):
    assert refused(take_stack, box.chair, box.vote.pk, [SimpleUploadedFile("x.pdf", b"%PDF-1.4 broken")], {}) == [
        "not_a_scan"
    ]
    assert refused(take_stack, box.chair, box.vote.pk, [SimpleUploadedFile("x.jpg", b"hello")], {}) == ["not_a_scan"]
    with pytest.raises(NotAllowed):
        take_stack(wang_ayi, box.vote.pk, [pdf(BLANK)], {})
