"""The web process."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khue.config.settings")

from khue.gateway import egress  # noqa: E402

# before anything that could open a connection
egress.install()
egress.fence()

import django  # noqa: E402

django.setup(set_prefix=False)

from khue.kernel.asgi import Handler  # noqa: E402

application = Handler()
