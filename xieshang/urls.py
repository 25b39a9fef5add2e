"""Where everything is mounted, and nothing else. The catch-all of the public site comes last."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", admin.site.urls),
    # Before others, which are tried one by one: hundreds may cast in one second.
    path("", include("xieshang.voting.urls")),
    path("", include("cms.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("account/", include("xieshang.accounts.urls")),
    path("", include("xieshang.community.urls")),
    path("", include("xieshang.matters.urls")),
    path("", include("xieshang.discussion.urls")),
    path("", include("xieshang.outcomes.urls")),
    path("", include("xieshang.meetings.urls")),
    path("", include("xieshang.coordination.urls")),
    path("", include("xieshang.topics.urls")),
    path("", include("xieshang.home.urls")),
    *([path("", include("xieshang.demo.urls"))] if "xieshang.demo" in settings.INSTALLED_APPS else []),
    path("", include(wagtail_urls)),
]
