"""The printed file of a matter: set on paper beside the request, once for everybody who may take it along."""

from dataclasses import dataclass
from hashlib import sha256

from xieshang.lib import longwork
from xieshang.lib.actor import Actor
from xieshang.lib.longwork import Tell, Work
from xieshang.lib.paper import pdf_is_possible

from ..models import Archive
from ..queries.filing import File, require_taker
from ..queries.package import pdf, printed


@dataclass(frozen=True, slots=True)
class Sheets:
    """The file on A4 under the key of exactly this content: still awaited, or made, or None where it is impossible."""

    key: str = ""
    is_awaited: bool = False
    pdf: bytes | None = None


def sheets_of(made: File, archive: Archive | None) -> Sheets:
    """The file on A4 as far as it is; begun where nobody has asked for this content yet."""
    if not pdf_is_possible():
        return Sheets()
    page = printed(made, archive)
    key = sha256(page.encode()).hexdigest()[:32]

    def work(tell: Tell) -> bytes | None:
        return pdf(page)

    place = _place(made.matter.pk, key)
    if longwork.look(place) is None:
        longwork.begin(place, work)
    found = longwork.look(place)
    if found is None or not found.is_over or found.refusals:
        return Sheets(key, is_awaited=True)
    return Sheets(key, pdf=found.result if isinstance(found.result, bytes) else None)


def setting_of(actor: Actor, matter_id: int, key: str) -> Work | None:
    """How far the sheets of this content are, for whoever may take the file along."""
    require_taker(actor, matter_id)
    return longwork.look(_place(matter_id, key))


def try_again(matter_id: int, key: str) -> None:
    """Let sheets that could not be made be asked for anew."""
    longwork.forget(_place(matter_id, key))


def _place(matter_id: int, key: str) -> str:
    return f"file-{matter_id}-{key}"
