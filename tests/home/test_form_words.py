"""What a form says by itself of a field that was filled in wrongly is a sentence that a neighbour would say."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, gettext_noop


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        (forms.CharField(), "", "这一项还空着，请补上。"),
        (forms.CharField(max_length=5), "一二三四五六", "最多写5个字，现在是6个字，请精简一些。"),
        (forms.CharField(min_length=3), "一", "至少写3个字，现在是1个字。"),
        (forms.IntegerField(), "三", "请填整数。"),
        (forms.DecimalField(), "三", "请填数字。"),
        (forms.IntegerField(max_value=9), "10", "最大填9。"),
        (forms.IntegerField(min_value=1), "0", "最小填1。"),
        (forms.DateField(), "明天", "日期请写成年-月-日，例如2026-11-30。"),
        (forms.TimeField(), "下午", "时间请写成几点:几分，例如14:30。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "“b”不在可选的里面，请从列出的里选。"),
    ],
)
def test_a_form_says_what_to_do(field, sent, said):
    form = type("Form", (forms.Form,), {"field": field})({"field": sent})
    assert form.errors["field"] == [said]


@pytest.mark.parametrize("named", [gettext_noop, gettext_lazy])
def test_the_summary_names_the_field_that_is_empty_however_its_name_is_kept(named):
    """A name that is looked up late is no string, and a template compares in silence."""
    form = type("Form", (forms.Form,), {"field": forms.CharField(label=named("您满意吗"))})({"field": ""})
    assert "您满意吗：这一项还空着，请补上。" in render_to_string("parts/errorsummary.html", {"form": form})
    form.errors["field"][0] = "请填写“您满意吗”。"
    assert "您满意吗：" not in render_to_string("parts/errorsummary.html", {"form": form})
