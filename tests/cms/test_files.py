"""What may be put among a community's files, judged by what it is and not by its name; how it is handed out."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
# Every door of the editor through which a file comes in: its address, the name of the file's field.
DOCUMENT_DOORS = [
    ("wagtaildocs:add", "file"),
    ("wagtaildocs:add_multiple", "files[]"),
    ("wagtaildocs_chooser:create", "document-chooser-upload-file"),
]
PICTURE_DOORS = [
    ("wagtailimages:add", "file"),
    ("wagtailimages:add_multiple", "files[]"),
    ("wagtailimages_chooser:create", "image-chooser-upload-file"),
]


def drawn(kind):
    """A real picture, with a place and a program hidden in it."""
    out = io.BytesIO()
    about = Image.Exif()
    about.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (60, 40), (90, 120, 110)).save(out, kind, **({"exif": about} if kind != "GIF" else {}))
    return out.getvalue() + HTML


def sent(client, door, field, name, content, root, kind):
    """Send one file through one door of the editor."""
    prefix = field.removesuffix("file") if field.endswith("-file") else ""
    words = {f"{prefix}title": "一份文件", f"{prefix}collection": root.collection_id}
    upload = SimpleUploadedFile(name, content, kind)
    return client.post(reverse(door), words | {field: upload}, headers={"x-requested-with": "XMLHttpRequest"})


@pytest.mark.parametrize(("door", "field"), DOCUMENT_DOORS)
@pytest.mark.parametrize(
    ("name", "content"),
    [("notice.pdf", HTML), ("notice.pdf", SVG), ("notice.html", PDF), ("notice.svg", SVG), ("notice.pdf", b"")],
)
def test_only_a_pdf_that_is_one_becomes_a_document(officers, root, browser_of, sun_weiyuan, door, field, name, content):
    sent(browser_of(sun_weiyuan), door, field, name, content, root, "application/pdf")
    assert not Document.objects.exists()


@pytest.mark.parametrize(("door", "field"), DOCUMENT_DOORS)
def test_a_pdf_is_taken_at_every_door(officers, root, browser_of, sun_weiyuan, door, field):
    sent(browser_of(sun_weiyuan), door, field, "notice.pdf", PDF, root, "application/pdf")
    assert Document.objects.get().collection_id == root.collection_id


@pytest.mark.parametrize(("door", "field"), PICTURE_DOORS)
@pytest.mark.parametrize(("name", "content"), [("a.png", HTML), ("a.png", SVG), ("a.svg", SVG), ("a.jpg", PDF)])
def test_what_is_no_picture_becomes_none(officers, root, browser_of, sun_weiyuan, door, field, name, content):
    sent(browser_of(sun_weiyuan), door, field, name, content, root, "image/png")
    assert not Picture.objects.exists()


@pytest.mark.parametrize(("door", "field"), PICTURE_DOORS)
def test_a_picture_is_drawn_anew_so_that_nothing_hides_in_it(officers, root, browser_of, sun_weiyuan, door, field):
    sent(browser_of(sun_weiyuan), door, field, "a.jpg", drawn("JPEG"), root, "image/jpeg")
    with Picture.objects.get().file.open("rb") as kept:
        content = kept.read()
    assert b"<script" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


@pytest.fixture
def document(officers, root, browser_of, sun_weiyuan):
    """A document that no page leads to yet."""
    sent(browser_of(sun_weiyuan), "wagtaildocs:add", "file", "notice.pdf", PDF, root, "application/pdf")
    return Document.objects.get()


def lead_to(document, page):
    """Let a page lead to a document."""
    page.body = f'<p><a linktype="document" id="{document.pk}">附件</a></p>'
    page.save_revision().publish()


def test_a_document_is_there_once_a_published_page_leads_to_it(
    document, article, browser_of, sun_weiyuan, other_zhuren
):
    assert [browser_of(who).get(document.url).status_code for who in (None, other_zhuren, sun_weiyuan)] == [
        404,
        404,
        200,
    ]
    lead_to(document, article())
    assert browser_of().get(document.url).status_code == 200


def test_a_document_is_handed_out_for_keeping_and_never_run(document, article, browser_of):
    lead_to(document, article())
    answer = browser_of().get(document.url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize("path", ["/media/documents/notice.pdf", "/media/original_images/a.jpg", "/media/images/a.svg"])
def test_files_as_they_lie_on_the_disk_have_no_address(db, browser_of, path):
    assert browser_of().get(path).status_code == 404
