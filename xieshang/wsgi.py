"""HTTP in production."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xieshang.settings")
application = get_wsgi_application()
# What the program consists of is never garbage, and requests leave little: the collector need not look so often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
