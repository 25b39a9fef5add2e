"""A scanned stack as it is sent: one PDF or several pictures, and serials written by hand for pages by number."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_FILES = 80
LONGEST_NUMBER = 5


class Several(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Every file by itself."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(_("请选扫描的PDF或照片。"))
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("一次最多80张，请分几次传。"))
        return [super(Files, self).clean(one, initial) for one in given]


class StackForm(forms.Form):
    """The files."""

    stack = Files(label=_("扫描的一叠票"))


class Mended:
    """What was written about the pages of a stack that was read: serials by page (page-3), pages to leave out (out)."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent

    @property
    def left_out(self) -> set[int]:
        """Pages that are not to be kept with a paper."""
        return set(map(int, filter(_is_page, self.sent.getlist("out"))))

    @property
    def typed(self) -> dict[int, str]:
        """Serials by page number."""
        given = {name.removeprefix("page-"): str(self.sent[name]) for name in self.sent if name.startswith("page-")}
        return {int(page): serial[:40] for page, serial in given.items() if _is_page(page) and serial.strip()}


def _is_page(text: str) -> bool:
    return text.isdecimal() and len(text) < LONGEST_NUMBER
