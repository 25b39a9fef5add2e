"""Doors for signing in and for one's own details. The library's e-mail pages are left out: nobody here needs one."""

from allauth.account import views as library
from django.urls import include, path
from django.views.generic import RedirectView

from . import views

own = [
    path("", views.me, name="me"),
    path("login/password/", views.by_password, name="by_password"),
    path("login/which/", views.which, name="which"),
    path("welcome/", views.welcome, name="welcome"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/agree/", views.agree, name="agree"),
    path("privacy/withdraw/", views.withdraw, name="withdraw"),
    path("name/", views.rename, name="rename"),
    path("known/", views.known, name="known"),
    path("known/export/", views.export, name="export"),
    path("close/", views.close, name="close"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("login/", library.login, name="account_login"),
    path(
        "login/code/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="account_request_login_code",
    ),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("signup/", views.first_visit, name="account_signup"),
    path("logout/", library.logout, name="account_logout"),
    path("inactive/", library.account_inactive, name="account_inactive"),
    path("password/set/", library.password_set, name="account_set_password"),
    path("password/change/", library.password_change, name="account_change_password"),
    path("phone/change/", library.change_phone, name="account_change_phone"),
    path("phone/verify/", views.confirm_number, name="account_verify_phone"),
]
