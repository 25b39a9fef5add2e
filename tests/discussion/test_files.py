"""Uploads: judged by content, drawn anew, opened only by who may see them, never served as anything else."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.discussion import services
from xieshang.discussion.models import Attachment
from xieshang.discussion.queries import attachments
from xieshang.lib.actor import NOBODY
from xieshang.lib.refusals import NotAllowed, RuleViolation
from xieshang.matters.rules import Audience
from xieshang.matters.services import settle


def opens(enter, actor, file, size="page"):
    return enter(actor).get(f"/files/{file.pk}/{size}/").status_code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_a_picture"),
        (b"<html><script>alert(1)</script>", "not_a_picture"),
        (b"\xff\xd8\xff\xe0 and then nothing of a picture", "not_a_picture"),
        (b"MZ\x90\x00 a program", "not_a_picture"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(thread, zhou_dashu, tell, content, code):
    upload = SimpleUploadedFile("照片.jpg", content, "image/jpeg")
    with pytest.raises(RuleViolation) as refused:
        tell(zhou_dashu, photos=[upload])
    assert refused.value.refusal.code == code
    assert not Attachment.objects.exists()


def test_pictures_are_drawn_anew_without_where_they_were_taken(thread, zhou_dashu, tell):
    image = Image.new("RGB", (3000, 2000), (10, 20, 30))
    exif = image.getexif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETPHONE"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    post = tell(zhou_dashu, photos=[SimpleUploadedFile("../../etc/IMG.php", out.getvalue(), "text/html")])
    (photo,) = post.attachments.all()
    kept = photo.file.read()
    assert b"SECRETPHONE" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    assert (photo.width, photo.height) == (853, 1280)
    assert Image.open(photo.small).size == (213, 320)
    assert photo.file.name.endswith(".jpg")
    assert "php" not in photo.file.name
    assert "etc" not in photo.file.name


def test_stored_names_cannot_be_guessed(thread, zhou_dashu, tell, photo):
    names = {
        name
        for post in (tell(zhou_dashu, f"{n}", photos=[photo()]) for n in range(3))
        for file in post.attachments.all()
        for name in (file.file.name, file.small.name)
    }
    assert len(names) == 6
    assert min(len(name.rpartition("/")[2]) for name in names) >= 36


def test_a_picture_is_opened_by_who_may_read(thread, zhou_dashu, wang_ayi, wairen, zhang_zhuren, tell, photo, enter):
    (file,) = tell(zhou_dashu, photos=[photo()]).attachments.all()
    readers = {
        "author": zhou_dashu,
        "neighbour": wang_ayi,
        "committee": zhang_zhuren,
        "stranger": wairen,
        "nobody": NOBODY,
    }
    assert {who: opens(enter, actor, file) for who, actor in readers.items()} == {
        "author": 200,
        "neighbour": 200,
        "committee": 200,
        "stranger": 404,
        "nobody": 404,
    }


def test_pictures_of_waiting_and_hidden_posts_are_for_the_author_and_the_desk(
    open_talk, zhou_dashu, wang_ayi, zhang_zhuren, tell, photo, enter
):
    open_talk(first_posts_wait=1)
    post = tell(zhou_dashu, photos=[photo()])
    (file,) = post.attachments.all()

    def who():
        return [opens(enter, actor, file, "thumb") for actor in (zhou_dashu, zhang_zhuren, wang_ayi)]

    assert who() == [200, 200, 404]
    services.approve(zhang_zhuren, post.pk)
    assert who() == [200, 200, 200]
    services.hide(zhang_zhuren, post.pk, rule="privacy", reason="照片里有门牌。")
    assert who() == [200, 200, 404]
    post2 = tell(zhou_dashu, "另一条", photos=[photo()])
    services.approve(zhang_zhuren, post2.pk)
    services.withdraw(zhou_dashu, post2.pk)
    (file,) = post2.attachments.all()
    assert who() == [200, 404, 404]


def test_headers_let_nothing_run(thread, zhou_dashu, zhang_zhuren, matter, tell, photo, pdf, enter):
    (picture,) = tell(zhou_dashu, photos=[photo()]).attachments.all()
    answer = enter(zhou_dashu).get(picture.url)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Disposition"] == f'inline; filename="photo-{picture.pk}.jpg"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, max-age=600"
    paper = services.attach_document(zhang_zhuren, matter, pdf, name='会议"记录\r\nX-Bad: 1.pdf')
    answer = enter(NOBODY).get(paper.url)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "public, max-age=600")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "X-Bad" not in answer.headers
    assert "\n" not in answer["Content-Disposition"]


def test_documents_are_pdf_by_content(thread, zhang_zhuren, matter, pdf, photo):
    paper = services.attach_document(zhang_zhuren, matter, pdf, name="议事规则")
    assert (paper.kind, paper.name, paper.file.name.endswith(".pdf")) == ("document", "议事规则", True)
    with pytest.raises(RuleViolation) as refused:
        services.attach_document(zhang_zhuren, matter, photo("文件.pdf"), name="x")
    assert refused.value.refusal.code == "not_a_document"


def test_what_a_body_uploads_goes_with_the_matter_and_a_neighbours_with_the_discussion(
    thread, matter, zhang_zhuren, wang_ayi, zhou_dashu, wairen, photo, enter
):
    public = services.attach_photo(zhang_zhuren, matter, photo(), caption="公告栏")
    own = services.attach_photo(wang_ayi, matter, photo(), caption="楼道")
    assert [opens(enter, NOBODY, public), opens(enter, NOBODY, own)] == [200, 404]
    assert attachments(zhou_dashu, matter) == [public, own]
    assert attachments(wairen, matter) == [public]
    settle(matter, standing="待受理", audience=Audience.OFFICERS, is_open=True)
    assert [opens(enter, actor, public) for actor in (NOBODY, zhou_dashu, wang_ayi)] == [404, 404, 200]


def test_a_file_is_dropped_only_before_anybody_else_saw_it(matter, wang_ayi, zhang_zhuren, photo):
    settle(matter, standing="草稿", audience=Audience.AUTHOR, is_open=True)
    file = services.attach_photo(wang_ayi, matter, photo(), caption="")
    services.drop(wang_ayi, file.pk)
    assert not Attachment.objects.exists()
    file = services.attach_photo(wang_ayi, matter, photo(), caption="")
    settle(matter, standing="待受理", audience=Audience.OFFICERS, is_open=True)
    with pytest.raises(NotAllowed):
        services.drop(zhang_zhuren, file.pk)
    with pytest.raises(RuleViolation):
        services.drop(wang_ayi, file.pk)
    assert Attachment.objects.exists()
