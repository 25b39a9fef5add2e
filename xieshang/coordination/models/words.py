"""What the record calls the acts of this app."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..rules.threads import STEP_LABELS, Step

THREAD_VERB_LABELS: dict[str, str | Promise] = {
    **{f"coordination.{step}": STEP_LABELS[step] for step in Step},
    "coordination.raise": _("提出协调"),
    "coordination.delegate": _("委托召集人"),
    "coordination.mark_for_owners": _("标明要业主共同决定"),
    "coordination.measure": _("开始登记测温"),
    "coordination.invite": _("邀请一方列席"),
    "coordination.name_representative": _("推荐业主代表"),
    "coordination.end_representative": _("换下业主代表"),
    "coordination.take_seat": _("新到任的组织参加协调"),
    "coordination.give_up_seat": _("任期结束无人在任，位子由业主代表补"),
    "coordination.make_guest_link": _("发客人链接"),
    "coordination.end_guest_link": _("停用客人链接"),
    "coordination.file_position": _("书面表态"),
    "coordination.say": _("说明情况"),
    "coordination.enter_letter": _("代录来函"),
    "coordination.guest_says": _("客人说明情况"),
    "coordination.cover": _("遮住词句"),
    "coordination.open_entry": _("对居民公开一条内容"),
    "coordination.promise": _("作出承诺"),
    "coordination.accept_promise": _("认可承诺"),
    "coordination.doubt_promise": _("不认可承诺"),
    "coordination.ask_promise": _("要求对方承诺"),
    "coordination.decline_ask": _("说明不能承诺"),
    "coordination.ask_move": _("申请改期"),
    "coordination.grant_move": _("同意改期"),
    "coordination.refuse_move": _("不同意改期"),
    "coordination.add_reading": _("登记测温"),
    "coordination.reply_to_record": _("对履约记录作答复"),
    "coordination.stale": _("多日没有动静，提醒召集人"),
}
