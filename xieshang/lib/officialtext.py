"""The field for official texts: written in the small editor, or without a script as paragraphs; handed on as HTML.

The HTML is what somebody sent: whoever keeps it stores it as the source, and beside it what `clean_html` leaves of it.
"""

import re
from html import unescape
from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .text import clean_html

_LEAD = re.compile(r"^([一二三四五六七八九十]+、[^。：]{2,16}[。：])")
_ITEM = re.compile(r"^[-*·•]\s*(?=\S)")
_CHECK_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{32,128}(?![0-9A-Za-z])")
_TAG = re.compile(r"<[^>]+>")
_HTML = re.compile(r"^\s*<(p|ul|ol|h[2-4]|table|blockquote|div|hr)\b", re.IGNORECASE)


class OfficialText(forms.Textarea):
    """A text area of paragraphs; official.js puts the editor in its place, with the same text as HTML."""

    template_name = "parts/official.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The text both ways."""
        text = value if isinstance(value, str) else ""
        context = super().get_context(name, plain(text), attrs)
        context["widget"]["html"] = paragraphs(text)
        return context


class OfficialField(forms.CharField):
    """An official text; lines that begin with a dash become a list, a lead such as 一、协商意见。 is set strong."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", OfficialText(attrs={"rows": 14}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """What an empty editor sends is empty."""
        text = super().to_python(value) or ""
        return text if plain(text) else ""

    def clean(self, value: Any) -> str:
        """HTML for the notice."""
        return paragraphs(super().clean(value))


def paragraphs(text: str) -> str:
    """One paragraph a line, lines that begin with a dash as a list; what is HTML already is passed on as it is."""
    if _HTML.match(text):
        return text
    made: list[str] = []
    items: list[str] = []
    for line in [*(line.strip() for line in text.splitlines() if line.strip()), ""]:
        if found := _ITEM.match(line):
            items.append(format_html("<li><p>{}</p></li>", line[found.end() :]))
            continue
        if items:
            made.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line:
            made.append(_paragraph(line))
    return "".join(made)


def _paragraph(line: str) -> SafeString:
    lead = _LEAD.match(line)
    if lead is None:
        return format_html("<p>{}</p>", _codes_marked(line))
    return format_html("<p><strong>{}</strong>{}</p>", lead[1], _codes_marked(line[lead.end() :]))


def _codes_marked(line: str) -> SafeString:
    """A line in which each check code is set as a code: it is compared letter by letter, not read."""
    return mark_safe(_CHECK_CODE.sub(r"<code>\g<0></code>", escape(line)))


def shown(text: str) -> SafeString:
    """An official text for a page, whether it was kept as lines or as HTML: made safe either way."""
    return mark_safe(clean_html(paragraphs(text)))


def plain(html: str) -> str:
    """An official text as lines for typing on; a table cannot be written so and stays as it is."""
    if not _HTML.match(html) or "<table" in html:
        return html
    lines = re.sub(r"<li>\s*(<p>)?", "- ", html)
    lines = re.sub(r"</p>\s*</li>|</(p|li|h[2-4]|blockquote)>|<br\s*/?>|<hr\s*/?>", "\n", lines)
    return re.sub(r"\n{2,}", "\n", unescape(_TAG.sub("", lines))).strip()
