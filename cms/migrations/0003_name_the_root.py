"""The root of all pages, which the editor names above a community's pages, is called so in Chinese."""

from django.db import migrations


def name_root(apps, editor):
    """Give it a name that editors read."""
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1).update(title="全部页面", draft_title="全部页面")


class Migration(migrations.Migration):
    """Going back leaves the name: it is only shown."""

    dependencies = [("cms", "0002_first_pages")]
    operations = [migrations.RunPython(name_root, migrations.RunPython.noop)]
