"""The guides in docs/guide, shown on the site as help."""

from dataclasses import dataclass
from functools import cache

import markdown
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from xieshang.lib.text import clean_html

FOLDER = settings.BASE_DIR / "docs" / "guide"


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide: its name in the address, its title, its text as safe HTML."""

    name: str
    title: str
    html: SafeString


@cache
def guides() -> tuple[Guide, ...]:
    """All guides in the order of their file names; they change only with the code."""
    return tuple(_read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.md")))


def guide(name: str) -> Guide | None:
    """One guide by its name in the address."""
    return next((found for found in guides() if found.name == name), None)


def _read(stem: str, text: str) -> Guide:
    heading, _, rest = text.partition("\n")
    html = markdown.markdown(rest, extensions=["tables"], output_format="html")
    return Guide(stem.partition("-")[2], heading.lstrip("# ").strip(), mark_safe(clean_html(html)))
