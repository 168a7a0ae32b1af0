"""Times django-helpdesk taking in an IMAP inbox; runs in an environment of its own (see testbed.peer_python).

Usage: peer_django_helpdesk.py HOST PORT USER PASSWORD FOLDER. Prints one JSON object.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from pathlib import Path

APPS = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "rest_framework",
    "helpdesk",
)
PROCESSORS = ("request", "auth")


def configure(folder: Path) -> None:
    from django.conf import settings

    (folder / "bench_urls.py").write_text(
        "from django.urls import include, path\n"
        "urlpatterns = [path('', include('helpdesk.urls', namespace='helpdesk'))]\n"
    )
    sys.path.insert(0, str(folder))
    templates = {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "db.sqlite3"),
            }
        },
        INSTALLED_APPS=list(APPS),
        SITE_ID=1,
        USE_TZ=True,
        SECRET_KEY="measured",
        ROOT_URLCONF="bench_urls",
        MEDIA_ROOT=str(folder / "media"),
        MEDIA_URL="/media/",
        STATIC_URL="/static/",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_ENABLE_DEPENDENCIES_ON_TICKET=True,
        TEMPLATES=[templates],
        LOGGING_CONFIG=None,
    )


def main() -> None:
    host, port, user, password, folder = sys.argv[1:6]
    configure(Path(folder))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    import helpdesk.email
    from helpdesk.models import FollowUp, Queue, Ticket

    queue = Queue.objects.create(
        title="q",
        slug="q",
        email_address="support@example.com",
        allow_email_submission=True,
        email_box_type="imap",
        email_box_host=host,
        email_box_port=int(port),
        email_box_user=user,
        email_box_pass=password,
        email_box_imap_folder="INBOX",
        email_box_interval=0,
    )
    logger = logging.getLogger("quiet")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    started = time.perf_counter()
    helpdesk.email.process_queue(queue, logger)
    seconds = time.perf_counter() - started
    print(
        json.dumps(
            {
                "seconds": seconds,
                "tickets": Ticket.objects.count(),
                "mails": FollowUp.objects.count(),
            }
        )
    )


if __name__ == "__main__":
    main()
