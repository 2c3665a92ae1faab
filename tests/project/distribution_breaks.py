"""How each constraint of a division and of its scores is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

from decisions.models import Draw, DrawEntry, Score, ScoreSheet


def draw_of(life, **values):
    """A division in proportion that is whole but for `values`."""
    given = {
        "ceiling_id": life.case.ceiling_id, "method": "pro_rata_same_day", "state": "made", "day": "2026-03-02", "remaining": Decimal(10),
        "minimum": Decimal(0), "announced_by": life.signer.user, "announced_on": "2026-03-03", "made_by": life.signer.user, "made_on": "2026-03-03",
    }
    return Draw.objects.create(**{**given, **values})


def lottery_of(life, **values):
    return draw_of(life, **{"method": "lottery_same_day", "secret": "x", "commitment": "x", "word": "x", "witnesses": "x", **values})


def entry_of(life, draw=None, **values):
    first, second = life.case.chain.events.order_by("position")[:2]
    given = {"application": life.case, "listed_event": first, "ranked_event": second, "asked": Decimal(10), "share": Decimal(5)}
    return DrawEntry.objects.create(draw=draw or draw_of(life), **{**given, **values})


def two_at_one_rank(life):
    other = life.__class__(life.plan)
    other.draft()
    draw = draw_of(life)
    for case in (life.case, other.case):
        entry_of(life, draw, application=case, rank=1)


def sheet_of(life, **values):
    return ScoreSheet.objects.create(application=life.case, assessor=life.handler.user, **values)


def score_of(life, sheet=None, **values):
    return Score.objects.create(sheet=sheet or sheet_of(life), **{"criterion": "x", "points": Decimal(1), "reason": "x", **values})


def twice(life, make, holder):
    held = holder(life)
    return [make(life, held) for _ in "ab"]


DISTRIBUTION_BREAKS = {
    "draw_known_state": lambda life: draw_of(life, state="kwijt"),
    "draw_known_method": lambda life: draw_of(life, method="dobbelen"),
    "one_live_draw_per_ceiling_and_day": lambda life: [draw_of(life) for _ in "ab"],
    "draw_amounts_not_negative": lambda life: draw_of(life, remaining=Decimal("-0.01")),
    "draw_by_lot_was_fixed_before": lambda life: lottery_of(life, commitment=""),
    "draw_made_after_its_day": lambda life: draw_of(life, day="2026-03-03"),
    "draw_by_lot_has_witnesses": lambda life: lottery_of(life, witnesses=""),
    "draw_void_has_a_reason": lambda life: draw_of(life, state="void", voided_by=life.signer.user),
    "draw_entry_once": lambda life: twice(life, entry_of, draw_of),
    "draw_rank_once": two_at_one_rank,
    "draw_entry_asks_something": lambda life: entry_of(life, asked=Decimal(0), share=Decimal(0)),
    "draw_share_within_what_was_asked": lambda life: entry_of(life, share=Decimal("10.01")),
    "draw_refused_has_no_share_and_no_rank": lambda life: entry_of(life, refusal="te klein"),
    "draw_outcome_has_its_event": lambda life: entry_of(life, ranked_event=None),
    "score_sheet_once_per_assessor": lambda life: [sheet_of(life) for _ in "ab"],
    "score_sheet_handed_in_has_its_event": lambda life: sheet_of(life, handed_in_on="2026-03-03"),
    "score_once_per_criterion": lambda life: twice(life, score_of, sheet_of),
    "score_not_negative": lambda life: score_of(life, points=Decimal("-0.01")),
    "score_has_a_reason": lambda life: score_of(life, reason=""),
}
