"""Shapes of suggestions and answers, and what may be put into a community's files."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from xieshang.lib.images import redraw, require_pdf
from xieshang.lib.refusals import RuleViolation

WORDS = {"rows": 6, "data-count": ""}


class SuggestionForm(forms.Form):
    """What somebody says about the platform."""

    text = forms.CharField(label=_("您的意见或建议"), widget=forms.Textarea(attrs=WORDS), max_length=1000)


class AnswerForm(forms.Form):
    """The answer to it."""

    answer = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs=WORDS), max_length=2000)


class PictureForm(BaseImageForm):
    """A picture for the public pages: drawn anew, so that nothing hides in it, neither a place nor a program."""

    def clean_file(self) -> UploadedFile:
        """The redrawn picture; what was there before stays as it is."""
        upload: UploadedFile = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        try:
            upload.seek(0)
            page = redraw(cast("BinaryIO", upload), upload.size or 0).page
        except RuleViolation as refused:
            raise forms.ValidationError(refused.refusal.sentence) from refused
        name = f"{Path(upload.name or 'picture').stem}.jpg"
        return InMemoryUploadedFile(BytesIO(page), "file", name, "image/jpeg", len(page), None)


class PdfForm(BaseDocumentForm):
    """A document for the public pages: a PDF by its content, not by its name."""

    def clean_file(self) -> UploadedFile:
        """The document, if it is one."""
        upload: UploadedFile = self.cleaned_data["file"]
        if "file" in self.changed_data:
            try:
                require_pdf(cast("BinaryIO", upload), upload.size or 0)
            except RuleViolation as refused:
                raise forms.ValidationError(refused.refusal.sentence) from refused
        return upload
