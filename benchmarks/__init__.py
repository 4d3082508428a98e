"""How fast Madang is: seeded synthetic towns of three sizes, one question a file, results written down with date and machine.

python -m benchmarks                      all sizes on SQLite, and on PostgreSQL when DATABASE_URL is given; writes RESULTS.md
python -m benchmarks --sizes 1000 --seconds 2 --only pages --out -

Each bench_<question>.py has run(place) -> list of rows. Compare numbers within one run only: machines differ and are shared."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
