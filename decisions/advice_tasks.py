"""What the outbox asks about advice: a mail to who is asked, or who asked. No case and no person is named in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from grants.kernel.models import User
from grants.kernel.outbox import Finish, nothing_more, outside

SUBJECTS = {"asked": "Een collega vraagt u om advies", "answered": "Er is antwoord op uw vraag om advies"}


@outside("decisions.advice")
def tell(payload: dict[str, Any]) -> Finish:
    user = User.objects.filter(id=payload["user"], is_active=True).exclude(email="").first()
    if user is None:
        return nothing_more
    send_mail(
        subject=SUBJECTS[payload["state"]],
        message=f"{SUBJECTS[payload['state']]}.\n\nLog in op {settings.PUBLIC_URL}/behandelen/adviezen/ om het te lezen.",
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[user.email],
    )
    return nothing_more
