"""The proof that a payment file is what was released, and that an order went to the bank by one file at most."""

from __future__ import annotations

from collections.abc import Iterator

from decisions.models import PaymentBatch, PaymentLine
from decisions.models.batching import BatchState
from decisions.models.paying import MONEY_OUT
from grants.kernel import audit
from grants.kernel.audit import Finding


def register() -> None:
    audit.register(files_are_as_released)
    audit.register(orders_in_a_file_are_with_the_bank)


def files_are_as_released() -> Iterator[Finding]:
    for batch in PaymentBatch.objects.filter(state=BatchState.RELEASED).order_by("made_at").iterator(chunk_size=50):
        if not batch.is_as_released:
            yield Finding(f"betaalbestand {batch.reference}", "het bestand is niet meer zoals het is vrijgegeven")


def orders_in_a_file_are_with_the_bank() -> Iterator[Finding]:
    astray = PaymentLine.objects.filter(live=True, batch__state=BatchState.RELEASED).exclude(order__state__in=MONEY_OUT)
    for line in astray.select_related("order").order_by("reference").iterator(chunk_size=500):
        yield Finding(f"betaling {line.reference}", f"staat in een vrijgegeven bestand, maar is '{line.order.state}'")
