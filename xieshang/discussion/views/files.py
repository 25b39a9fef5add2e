"""Files, each judged anew when it is opened; nothing that an uploader chose reaches a header."""

from django.http import FileResponse, HttpRequest
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from xieshang.lib.sending import guarded
from xieshang.matters.rules import Audience

from ..models import Attachment
from ..queries import file_for
from ..rules import Circle

MINUTE = 60


@require_safe
def file(request: HttpRequest, file_id: str, size: str) -> FileResponse:
    """A picture that we drew anew, shown in the page; a document, offered for keeping."""
    found = file_for(request.actor, int(file_id))
    small = size == "thumb" and bool(found.small)
    response = guarded(found.small if small else found.file, is_photo=found.is_photo)
    response["Content-Disposition"] = content_disposition_header(not found.is_photo, _name(found)) or "attachment"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"{'public' if _is_public(found) else 'private'}, max-age={10 * MINUTE}"
    return response


def _is_public(found: Attachment) -> bool:
    """Whether everybody sees it, so that it may lie in a cache that many share."""
    return found.post_id is None and found.circle == Circle.MATTER and found.matter.audience == Audience.PUBLIC


def _name(found: Attachment) -> str:
    """The name under which it is kept: of a document its own with our ending, of a picture its number."""
    if found.is_photo:
        return f"photo-{found.pk}.jpg"
    plain = "".join(c for c in found.name if c.isprintable() and c not in '/\\:*?"<>|').strip(". ")
    return f"{plain.removesuffix('.pdf') or found.pk}.pdf"
