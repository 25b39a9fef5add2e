"""What the record calls the acts of this app."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..rules import STEP_LABELS, Step

# The acts beside the steps of the course.
ACT_VERBS: dict[str, str | Promise] = {
    "edit": _("修改提出的内容"),
    "support": _("支持"),
    "unsupport": _("收回支持"),
    "agree_withdrawal": _("同意撤回"),
    "record_session": _("记录协商会"),
    "attach_minutes": _("补会议记录"),
    "add_material": _("放材料"),
    "set_circle": _("定讨论范围"),
    "plan": _("定反馈日期"),
    "plan_owners": _("写明由谁召集业主"),
    "record_owners": _("登记业主表决结果"),
    "explain": _("向大家说明"),
    "extend": _("准许延期"),
    "widen": _("改涉及的范围"),
    "entrust": _("记下委托部门"),
    "report": _("报送结果"),
}
VERB_LABELS: dict[str, str | Promise] = {
    **{f"topics.{step}": STEP_LABELS[step] for step in Step},
    **{f"topics.{verb}": label for verb, label in ACT_VERBS.items()},
}
