from django.db import migrations, models
from django.db.models import F


def received_whole(apps, schema_editor):
    """A claim that was paid before parts were kept, came back whole."""
    apps.get_model("decisions", "Claim").objects.filter(state="paid").update(received=F("amount"))


class Migration(migrations.Migration):

    dependencies = [("decisions", "0014_payment_file")]

    operations = [
        # Back: nothing to do, the column goes with 0014.
        migrations.RunPython(received_whole, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('received', models.F('amount')), _connector='OR'), name='claim_paid_is_received_whole'),
        ),
    ]
