"""The package of a file: the printed file, its content as data, every copy, the check codes of them all."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from xieshang.lib.paper import pdf_of
from xieshang.lib.zips import stream_zip
from xieshang.matters.rules import Copy

from ..models import Archive
from .filing import File

SHEET = "file-print.css"
# Of the family of formats for what is kept long; fonts are in the file.
VARIANT = "pdf/a-3b"
_UNSAFE = set('/\\:*?"<>|\r\n\t')


def printed(file: File, archive: Archive | None) -> str:
    """The file as one page to print, in the order of its index."""
    return render_to_string("home/file_paper.html", {"file": file, "archive": archive, "is_file": True})


def pdf(page: str) -> bytes | None:
    """The printed file on A4; None where this machine cannot set it. Some seconds for twenty papers."""
    return pdf_of(page, SHEET, variant=VARIANT)


def package(file: File, archive: Archive | None, paper: bytes | None) -> Iterator[bytes]:
    """The zip, piece by piece: 案卷 (the page without sheets), 内容.json, 附件, 校验码.txt with the hash of each."""
    return stream_zip(_files(file, archive, paper))


def _files(file: File, archive: Archive | None, paper: bytes | None) -> Iterator[tuple[str, Iterable[bytes]]]:
    codes: list[str] = []
    name, content = (_("案卷.pdf"), paper) if paper else (_("案卷.html"), printed(file, archive).encode())
    for title, octets in ((name, content), (_("内容.json"), file.content)):
        codes.append(f"{sha256(octets).hexdigest()}  {title}")
        yield title, [octets]
    for title, copy in _copies(file):
        codes.append(f"{copy.sha256}  {title}")
        yield title, copy.read() if copy.read else []
    head = [_("编号：%s") % file.matter.number, _("内容校验码（SHA-256）：%s") % file.content_hash, ""]
    yield _("校验码.txt"), ["\n".join([*head, *codes, ""]).encode()]


def _copies(file: File) -> Iterator[tuple[str, Copy]]:
    """Every kept document once, with a name that says its place."""
    seen: set[str] = set()
    for paper in file.papers:
        for copy in paper.copies:
            if copy.sha256 in seen:
                continue
            seen.add(copy.sha256)
            name = "".join("_" if mark in _UNSAFE else mark for mark in copy.name)
            yield f"{_('附件')}/{len(seen):03d}-{name[-80:]}", copy
