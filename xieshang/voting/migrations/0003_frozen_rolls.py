"""Once an owners' roll is frozen nobody adds to it, changes it or takes from it, by whatever path."""

from django.db import migrations

from xieshang.lib.appendonly import stays_fixed


OF_THE_VOTE = "EXISTS (SELECT 1 FROM voting_roll WHERE vote_id = ROW.vote_id AND frozen_at IS NOT NULL)"
OF_THE_RIGHT = (
    "EXISTS (SELECT 1 FROM voting_roll JOIN voting_right ON voting_right.vote_id = voting_roll.vote_id"
    " WHERE voting_right.id = ROW.right_id AND voting_roll.frozen_at IS NOT NULL)"
)


def _both(condition: str) -> dict[str, str]:
    """The condition on the row that stands and on the row that comes."""
    return {"when": condition.replace("ROW", "OLD"), "keeps_out": condition.replace("ROW", "NEW")}


class Migration(migrations.Migration):
    dependencies = [("voting", "0002_only_grow")]

    operations = [
        stays_fixed("voting_roll", when="OLD.frozen_at IS NOT NULL"),
        stays_fixed("voting_right", **_both(OF_THE_VOTE)),
        stays_fixed("voting_rightunit", **_both(OF_THE_VOTE)),
        stays_fixed("voting_rightowner", **_both(OF_THE_RIGHT)),
    ]
