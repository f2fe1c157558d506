from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def keep(apps, schema_editor):
    """What stood above its collection was brought so; a question has the class that its conversation has."""
    document = apps.get_model("knowledge", "Document")
    document.objects.filter(data_class__gt=F("collection__data_class")).update(brought_class=F("data_class"))
    conversation = apps.get_model("knowledge", "Conversation").objects.filter(pk=OuterRef("conversation_id"))
    exchanges = apps.get_model("knowledge", "Exchange").objects.all()
    exchanges.update(data_class=Subquery(conversation.values("data_class")))


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0003_classes_rise")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
