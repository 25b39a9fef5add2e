"""Where a vote of owners begins: the estates an office may convene, what waits for the owners, the earliest day."""

from datetime import date, timedelta

from xieshang.community.models import PropertyArea
from xieshang.community.queries import rules_for
from xieshang.lib.actor import Actor
from xieshang.lib.clock import shown_today
from xieshang.lib.permits import has_perm
from xieshang.matters.models import Matter

from .. import hooks
from ..rules.deciding import DEFAULTS, KIND, value
from ..rules.deciding.facts import first_day_after

# The days between the steps: for a second person, for the Party organisation's answer, for freezing.
SPARE_DAYS = 3


def areas_to_convene(actor: Actor) -> list[PropertyArea]:
    """Estates in the place of this office whose owners its body may call together."""
    if actor.office is None:
        return []
    inside = PropertyArea.objects.filter(places__path__startswith=actor.office.place_path).distinct()
    rows = inside.select_related("community").prefetch_related("places").order_by("name", "pk")
    return [area for area in rows if has_perm("voting.draft_decision", actor, area)]


def matters_for_owners(actor: Actor) -> list[Matter]:
    """What was talked over and waits for the owners that this actor's body calls together."""
    return [matter for ask in hooks.for_owners for matter in ask(actor)]


def earliest_opening(area: PropertyArea) -> date:
    """A day on which a vote drafted today can open: after the days for the roll and for the notice."""
    values = rules_for(area.community, KIND, shown_today(), dict(DEFAULTS))
    roll, notice = (int(value(values, f"assembly.{name}")) for name in ("roll_objection_days", "notice_days"))
    noticed = first_day_after(shown_today(), roll) + timedelta(days=SPARE_DAYS)
    return first_day_after(noticed, notice)
