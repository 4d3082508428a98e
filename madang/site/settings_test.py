"""Settings for the tests: fast hashes, jobs at once, no files outside a temporary folder."""

import os
import tempfile

os.environ.setdefault("MADANG_DEMO", "1")
os.environ.setdefault("MADANG_VAR", tempfile.mkdtemp(prefix="madang-test-"))
os.environ.setdefault("MADANG_SQLITE_SYNC", "OFF")

from madang.site.settings import *  # noqa: F403
from madang.site.settings import DATABASES, HUEY, INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.fixtures.surveys"]  # the newcomer's step kind of docs/howto/add-a-step.md
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HUEY = {**HUEY, "huey_class": "huey.MemoryHuey", "connection": {}, "immediate": True}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"] = {}
else:
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["MADANG_VAR"], "test.sqlite3")}
