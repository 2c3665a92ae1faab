import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402

from grants.project.signin import check_open  # noqa: E402

check_open(settings.SIGN_IN_ENTRIES, settings.VERLEEND_DEMO)
