import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    # Not needed by any table of ours, but the libraries' hundred small steps redraw every model known so far: theirs
    # come first, ours after.
    dependencies = [
        ('accounts', '__first__'),
        ('account', '0009_emailaddress_unique_primary_email'),
        ('admin', '0003_logentry_add_action_flag_choices'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('kind', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=40)),
                ('short_name', models.CharField(blank=True, max_length=12)),
                ('label', models.CharField(blank=True, max_length=120)),
                ('area_centi', models.BigIntegerField(blank=True, null=True)),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'kind'], name='place_by_community')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['district', 'street', 'township', 'community', 'village', 'compound', 'group', 'building', 'stairwell', 'unit'])), name='place_kind_known'), models.CheckConstraint(condition=models.Q(('area_centi__isnull', True), ('area_centi__gt', 0), _connector='OR'), name='place_area_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('name', models.CharField(max_length=60)),
                ('short_name', models.CharField(max_length=20)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='community.body')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'name'), name='body_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['party_org', 'residents_committee', 'villagers_committee', 'supervision_committee', 'homeowners_committee', 'property_management_committee', 'property_company', 'street_office', 'district_office', 'stationed_unit', 'social_organisation'])), name='body_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=24)),
                ('starts', models.DateField()),
                ('ends', models.DateField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='community.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'role'], name='office_by_body')],
                'constraints': [models.UniqueConstraint(fields=('person', 'body', 'role', 'starts'), name='office_once'), models.CheckConstraint(condition=models.Q(('role__in', ['party_secretary', 'party_member', 'committee_chair', 'committee_member', 'grid_worker', 'owners_chair', 'owners_member', 'property_manager', 'property_staff', 'street_officer', 'district_officer', 'supervisor', 'unit_representative'])), name='office_role_known'), models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='office_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='household', to='community.place')),
            ],
        ),
        migrations.CreateModel(
            name='GridCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grid_cells', to='community.place')),
                ('places', models.ManyToManyField(related_name='cells', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='grid_cell_once')],
            },
        ),
        migrations.CreateModel(
            name='PropertyArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='property_areas', to='community.place')),
                ('places', models.ManyToManyField(related_name='areas', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('community', 'name'), name='property_area_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisteredResident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('phone', models.CharField(blank=True, max_length=16)),
                ('minor_until', models.DateField(blank=True, null=True)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='registered', to='community.household')),
            ],
            options={
                'indexes': [models.Index(fields=['phone'], name='registered_by_phone')],
                'constraints': [models.UniqueConstraint(fields=('household', 'name'), name='registered_once_a_household')],
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('by_register', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.place')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_in', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.office')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='community.place')),
            ],
            options={
                'indexes': [models.Index(fields=['community', 'state', 'id'], name='residence_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'confirmed'])), fields=('person', 'unit'), name='one_living_residence'), models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'confirmed', 'returned', 'ended'])), name='residence_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['owner', 'family', 'tenant'])), name='residence_kind_known'), models.CheckConstraint(condition=models.Q(('by_register', True), ('kind', 'owner'), _negated=True), name='register_confirms_no_owner'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='residence_returned_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='RuleSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('effective_from', models.DateField()),
                ('values', models.JSONField(default=dict)),
                ('source', models.CharField(max_length=200)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rule_sets', to='community.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'kind', 'effective_from'), name='rule_set_once_a_day')],
            },
        ),
    ]
