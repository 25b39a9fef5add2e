import django.db.models.deletion
import xieshang.discussion.models.files
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('community', '0001_initial'),
        ('matters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=False)),
                ('readers', models.CharField(default='place', max_length=8)),
                ('speakers', models.CharField(default='community', max_length=10)),
                ('review', models.CharField(default='new', max_length=6)),
                ('first_posts_wait', models.PositiveSmallIntegerField(default=1)),
                ('wait_from_hour', models.PositiveSmallIntegerField(default=22)),
                ('wait_to_hour', models.PositiveSmallIntegerField(default=7)),
                ('edit_minutes', models.PositiveSmallIntegerField(default=15)),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='thread', to='matters.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('readers__in', ['place', 'public'])), name='thread_readers_known'), models.CheckConstraint(condition=models.Q(('speakers__in', ['scope', 'community'])), name='thread_speakers_known'), models.CheckConstraint(condition=models.Q(('review__in', ['new', 'all', 'hours'])), name='thread_review_known'), models.CheckConstraint(condition=models.Q(('wait_from_hour__lt', 24), ('wait_to_hour__lte', 24)), name='thread_hours_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent', models.CharField(blank=True, max_length=12)),
                ('position', models.CharField(blank=True, default='', max_length=8)),
                ('text', models.TextField()),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('said_at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(blank=True, null=True)),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('assisted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='community.office')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='discussion.post')),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='discussion.thread')),
            ],
            options={
                'indexes': [models.Index(fields=['thread', 'parent', '-id'], name='post_by_thread'), models.Index(fields=['community', 'state', 'id'], name='post_by_state'), models.Index(fields=['author', 'community', 'state'], name='post_by_author')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'shown', 'hidden', 'withdrawn'])), name='post_state_known'), models.CheckConstraint(condition=models.Q(('position__in', ['for', 'against', 'suggest', 'ask', ''])), name='post_position_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), ('shown_at__isnull', False), _connector='OR'), name='post_shown_since_a_time'), models.CheckConstraint(condition=models.Q(('position', ''), models.Q(('office__isnull', True), ('parent__isnull', True)), _connector='OR'), name='post_reply_takes_no_side')],
            },
        ),
        migrations.CreateModel(
            name='PostVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('position', models.CharField(blank=True, max_length=8)),
                ('was_shown', models.BooleanField()),
                ('replaced_at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='discussion.post')),
            ],
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('rule', models.CharField(blank=True, max_length=16)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='discussion.post')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'at'], name='ruling_by_month')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['approve', 'hide', 'restore', 'uphold'])), name='ruling_kind_known'), models.CheckConstraint(condition=models.Q(('rule__in', ['', 'advertisement', 'abuse', 'privacy', 'rumour', 'off_topic', 'illegal'])), name='ruling_rule_known'), models.CheckConstraint(condition=models.Q(('kind', 'approve'), models.Q(models.Q(('rule', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='ruling_with_rule_and_reason'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['restore', 'uphold']), _negated=True), ('first_by__isnull', False), _connector='OR'), name='ruling_answers_one'), models.CheckConstraint(condition=models.Q(('first_by__isnull', True), models.Q(('first_by', models.F('by')), _negated=True), _connector='OR'), name='appeal_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=16)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='discussion.post')),
                ('ruling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='discussion.ruling')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ruling__isnull', True)), fields=('post', 'person'), name='one_open_report_a_person'), models.CheckConstraint(condition=models.Q(('rule__in', ['advertisement', 'abuse', 'privacy', 'rumour', 'off_topic', 'illegal'])), name='report_rule_known')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.CharField(max_length=500)),
                ('at', models.DateTimeField()),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='discussion.post')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='discussion.ruling')),
                ('ruling', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='discussion.ruling')),
            ],
        ),
        migrations.CreateModel(
            name='Thanks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='discussion.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'person'), name='thanks_once')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('circle', models.CharField(default='place', max_length=8)),
                ('file', models.FileField(max_length=120, upload_to=xieshang.discussion.models.files.stored_name)),
                ('small', models.FileField(blank=True, max_length=120, upload_to=xieshang.discussion.models.files.stored_name)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('caption', models.CharField(blank=True, max_length=80)),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(default=0)),
                ('height', models.PositiveIntegerField(default=0)),
                ('octets', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='matters.matter')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('uploader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='discussion.post')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'post', 'id'], name='attachment_by_matter')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['photo', 'document'])), name='attachment_kind_known'), models.CheckConstraint(condition=models.Q(('circle__in', ['matter', 'place'])), name='attachment_circle_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'photo'), _negated=True), models.Q(('small', ''), _negated=True), _connector='OR'), name='attachment_photo_has_thumb')],
            },
        ),
    ]
