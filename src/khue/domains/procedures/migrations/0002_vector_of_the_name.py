import pgvector.django.halfvec
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_procedures_and_channels"), ("knowledge", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="vector",
            field=pgvector.django.halfvec.HalfVectorField(dimensions=384, editable=False, null=True),
        ),
    ]
