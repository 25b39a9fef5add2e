"""Zip files written while they are read, the same bytes every time: fixed order, no times, nothing compressed.

Compression would save space and cost sameness: its bytes change from one version of the library to the next.
"""

import zipfile
from collections.abc import Iterable, Iterator

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
_UNIX = 3
CHUNK = 1 << 16


class _Pipe:
    """Takes what the archive writes until it is passed on; it cannot be searched, so the archive only appends."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, content: bytes) -> int:
        self._waiting += content
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self, least: int = 0) -> Iterator[bytes]:
        if len(self._waiting) > least:
            yield bytes(self._waiting)
            self._waiting.clear()


def stream_zip(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of a zip of these files, piece by piece; each file's content is asked for when its turn comes."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # write and flush suffice
        for name, content in files:
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.external_attr, info.create_system = _PLAIN_FILE, _UNIX
            with archive.open(info, "w") as member:
                for piece in content:
                    member.write(piece)
                    yield from pipe.taken(CHUNK)
    yield from pipe.taken()
