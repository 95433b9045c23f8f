"""WSGI entry point: what ``ekspora serve`` runs, since every view is synchronous."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekspora.settings")
application = get_wsgi_application()
