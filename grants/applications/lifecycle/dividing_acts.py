"""Acts on a case when a ceiling is divided: on the list, ranked, the list void, and the points of an assessor.

None has legal effect of its own: the decision on the case has.
"""

from __future__ import annotations

from django_fsm import transition

from grants.applications.lifecycle import division_guards as dg
from grants.applications.lifecycle import guards as g
from grants.applications.lifecycle.acts import described as act
from grants.applications.statuses import UNDECIDED
from grants.kernel.roles import Role as R

DIVIDERS = (R.CASE_HANDLER, R.MANDATE_HOLDER)
ASSESSORS = (R.CASE_HANDLER, R.REVIEWER)


class DividingActs:
    """A part of the lifecycle; `status` is its field."""

    @transition("status", UNDECIDED, None, **act("T60", "Rangschikken bij de verdeling", *DIVIDERS, article="4:25, 4:26 Awb",
        guards=(dg.stands_in_a_division,), hidden=True))
    def rank_in_draw(self) -> None: ...

    @transition("status", UNDECIDED, None, **act("T70", "Op de lijst van een verdeling zetten", *DIVIDERS, article="4:26 Awb",
        guards=(dg.stands_in_a_division,), hidden=True))
    def list_for_draw(self) -> None:
        """The list is closed and the secret of the draw is fixed: the event holds its digest before anybody knows the outcome."""

    @transition("status", UNDECIDED, None, **act("T71", "Verdeling laten vervallen", R.MANDATE_HOLDER, article="4:26 Awb",
        guards=(dg.stands_in_a_division, g.reason_given), hidden=True))
    def void_draw(self) -> None: ...

    @transition("status", UNDECIDED, None, **act("T72", "Punten inleveren", *ASSESSORS, article="4:26 Awb",
        guards=(dg.scores_are_whole, g.no_interest), hidden=True))
    def hand_in_scores(self) -> None: ...
