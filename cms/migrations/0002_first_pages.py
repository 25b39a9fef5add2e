"""The library's own first page gives way to ours."""

from django.db import migrations


def make_home(apps, editor):
    """Make the home page and let the site begin there."""
    content_type = apps.get_model("contenttypes", "ContentType")
    page = apps.get_model("wagtailcore", "Page")
    site = apps.get_model("wagtailcore", "Site")
    home_page = apps.get_model("cms", "HomePage")
    locale = apps.get_model("wagtailcore", "Locale").objects.first()
    page.objects.filter(depth__gt=1).delete()
    page.objects.filter(depth=1).update(numchild=1)
    kind, _made = content_type.objects.get_or_create(model="homepage", app_label="cms")
    home = home_page.objects.create(
        title="首页",
        draft_title="首页",
        slug="home",
        content_type=kind,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=locale,
    )
    site.objects.all().delete()
    site.objects.create(hostname="localhost", site_name="协商", root_page=home, is_default_site=True)


class Migration(migrations.Migration):
    """Not reversible: the library's page held nothing."""

    dependencies = [("cms", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(make_home, migrations.RunPython.noop)]
