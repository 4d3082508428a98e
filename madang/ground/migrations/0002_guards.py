from django.db import migrations

from madang.ground import guards


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in (*guards.CREATE[vendor], *guards.SEARCH[vendor]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_start")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
