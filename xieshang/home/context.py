"""What the frame of every page needs."""

from django.http import HttpRequest

from . import queries


def frame(request: HttpRequest) -> dict[str, object]:
    """The header, the tabs and the footer of this request; nothing for requests that never got an actor."""
    if not hasattr(request, "actor"):
        return {}
    return {"frame": queries.frame_of(request)}
