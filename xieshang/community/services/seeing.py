"""What lies outside an office's place is answered as if it were not there."""

from django.http import Http404

from xieshang.lib.actor import Actor


def is_seen(actor: Actor, path: str) -> bool:
    """Whether the place of this path lies within the place of the office acted in."""
    return actor.office is not None and path.startswith(actor.office.place_path)


def require_seen(actor: Actor, path: str) -> None:
    """Raise Http404 for what lies elsewhere."""
    if not is_seen(actor, path):
        raise Http404
