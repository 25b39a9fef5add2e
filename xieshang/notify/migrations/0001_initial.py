import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from xieshang.lib.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(blank=True, max_length=40)),
                ('url', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField(blank=True)),
                ('count', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages_received', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'read_at', '-id'], name='messages_of_person')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('read_at__isnull', True), models.Q(('number', ''), _negated=True)), fields=('person', 'number'), name='one_unread_message_a_matter')],
            },
        ),
    ]
