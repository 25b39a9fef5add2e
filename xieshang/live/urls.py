"""Where the socket is mounted, and from where it may be opened."""

from channels.auth import AuthMiddlewareStack
from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from .consumers import PageConsumer

sockets = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([path("ws/", PageConsumer.as_asgi())])))
