"""Once per request: files, who acts, what a refusal looks like, and the looser content policy of the page editor."""

import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit, urlunsplit

from asgiref.sync import async_to_sync, iscoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _
from servestatic.middleware import ServeStaticMiddleware

from xieshang.community.queries import actor_for, still_helping
from xieshang.lib.actor import NOBODY, Actor
from xieshang.lib.once import mark_of
from xieshang.lib.refusals import NotAllowed, RuleViolation

from .services import answer_once

Handler = Callable[[HttpRequest], HttpResponse]
EDITOR_PREFIX = "/cms/"
# Where the framework's own middleware looks for a policy that differs; its decorator writes there too.
POLICY_OF_RESPONSE = "_csp_config"


@sync_and_async_middleware
def static_files(get_response: Handler) -> Handler:
    """The library's files. It knows asynchronous requests only: under WSGI that is a thread and a loop for each."""
    if iscoroutinefunction(get_response):
        return ServeStaticMiddleware(get_response)
    files = async_to_sync(ServeStaticMiddleware(sync_to_async(get_response)))

    def handle(request: HttpRequest) -> HttpResponse:
        return (files if request.path_info.startswith(settings.STATIC_URL) else get_response)(request)

    return handle


class ActorMiddleware:
    """Builds the actor of a request, once, from the header's choice of office."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nobody costs no query. What somebody is shown is theirs: no cache that others share keeps it."""
        request.actor = NOBODY
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            request.actor = actor_for(request.user, request.session.get("office"))
            if "helping" in request.session:
                request.actor = self._helping(request)
        response = self.get_response(request)
        if request.actor.person and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def _helping(self, request: HttpRequest) -> Actor:
        """The actor for the neighbour whom this officer helps; after half an hour the officer again."""
        helping = still_helping(request.actor, request.session["helping"], time.time())
        if helping is None:
            del request.session["helping"]
            messages.info(request, _("代办已到时间，现在是您自己。"))
            return request.actor
        return helping


class OnceMiddleware:
    """What a form with a mark is sent for is done once, however often it comes: two presses, a retry, the way back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The second is led where the first was."""
        if not (mark := mark_of(request)):
            return self.get_response(request)

        def again(led_to: str) -> HttpResponse:
            if not request.headers.get("HX-Request"):
                messages.info(request, _("刚才已经收到了，没有再记一遍。"))
            return redirect(led_to)

        return answer_once(mark, lambda: self.get_response(request), again)


class RefusalMiddleware:
    """Turns the product's two refusals into pages, where a view did not answer them better itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 for what is not this office's, 409 for what cannot be now."""
        if isinstance(exception, NotAllowed):
            return render(request, "errors/403.html", {"sentence": exception.sentence}, status=403)
        if isinstance(exception, RuleViolation):
            return render(request, "errors/409.html", {"refusals": exception.refusals}, status=409)
        return None


class AdminContentPolicyMiddleware:
    """The page editor needs inline scripts and styles; nothing else gets them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Loosen the policy for the editor's pages only."""
        response = self.get_response(request)
        if request.path.startswith(EDITOR_PREFIX):
            own = [CSP.SELF, CSP.UNSAFE_INLINE]
            setattr(response, POLICY_OF_RESPONSE, {**settings.SECURE_CSP, "script-src": own, "style-src": own})
        return response


class SignInAgainMiddleware:
    """Whoever's sign-in ran out while they wrote comes back to the page they wrote on, not to where it was sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only what was sent and led to signing in; asking for a page leads there and back by itself."""
        response = self.get_response(request)
        if request.method != "POST" or not _leads_to_sign_in(request, response):
            return response
        if request.headers.get("HX-Request"):
            # The page stays as it is with what was written; static/js/fail.js says why.
            return HttpResponse(status=403)
        messages.warning(request, _("登录已过期，刚才那一步还没有办。请重新登录，再办一次。"))
        return redirect_to_login(_page_of(request), settings.LOGIN_URL)


def _leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Only the guard of a page names as the way back the very address it guards."""
    if response.status_code != HTTPStatus.FOUND or "?" not in response["Location"]:
        return False
    to = urlsplit(response["Location"])
    return to.path == resolve_url(settings.LOGIN_URL) and parse_qs(to.query).get("next") == [request.get_full_path()]


def _page_of(request: HttpRequest) -> str:
    """The page of this site from which something was sent; else the first page."""
    came = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", came.path, came.query, "")) if came.netloc == request.get_host() else "/"
