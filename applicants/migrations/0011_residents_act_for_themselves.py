from django.db import migrations


def act_for_themselves(apps, schema_editor):
    """Somebody who acts for a resident and is no authorised third party is that resident; of one account the first only."""
    rows = apps.get_model("applicants", "Representation").objects
    residents = rows.filter(applicant__type="natuurlijk_persoon", is_authorised_third_party=False, ended_on__isnull=True).order_by("id")
    seen = set()
    for row in residents.filter(kind="colleague").iterator():
        if row.user_id not in seen:
            rows.filter(pk=row.pk).update(kind="self")
        seen.add(row.user_id)
    rows.filter(is_authorised_third_party=True).update(kind="third_party")


class Migration(migrations.Migration):
    dependencies = [("applicants", "0010_who_asks")]

    # The way back is the column that 0010 takes away.
    operations = [migrations.RunPython(act_for_themselves, migrations.RunPython.noop)]
