"""Many rows into a table at once: COPY on PostgreSQL, executemany on SQLite. For synthetic towns only: the site writes by verbs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def pour(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Writes rows of field values in the order of `names` (attribute names such as `place_id`), primary keys included."""
    fields = [next(f for f in model._meta.concrete_fields if name in (f.name, f.attname)) for name in names]
    table, columns = connection.ops.quote_name(model._meta.db_table), ", ".join(connection.ops.quote_name(f.column) for f in fields)
    stored = (tuple(f.get_db_prep_save(v, connection) for f, v in zip(fields, row, strict=True)) for row in rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in stored:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", stored)


def after_pouring(*models: type[Model]) -> None:
    """Sequences go on where the poured keys end, and PostgreSQL's planner learns what is there, as its own cleaner would see to.

    SQLite is left as an installation has it, where nobody runs ANALYZE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                table = model._meta.db_table
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE((SELECT max(id) FROM {table}), 1))")
            cursor.execute("VACUUM ANALYZE")
