"""What the file of a matter keeps of its discussion: how many spoke, what was said, the papers handed in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xieshang.lib.days import day_of
from xieshang.matters.models import Matter
from xieshang.matters.rules import Circle, Copy, Paper, Part

from ..models import POSITION_LABELS, Attachment, Post
from ..rules import Circle as FileCircle
from ..rules import Position, PostState
from .reading import counts

CHUNK = 1 << 16


def papers(matter: Matter, circle: Circle) -> Iterator[Paper]:
    """The talk in figures, for the offices in words too; then every paper that hangs on the matter itself."""
    said = counts(matter)
    if said.posts:
        told = _("%(posts)d条意见，%(people)d位邻居发言") % {"posts": said.posts, "people": said.people}
        table = _words(matter) if circle == Circle.OFFICE else ()
        yield Paper(Part.TALK, _("网上讨论"), facts=((_("数量"), told),), circle=Circle.PUBLIC)
        if table:
            yield Paper(Part.TALK, _("发言"), table=table, circle=Circle.OFFICE)
    yield from _copies(matter)


def _words(matter: Matter) -> tuple[tuple[str, ...], ...]:
    """What was said and is shown, oldest first; nobody is named."""
    shown = Post.objects.filter(thread__matter=matter, state=PostState.SHOWN.value).select_related("office__body")
    rows = [
        (
            day_of(post.said_at).isoformat(),
            str(post.office.title) if post.office else _("居民"),
            str(POSITION_LABELS.get(Position(post.position), "")) if post.position else "",
            post.text,
        )
        for post in shown.order_by("pk")
    ]
    return ((_("日期"), _("谁"), _("立场"), _("内容")), *rows) if rows else ()


def _copies(matter: Matter) -> Iterator[Paper]:
    """Papers and pictures as they came, those for everybody and those of the place apart; closed ones stay out."""
    files = Attachment.objects.filter(matter=matter, post=None).exclude(circle=FileCircle.CLOSED.value).order_by("pk")
    by_circle: dict[Circle, list[Copy]] = {}
    for file in files:
        circle = Circle.PUBLIC if file.circle == FileCircle.MATTER else Circle.PLACE
        by_circle.setdefault(circle, []).append(copy_of(file))
    for circle, copies in sorted(by_circle.items(), key=lambda pair: pair[0] != Circle.PUBLIC):
        yield Paper(Part.SUBJECT, _("所附材料和照片"), copies=tuple(copies), circle=circle)


def copy_of(file: Attachment) -> Copy:
    """A kept file for the archive: by its hash, whatever it is called on disk."""
    ending = str(file.file.name).rpartition(".")[2]
    name = file.caption or file.name.rpartition(".")[0] or file.name or (_("照片") if file.is_photo else _("文件"))
    return Copy(f"{name}.{ending}", file.sha256, file.octets, file.url, lambda: _bytes(file))


def _bytes(file: Attachment) -> Iterator[bytes]:
    with file.file.storage.open(str(file.file.name)) as content:
        yield from iter(lambda: content.read(CHUNK), b"")
