"""Plain text as people type it: widths, phone numbers, safe official texts, search grams."""

import re
import unicodedata
from collections.abc import Iterable

import bleach
from bleach.css_sanitizer import CSSSanitizer
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

MAX_HTML = 20_000
_TAGS = frozenset(
    "p br strong b em i u s h2 h3 h4 ul ol li blockquote code a table thead tbody tr th td hr sub sup".split()
)
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|#|/(?!/))", re.IGNORECASE)


def _of_links(tag: str, name: str, value: str) -> bool:
    """A link leads to a known kind of address or to a page of this site, and to nothing that has to be guessed."""
    return name == "title" or (name == "href" and bool(_SAFE_LINK.match(value)))


_ATTRIBUTES = {"a": _of_links, "th": ["colspan", "rowspan", "scope"], "td": ["colspan", "rowspan"]}
_DROPPED_BODIES = re.compile(r"<(script|style|template|iframe)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:/[A-Za-z0-9\-._~/?#\[\]@!$&'()*+,;=%]*)?")
# Blanks, and signs that nobody sees: zero-width ones and those that turn the direction of what follows.
_SPACES = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00a0\u3000]+")
_WORD = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_PHONE_IN_TEXT = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_IDENTITY_IN_TEXT = re.compile(r"(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?!\d)")


def half_width(text: str) -> str:
    """Full-width letters, digits and spaces as their half-width forms, outer blanks removed."""
    return unicodedata.normalize("NFKC", text).strip()


def one_line(text: object) -> str:
    """A cell or a line as people meant it: widths folded, every run of blanks one space, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", "" if text is None else str(text))).strip()


def mobile_number(text: str) -> str | None:
    """A mainland mobile number as +86 and eleven digits, or None; takes blanks, dashes, +86 and full-width digits."""
    digits = re.sub(r"[^0-9+]", "", half_width(text))
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", digits)
    return f"+86{digits}" if _MOBILE.fullmatch(digits) else None


def shown_mobile(number: str) -> str:
    """A number with its middle hidden, for the person who owns it: 139****2222."""
    digits = number.removeprefix("+86")
    return f"{digits[:3]}****{digits[-4:]}" if digits else ""


def mask_phones(text: str) -> str:
    """Hide the middle of every mobile number that stands in a text that neighbours will read."""
    return _PHONE_IN_TEXT.sub(r"\1****\2", text)


def mask_identities(text: str) -> str:
    """Hide the day of birth in every identity number of a text that only has to be recognised as one."""
    return _IDENTITY_IN_TEXT.sub(r"\1********\2", text)


def clean_html(source: str) -> str:
    """Official text made safe: the length is capped first, then scripts go with their bodies, then bleach cleans."""
    capped = _DROPPED_BODIES.sub("", source[:MAX_HTML])
    return bleach.clean(
        capped,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        protocols={"http", "https", "mailto", "tel"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=[]),
        strip=True,
        strip_comments=True,
    )


def plain_to_html(source: str) -> SafeString:
    """A resident's plain text for the page: escaped, addresses as links, line breaks kept."""
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(source):
        address = found.group().rstrip(".,;:!?)'")
        parts += [
            conditional_escape(source[end : found.start()]),
            format_html('<a href="{}" rel="nofollow noopener ugc">{}</a>', address, address),
        ]
        end = found.start() + len(address)
    parts.append(conditional_escape(source[end:]))
    paragraphs = re.split(r"\n{2,}", "".join(parts).replace("\r\n", "\n").strip())
    return mark_safe("".join(f"<p>{p.replace(chr(10), '<br>')}</p>" for p in paragraphs if p))


def grams(text: str) -> frozenset[str]:
    """Single characters and neighbouring pairs of Chinese, whole words of Latin letters and digits."""
    found: set[str] = set()
    for run in _WORD.findall(half_width(text).lower()):
        if run[0] < "\u3400":
            found.add(run[:24])
            continue
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found)


def pairs(text: str) -> frozenset[str]:
    """Only the grams that tell things apart: pairs of characters and Latin words."""
    return frozenset(gram for gram in grams(text) if len(gram) > 1)


def joined(names: Iterable[str]) -> str:
    """Names as a Chinese enumeration: 甲、乙、丙."""
    return "、".join(names)
