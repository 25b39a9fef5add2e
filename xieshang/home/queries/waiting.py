"""What waits for one person, gathered from every app."""

import datetime
from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from xieshang.community import queries as community
from xieshang.community.models import Residence
from xieshang.community.rules import ABOVE_ROLES
from xieshang.coordination import queries as coordination
from xieshang.discussion import queries as discussion
from xieshang.lib.actor import Actor
from xieshang.lib.permits import has_perm
from xieshang.lib.waiting import Queue, Waiting
from xieshang.meetings import queries as meetings
from xieshang.outcomes import queries as outcomes
from xieshang.topics import queries as topics
from xieshang.voting import queries as voting

from .. import hooks

FAR = datetime.date.max
DOORS = (
    ("community.keep_register", later("居民名册"), "community:people"),
    ("voting.see_registers", later("业主名册"), "voting:registers"),
    ("voting.see_registers", later("起草业主表决"), "voting:begin"),
    ("meetings.begin", later("召集会议"), "meetings:begin"),
    ("coordination.see_guidance", later("党组织指导"), "coordination:guidance"),
    ("home.see_bodies", later("组织和任职"), "community:bodies"),
    ("community.set_up", later("批量建社区"), "community:set_up"),
    ("community.set_rules", later("各地的规则"), "community:rule_books"),
    ("home.read_week", later("本周简报"), "home:week"),
    ("home.name_deputy", later("交接与代理"), "home:deputy"),
    ("home.read_archives", later("档案"), "home:archives"),
    ("home.read_record", later("操作记录"), "home:record"),
)
ASKED = (voting, meetings, coordination, topics, outcomes, discussion, community)
QUEUED = (topics, voting, meetings, coordination, outcomes, discussion, community)


def waiting_for(actor: Actor, homes: Collection[Residence] | None = None) -> list[Waiting]:
    """Everything that waits for this actor, what is due first on top; nothing for a visitor.

    A page that has read a neighbour's homes (confirmed, or asked for) hands them in: they are not read again, and
    whoever has none is not asked for ratings.
    """
    if actor.person_id is None:
        return []
    if homes is None or actor.office:
        found = [waiting for app in ASKED for waiting in app.waiting_for(actor)] + _late_below(actor)
    else:
        asked = [app for app in ASKED if app is not community and (homes or app is not outcomes)]
        found = [waiting for app in asked for waiting in app.waiting_for(actor)] + community.first_home(actor, homes)
    return sorted(found, key=lambda waiting: waiting.due or FAR)


def _late_below(actor: Actor) -> list[Waiting]:
    """The one line for those above."""
    late = late_queue(actor) if actor.role in ABOVE_ROLES else None
    return [late.gathered] if late and late.gathered else []


def late_queue(actor: Actor) -> Queue | None:
    """What is late in the place of this office; None for whoever watches over nobody.

    For a secretary much of it stands in queues of their own already; for those above one line says it all.
    """
    if actor.office is None or not has_perm("home.read_week", actor, actor.office.place_path):
        return None
    count, url = sum(app.count_late(actor) for app in (topics, outcomes, coordination)), reverse("home:below")
    if not count or actor.role not in ABOVE_ROLES:
        return Queue("late", _("超期一览"), count, url=url)
    title, line = _("下级有%d件事过了期限") % count, _("看看哪里要帮忙")
    return Queue("late", _("超期一览"), count, gathered=Waiting(title, line, url, _("去看看")), url=url)


def doors_of(actor: Actor) -> list[hooks.Door]:
    """What else belongs on the desk of this office: the lists it keeps, the record it may read, the public pages."""
    if actor.office is None:
        return []
    path = actor.office.place_path
    doors = [hooks.Door(str(label), reverse(name)) for perm, label, name in DOORS if has_perm(perm, actor, path)]
    return doors + [door for more in hooks.desk_doors for door in more(actor)]


def queues_of(actor: Actor) -> list[Queue]:
    """The queues of this actor's work desk, in the order of the work."""
    if actor.office is None:
        return []
    own = [queue for app in QUEUED for queue in app.queues(actor)]
    late = late_queue(actor)
    own += [late] if late else []
    return own + [queue for queues in hooks.queues for queue in queues(actor)]
