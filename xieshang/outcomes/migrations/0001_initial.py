import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('community', '0001_initial'),
        ('discussion', '0002_only_grow'),
        ('matters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=200)),
                ('due', models.DateField()),
                ('proof', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='open', max_length=10)),
                ('set_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('verified_at', models.DateTimeField(blank=True, null=True)),
                ('told_of', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='community.body')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='matters.matter')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'state', 'due'], name='item_by_body'), models.Index(fields=['community', 'state', 'due'], name='item_by_community')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'verified'])), name='item_state_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('done_at__isnull', False), _connector='OR'), name='done_item_has_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'verified'), _negated=True), ('verified_at__isnull', False), _connector='OR'), name='verified_item_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='DueMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old', models.DateField()),
                ('new', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='outcomes.actionitem')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='due_moved_with_reason'), models.CheckConstraint(condition=models.Q(('old', models.F('new')), _negated=True), name='due_really_moved')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('state', models.CharField(default='draft', max_length=10)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=120)),
                ('source', models.TextField()),
                ('body', models.TextField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('signers', models.JSONField(default=list)),
                ('party_signed', models.BooleanField(default=False)),
                ('drafted_at', models.DateTimeField()),
                ('returned_for', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_for', models.CharField(blank=True, max_length=300)),
                ('days', models.PositiveSmallIntegerField(default=0)),
                ('boards', models.JSONField(default=list)),
                ('net_is_enough', models.BooleanField(default=False)),
                ('objection_days', models.PositiveSmallIntegerField(default=5)),
                ('posted_on', models.DateField(blank=True, null=True)),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('provisional', models.BooleanField(default=False)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='matters.matter')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'state', '-id'], name='notice_by_community'), models.Index(fields=['matter', 'kind', '-id'], name='notice_by_matter')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='notice_number_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'returned'])), fields=('matter', 'kind'), name='one_draft_of_a_kind'), models.CheckConstraint(condition=models.Q(('kind__in', ['advance', 'gongshi', 'gonggao', 'feedback', 'correction'])), name='notice_kind_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned', 'published', 'withdrawn'])), name='notice_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'returned']), models.Q(models.Q(('number', ''), _negated=True), ('published_at__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='published_notice_has_number'), models.CheckConstraint(condition=models.Q(models.Q(('first_day__isnull', True), ('last_day__isnull', True)), models.Q(('first_day__isnull', False), ('last_day__gte', models.F('first_day')), ('last_day__isnull', False), ('posted_on__isnull', False), ('posted_on__lt', models.F('first_day'))), _connector='OR'), name='notice_days_in_order'), models.CheckConstraint(condition=models.Q(('posted_on__isnull', True), ('days', 0), ('last_day__isnull', False), _connector='OR'), name='posted_notice_has_days'), models.CheckConstraint(condition=models.Q(('days', 0), ('kind', 'gongshi'), ('state', 'published'), _negated=True), name='gongshi_has_a_period'), models.CheckConstraint(condition=models.Q(('returned_for', ''), ('state', 'returned'), _negated=True), name='returned_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='NoticeSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveIntegerField()),
                ('mark', models.CharField(max_length=20)),
                ('last', models.PositiveIntegerField(default=0)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'year'), name='notice_series_once'), models.UniqueConstraint(fields=('mark', 'year'), name='notice_mark_once')],
            },
        ),
        migrations.CreateModel(
            name='NoticeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='outcomes.notice')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'version'), name='notice_version_once'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('reason', ''), _negated=True), _connector='OR'), name='correction_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent', models.CharField(blank=True, max_length=12)),
                ('grounds', models.TextField()),
                ('at', models.DateTimeField()),
                ('due', models.DateField()),
                ('state', models.CharField(default='open', max_length=10)),
                ('sustained', models.BooleanField(default=False)),
                ('answer', models.TextField(blank=True)),
                ('group', models.BigIntegerField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('appeal', models.TextField(blank=True)),
                ('appealed_at', models.DateTimeField(blank=True, null=True)),
                ('appeal_answer', models.TextField(blank=True)),
                ('appeal_upheld', models.BooleanField(default=False)),
                ('appeal_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('appeal_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('appeal_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('assisted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='outcomes.notice')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'state', 'due'], name='objection_by_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('notice', 'person'), name='one_open_objection_each'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'answered'])), name='objection_state_known'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='answered_objection_has_answer'), models.CheckConstraint(condition=models.Q(('state', 'open'), ('sustained', True), _negated=True), name='sustained_is_answered'), models.CheckConstraint(condition=models.Q(('appealed_at__isnull', True), models.Q(('state', 'answered'), models.Q(('appeal', ''), _negated=True)), _connector='OR'), name='appeal_after_answer'), models.CheckConstraint(condition=models.Q(('appeal_at__isnull', True), models.Q(('appealed_at__isnull', False), models.Q(('appeal_answer', ''), _negated=True)), _connector='OR'), name='appeal_answered_in_words')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('board', models.CharField(max_length=60)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='outcomes.notice')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='discussion.attachment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('notice', 'board'), name='board_once_a_notice')],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(default='note', max_length=10)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='progress', to='outcomes.actionitem')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('photos', models.ManyToManyField(related_name='+', to='discussion.attachment')),
            ],
            options={
                'indexes': [models.Index(fields=['item', 'id'], name='progress_by_item')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'done', 'verified', 'reopened'])), name='progress_kind_known'), models.CheckConstraint(condition=models.Q(('kind', 'reopened'), ('text', ''), _negated=True), name='reopened_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consent', models.CharField(blank=True, max_length=12)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('stars', models.PositiveSmallIntegerField()),
                ('solved', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('assisted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='matters.matter')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'person', 'round'), name='rating_once'), models.CheckConstraint(condition=models.Q(('stars__gte', 1), ('stars__lte', 5)), name='one_to_five_stars')],
            },
        ),
        migrations.CreateModel(
            name='RatingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField()),
                ('solved', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='outcomes.rating')),
            ],
            options={
                'indexes': [models.Index(fields=['rating', 'id'], name='rating_version_by_rating')],
            },
        ),
        migrations.CreateModel(
            name='RatingWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('opened_at', models.DateTimeField()),
                ('until', models.DateField()),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rating_window', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'until'], name='rating_window_by_end')],
            },
        ),
    ]
