"""A secret vote's box, its envelopes without time or order, what the trustees opened, and the paper box's tallies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.appendonly import only_grows, stays_fixed

BEGUN = "EXISTS (SELECT 1 FROM voting_vote v WHERE v.id = OLD.vote_id AND v.state <> 'drafted')"
NOT_BY_HEAD = "EXISTS (SELECT 1 FROM voting_vote v WHERE v.id = NEW.vote_id AND v.base <> 'person')"


def of_vote(name: str) -> models.ForeignKey:
    """A foreign key to the vote."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="voting.vote"
    )


class Migration(migrations.Migration):
    dependencies = [("voting", "0005_draft_rules"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.DeleteModel("Envelope"),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tracker", models.CharField(max_length=32)),
                ("sealed", models.JSONField()),
                ("vote", of_vote("envelopes")),
            ],
            options={
                "ordering": ["tracker"],
                "constraints": [models.UniqueConstraint(fields=("vote", "tracker"), name="tracker_once_a_vote")],
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                (
                    "vote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="box",
                        serialize=False,
                        to="voting.vote",
                    ),
                ),
                ("sealed", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "envelope",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="opening",
                        serialize=False,
                        to="voting.envelope",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=64)),
                ("places", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="BoxTally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("figures", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("vote", of_vote("tallies")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("vote", "by"), name="box_tally_once_a_person")],
            },
        ),
        migrations.AddField(
            model_name="rightused",
            name="channel",
            field=models.CharField(default="online", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="rightused",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["online", "paper"])), name="right_used_online_or_on_paper"
            ),
        ),
        only_grows("voting_rightused"),
        only_grows("voting_envelope"),
        only_grows("voting_opening"),
        only_grows("voting_boxtally"),
        # Keys are fixed when the vote opens; a box is there for votes by head alone.
        stays_fixed("voting_trustee", when=BEGUN),
        stays_fixed("voting_box", when="1 = 0", keeps_out=NOT_BY_HEAD),
    ]
