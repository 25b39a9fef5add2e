"""One stylesheet and one script for every page, joined from the small files that people edit.

A part has a CSS file of its own and a behaviour a script of its own; sixty requests a page would be slow on a phone,
and a page that forgets a link would be unstyled. So a finder joins them, unchanged but for comments and indents.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import override

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

JOINED = {
    "css/site.css": ("css/tokens.css", "css/base.css", "css/parts/*.css", "css/elder.css", "css/print.css"),
    "js/site.js": ("js/*.js",),
}
STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\n\s+")


def joined(name: str, root: Path) -> str:
    """The text of a joined file: its sources in order, those of one pattern by name."""
    sources = [path for pattern in JOINED[name] for path in sorted(root.glob(pattern))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return INDENT.sub("\n", STYLE_COMMENT.sub("", text) if name.endswith(".css") else text)


class JoinedFinder(FileSystemFinder):
    """Offers the joined files to collectstatic and to the development server, written afresh when asked for."""

    def __init__(self, app_names: Sequence[str] | None = None) -> None:
        folder = str(Path(settings.VAR_DIR) / "joined")
        self.sources = Path(settings.STATICFILES_DIRS[0])
        self.storage = FileSystemStorage(location=folder)
        self.locations = [("", folder)]
        self.storages = {folder: self.storage}

    def check(self, **kwargs: object) -> list[CheckMessage]:
        """Nothing to configure, so nothing to find fault with."""
        return []

    @override
    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        """The place of a joined file on disk; nothing for any other name."""
        return self._write(path) if path in JOINED else None

    @override
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every joined file, for collectstatic."""
        for name in JOINED:
            self._write(name)
            yield name, self.storage

    def _write(self, name: str) -> str:
        path = Path(self.storage.path(name))
        text = joined(name, self.sources)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return str(path)
