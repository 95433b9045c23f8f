"""WSGI entry point: what ``ekspora serve`` runs, since every view is synchronous."""

import os

from django.core.wsgi import get_wsgi_application

from ekspora.cli.processes import follow_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekspora.settings")
follow_parent()
application = get_wsgi_application()
