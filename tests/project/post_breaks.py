"""How each constraint of the post and of what carries it is tried to be broken."""

from __future__ import annotations

from datetime import timedelta

from applicants.models import ChannelConsent
from grants.kernel import clock
from grants.kernel.models import OutboxMessage
from letters.models import Dispatch, Letter, Notice, NoticeStep, PaperBatch, PaperLine, SecondSending


def message_of(**values):
    return OutboxMessage.objects.create(**{"topic": "x", "key": "x", **values})


def notice_of(life, **values):
    """The notice of a letter of this case, with something changed."""
    notice = Notice.objects.filter(dispatch__letter__chain=life.case.chain).first()
    for name, value in values.items():
        Notice.objects.filter(pk=notice.pk).update(**{name: value})
    return notice


def again_with(life, **values):
    """A second notice beside the first, on a dispatch that had none."""
    first = Notice.objects.filter(dispatch__letter__chain=life.case.chain).first()
    event = life.case.chain.events.order_by("-position").first()
    letter = first.dispatch.letter
    dispatch = Dispatch.objects.create(letter=letter, event=event, channel="portal", sent_on=clock.today(), sent_at=clock.now())
    moment = clock.now()
    return Notice.objects.create(dispatch=dispatch, **{"placed_at": moment, "due_at": moment + Notice.TERM, "try_until": moment, **values})


def step_of(life, number=90, **values):
    return NoticeStep.objects.create(notice=notice_of(life), **{"number": number, "round": 1, "kind": "accepted", "at": clock.now(), **values})


def batch_of(life, **values):
    given = {"reference": f"POST-{PaperBatch.objects.count()}", "day": clock.today(), "made_by": life.handler.user, "made_at": clock.now()}
    return PaperBatch.objects.create(**{**given, **values})


def line_of(life, batch=None, **values):
    given = {"number": 1, "letter": Letter.objects.filter(chain=life.case.chain).first(), "addressee": ["A"]}
    return PaperLine.objects.create(batch=batch or batch_of(life), **{**given, **values})


def second_of(life, **values):
    given = {"addressee": ["A"], "reason": "kwam niet aan", "asked_by": life.handler.user, "asked_at": clock.now()}
    return SecondSending.objects.create(letter=Letter.objects.filter(chain=life.case.chain, state="sent").first(), **{**given, **values})


def in_one_pile_twice(life):
    batch = batch_of(life)
    other = Letter.objects.filter(chain=life.case.chain).last()
    line_of(life, batch), line_of(life, batch, letter=other)


def dispatch_of(life):
    return Dispatch.objects.filter(letter__chain=life.case.chain).first()


def choice_of(life, **values):
    given = {"digital": True, "how": "website", "at": clock.now(), "noted_by": life.asker.user, "words_version": "x"}
    return ChannelConsent.objects.create(applicant=life.case.applicant, **{**given, **values})


POST_BREAKS = {
    "channel_choice_known_how": lambda life: choice_of(life, how="duif", note="x"),
    "channel_choice_noted_with_its_proof": lambda life: choice_of(life, how="phone"),
    "outbox_done_is_not_dead": lambda life: message_of(done_at=clock.now(), dead_at=clock.now(), reason="x"),
    "outbox_dead_says_why": lambda life: message_of(dead_at=clock.now()),
    "notice_known_state": lambda life: notice_of(life, state="kwijt"),
    "notice_term_after_placement": lambda life: again_with(life, due_at=clock.now() - timedelta(days=1)),
    "notice_sent_has_its_moment": lambda life: again_with(life, state="sent"),
    "notice_step_once_per_number": lambda life: [step_of(life) for _ in "ab"],
    "notice_step_known_kind": lambda life: step_of(life, kind="duif"),
    "notice_step_of_a_person_says_why": lambda life: step_of(life, kind="phone", by=life.handler.user),
    "paper_batch_known_state": lambda life: batch_of(life, state="kwijt"),
    "paper_batch_made_has_a_file": lambda life: batch_of(life, state="ready"),
    "paper_batch_confirmed_by_a_person": lambda life: batch_of(life, state="confirmed", file_sha256="0" * 64),
    "paper_batch_withdrawn_with_a_reason": lambda life: batch_of(life, state="withdrawn"),
    "paper_line_once_per_place": in_one_pile_twice,
    "letter_in_one_open_pile": lambda life: [line_of(life) for _ in "ab"],
    "paper_line_posted_is_settled": lambda life: line_of(life, dispatch=dispatch_of(life)),
    "paper_line_left_out_says_why": lambda life: line_of(life, live=False),
    "one_waiting_second_sending_per_letter": lambda life: [second_of(life) for _ in "ab"],
    "second_sending_has_a_reason": lambda life: second_of(life, reason=""),
    "second_sending_dropped_with_a_reason": lambda life: second_of(life, dropped_at=clock.now(), dropped_by=life.handler.user),
}
