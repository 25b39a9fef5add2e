"""Motions and minutes: from the first signature on no word of the minutes changes, on any path."""

from collections.abc import Iterator

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.appendonly import only_grows, refusal
from xieshang.lib.migrating import Statements

SIGNED = (
    "EXISTS (SELECT 1 FROM meetings_minutessignature s WHERE s.minutes_id = ROW AND s.mark IN ('signed', 'on_paper'))"
)
WORDS = "meeting_id held positions agreed not_agreed actions next_meeting code edition".split()
# Whose signature it is, and all of it once it is given.
SIDE = "minutes_id position name body_id person_id".split()
GIVEN = "mark by_id office_id at reason sheet_id code".split()


def _changed(columns: list[str], differs: str, cast: str) -> str:
    return " OR ".join(f'NEW."{column}"{cast} {differs} OLD."{column}"{cast}' for column in columns)


def statements(vendor: str) -> Iterator[str]:
    """The triggers."""
    differs, cast = ("IS DISTINCT FROM", "::text") if vendor == "postgresql" else ("IS NOT", "")
    signed = SIGNED.replace("ROW", "OLD.id")
    back = "NEW.state = 'drafted'"
    yield from refusal(
        vendor, "meetings_minutes", "UPDATE", f"{signed} AND ({_changed(WORDS, differs, cast)} OR {back})", "is signed"
    )
    yield from refusal(vendor, "meetings_minutes", "DELETE", signed, "is signed")
    given = "OLD.mark IN ('signed', 'on_paper')"
    moved = _changed(SIDE, differs, cast)
    yield from refusal(
        vendor,
        "meetings_minutessignature",
        "UPDATE",
        f"({moved}) OR ({given} AND ({_changed(GIVEN, differs, cast)}))",
        "is signed",
    )
    yield from refusal(vendor, "meetings_minutessignature", "DELETE", given, "is signed")


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        ('discussion', '0004_closed_files_are_opened_by_their_app'),
        ('meetings', '0001_initial'),
        ('voting', '0010_motions_in_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='drafted', max_length=10)),
                ('held', models.JSONField(default=dict)),
                ('positions', models.JSONField(default=list)),
                ('agreed', models.TextField(blank=True)),
                ('not_agreed', models.TextField(blank=True)),
                ('actions', models.JSONField(default=list)),
                ('next_meeting', models.CharField(blank=True, max_length=200)),
                ('scope', models.CharField(default='place', max_length=8)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(blank=True, max_length=64)),
                ('drafted_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('sign_by', models.DateField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='meetings.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='MinutesAddendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='meetings.minutes')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='MinutesSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('mark', models.CharField(default='asked', max_length=10)),
                ('at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('code', models.CharField(blank=True, max_length=64)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.body')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='meetings.minutes')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussion.attachment')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='Motion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('words', models.CharField(max_length=80)),
                ('text', models.TextField(blank=True)),
                ('way', models.CharField(max_length=8)),
                ('state', models.CharField(default='drafted', max_length=10)),
                ('brought_at', models.DateTimeField()),
                ('brought_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('brought_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='motions', to='meetings.meeting')),
                ('vote', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='motion', to='voting.vote')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.AddIndex(
            model_name='minutes',
            index=models.Index(fields=['community', 'state'], name='minutes_by_state'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'signing', 'signed', 'published'])), name='minutes_state_known'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('scope__in', ['table', 'place', 'public'])), name='minutes_scope_known'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'drafted'), models.Q(('code', ''), _negated=True), _connector='OR'), name='minutes_signed_by_code'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='minutes_published_since'),
        ),
        migrations.AddConstraint(
            model_name='minutesaddendum',
            constraint=models.UniqueConstraint(fields=('minutes', 'number'), name='minutes_addendum_once'),
        ),
        migrations.AddConstraint(
            model_name='minutesaddendum',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='minutes_addendum_says_something'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.UniqueConstraint(fields=('minutes', 'position'), name='minutes_signed_in_order'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.UniqueConstraint(fields=('minutes', 'body'), name='minutes_signed_once_a_body'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.CheckConstraint(condition=models.Q(('mark__in', ['asked', 'signed', 'on_paper', 'refused', 'silent'])), name='minutes_mark_known'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mark', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='minutes_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mark', 'on_paper'), _negated=True), ('sheet__isnull', False), _connector='OR'), name='minutes_on_paper_with_sheet'),
        ),
        migrations.AddConstraint(
            model_name='minutessignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mark__in', ['signed', 'on_paper']), _negated=True), models.Q(('code', ''), _negated=True), _connector='OR'), name='minutes_signature_of_words'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.UniqueConstraint(fields=('meeting', 'number'), name='motion_number_once'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('meeting',), name='one_motion_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='motion_has_words'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'open', 'closed', 'withdrawn'])), name='motion_state_known'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['phones', 'hands', 'secret'])), name='motion_way_known'),
        ),
        migrations.AddConstraint(
            model_name='motion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['drafted', 'withdrawn']), ('vote__isnull', True)), models.Q(('state__in', ['open', 'closed']), ('vote__isnull', False)), _connector='OR'), name='motion_put_has_a_vote'),
        ),
        Statements(statements),
        only_grows("meetings_minutesaddendum"),
    ]
