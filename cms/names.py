"""What the editor calls things that Wagtail names after Python: kinds of pages, fields, its forms for links."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .models import ArticlePage, CommunityPage, HomePage, PlainPage, SectionPage, SuggestionsPage

KIND_LABELS: dict[type[Page], Any] = {
    HomePage: _("首页"),
    CommunityPage: _("社区公开栏"),
    SectionPage: _("栏目"),
    ArticlePage: _("文章"),
    PlainPage: _("固定页面"),
    SuggestionsPage: _("意见建议"),
}
LINK_LABELS = {
    "url": _("网址"),
    "link_text": _("链接文字"),
    "email_address": _("电子邮件地址"),
    "subject": _("邮件主题"),
    "body": _("邮件正文"),
    "phone_number": _("电话号码"),
}


def give() -> None:
    """Name them all. Done once the apps are ready and not in a Meta or a field, where a label makes a migration."""
    for kind, label in KIND_LABELS.items():
        kind._meta.verbose_name = kind._meta.verbose_name_plural = label
    for kind in (ArticlePage, PlainPage):
        for panel in cast("list[FieldPanel]", kind.content_panels):
            kind._meta.get_field(panel.field_name).verbose_name = panel.heading
    for form in (ExternalLinkChooserForm, EmailLinkChooserForm, PhoneLinkChooserForm):
        for name, field in form.base_fields.items():
            field.label = LINK_LABELS[name]
