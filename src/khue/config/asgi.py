"""The web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")

from khue.gateway import egress  # noqa: E402

# before anything that could open a connection
egress.install()
egress.fence()

from django.core.asgi import get_asgi_application  # noqa: E402

application = get_asgi_application()
