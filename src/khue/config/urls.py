"""Every domain's addresses in one place."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from khue.kernel.health import health

# domain → prefix; a domain joins when its urls.py exists
MOUNTS = [
    ("khue.ui.urls", ""),
    ("khue.domains.people.urls", ""),
    ("khue.domains.stewardship.urls", "govern/"),
    ("khue.domains.stewardship.urls.budgets", "govern/budgets/"),
    ("khue.domains.stewardship.urls.keys", ""),
    ("khue.domains.stewardship.urls.v1", "v1/"),
    ("khue.domains.knowledge.urls", "work/"),
    ("khue.domains.procedures.urls", "work/"),
    ("khue.domains.analysis.urls", "work/data/"),
    ("khue.domains.drafting.urls", "work/drafts/"),
    ("khue.domains.synthesis.urls", "work/reports/"),
    ("khue.domains.assistants.urls", "work/assistants/"),
    ("khue.domains.assistants.addresses", ""),
    ("khue.domains.prototypes.urls", "work/prototypes/"),
    ("khue.domains.prototypes.addresses", ""),
    ("khue.domains.academy.urls", "learn/"),
    ("khue.domains.academy.addresses", ""),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for module, prefix in MOUNTS if find_spec(module)
]
urlpatterns += [path("healthz", health, name="health")]
