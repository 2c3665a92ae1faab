"""Which view counts for a decision: what somebody said goes before a note that nobody had to be asked."""

from __future__ import annotations

from django.db.models import Max

from decisions.models import Beschikking, View
from grants.applications.models import Application


def view_for(application: Application, act: str, noted: View | None = None) -> View | None:
    """The view on this decision: one that was heard, else the newest record, or None. `noted` stands for a note that is not stored yet.

    A view that was heard for an earlier decision of the same kind is not about this one.
    """
    views = View.objects.filter(application=application, about=act)
    earlier = Beschikking.objects.filter(application=application, act=act, state=Beschikking.State.SENT).aggregate(last=Max("sent_event__position"))["last"]
    heard = views.filter(received_on__isnull=False)
    if earlier is not None:
        heard = heard.exclude(event__position__lt=earlier)
    return heard.order_by("-id").first() or noted or views.order_by("-id").first()
