"""Shape of the workbook that is sent in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ..services.workbook import MAX_BYTES


class WorkbookForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("填好的表格"),
        help_text=_("Excel或WPS存的“.xlsx”“.xls”都可以，不超过10兆。"),
        error_messages={"required": _("请先选一个文件。"), "empty": _("这个文件是空的，请重新选。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et"}),
    )

    def clean_file(self) -> UploadedFile:
        """Not larger than what is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件超过10兆了，请按社区分成几个文件。"))
        return file
