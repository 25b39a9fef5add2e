"""Short facts written as one line, taken apart for the page, so that a line breaks between them and not within one."""

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Behind a full-width bracket no blank is written before the dot.
BETWEEN = re.compile(" ?· ")

register = template.Library()


@register.filter
def pieces(line: object) -> SafeString:
    """The facts of a line as spans, for an element of class `dots`."""
    return format_html_join("", "<span>{}</span>", ((piece,) for piece in BETWEEN.split(str(line))))
