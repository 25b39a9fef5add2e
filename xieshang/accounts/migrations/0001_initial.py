import django.db.models.deletion
import xieshang.accounts.models
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('handle', models.CharField(default=xieshang.accounts.models.new_handle, max_length=20, unique=True)),
                ('phone', models.CharField(blank=True, max_length=16, null=True)),
                ('phone_verified', models.BooleanField(default=False)),
                ('shares_phone', models.BooleanField(default=False)),
                ('nickname', models.CharField(blank=True, max_length=20)),
                ('real_name', models.CharField(blank=True, max_length=40)),
                ('minor_until', models.DateField(blank=True, null=True)),
                ('elder', models.BooleanField(default=False)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'indexes': [models.Index(fields=['phone'], name='person_by_phone')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('shares_phone', False)), fields=('phone',), name='one_person_per_phone'), models.CheckConstraint(condition=models.Q(('shares_phone', False), ('phone__isnull', False), _connector='OR'), name='sharing_needs_a_phone')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20)),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'version'), name='consent_once_a_version')],
            },
        ),
    ]
