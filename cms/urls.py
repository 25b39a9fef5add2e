"""Doors of the public site beside its pages. Mounted before the page editor, whose own sign-in it stands in for."""

from django.urls import path, re_path
from wagtail.contrib.sitemaps.views import sitemap

from . import views

app_name = "cms"
urlpatterns = [
    path("", views.first_page),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("suggestions/send/<int:community_id>/", views.suggest, name="suggest"),
    path("suggestions/<int:suggestion_id>/", views.answer, name="answer"),
    path("p/<int:page_id>/", views.short, name="short"),
    path("p/<int:page_id>/qr.svg", views.qr, name="qr"),
    path("cms/login/", views.sign_in, name="sign_in"),
    path("_util/login/", views.sign_in),
    path("cms/account/", views.account, name="account"),
    re_path(r"^media/images/(?P<name>[\w\-.]{1,200})$", views.picture, name="picture"),
]
