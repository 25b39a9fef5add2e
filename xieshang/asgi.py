"""WebSockets in production; HTTP and WebSockets in the demo."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xieshang.settings")
http = get_asgi_application()

# The framework must be set up before anything that touches models is imported.
from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from xieshang.live.urls import sockets  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": sockets})
if settings.DEMO:
    from xieshang.demo.services import with_ticking

    application = with_ticking(application)
