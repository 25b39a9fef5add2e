"""A scanned stack as it is sent: one PDF or several pictures, and serials written by hand for pages by number."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_FILES = 80


class Several(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[File]:
        """Every file by itself."""
        if not data and not self.required:
            return []
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(_("请选扫描的PDF或照片。"))
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("一次最多80张，请分几次传。"))
        return [super(Files, self).clean(one, initial) for one in given]


def _lists(data: Any) -> QueryDict:
    """What was sent, with every value of a name; of what was not sent by a browser nothing."""
    return data if isinstance(data, QueryDict) else QueryDict()


class StackForm(forms.Form):
    """The files, and what was written for pages whose code could not be read."""

    stack = Files(label=_("扫描的一叠票"))
    # The key of a stack that was read before and waits; then no file has to be chosen.
    kept = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if data is not None and data.get("kept") and not (files and files.getlist("stack")):
            self.fields["stack"].required = False

    @property
    def left_out(self) -> set[int]:
        """Pages that are not to be kept with a paper, by number; only of a stack that was read before."""
        return {int(page) for page in _lists(self.data).getlist("out") if page.isdecimal() and len(page) < 5}

    @property
    def typed(self) -> dict[int, str]:
        """Serials by page number, from fields called page-3."""
        sent = {name.removeprefix("page-"): str(value) for name, value in self.data.items() if name.startswith("page-")}
        return {
            int(page): serial[:40]
            for page, serial in sent.items()
            if page.isdecimal() and len(page) < 5 and serial.strip()
        }
