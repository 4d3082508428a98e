"""What was hidden or taken back before files closed with their proposal: its photos and papers close now."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def close(apps: Any, schema_editor: Any) -> None:
    put_to = apps.get_model("proposals", "ProposalFile").objects.filter(proposal__is_public=False).exclude(kind="original")
    gone = put_to.filter(Q(proposal__state="withdrawn") | ~Q(proposal__hidden_reason=""))
    apps.get_model("ground", "StoredFile").objects.filter(pk__in=gone.values("file_id")).update(is_public=False)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_start")]

    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
