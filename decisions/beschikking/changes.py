"""L13, L19 and L20: a grant or settlement that changes, or is taken back (Awb 4:48 to 4:50)."""

from __future__ import annotations

from decimal import Decimal

from decisions.beschikking.case import Case
from decisions.beschikking.parts import Body, _account, _activities, _advances_left, _application, _method, _view, basis, motivation, too_much
from decisions.bibob import GROUND as BIBOB
from decisions.money import is_adverse_change, standing
from decisions.paid import paid_out
from grants.kernel.money import ZERO
from grants.law.formats import euro, long_date
from grants.law.grounds import AFTER_SETTLEMENT, FOR_THE_FUTURE, rests_on
from letters.content import Block, Heading, Paragraph, Table


def amended(case: Case) -> Body:
    """L13: the grant changes, in favour (ASV) or against the recipient (Awb 4:48, 4:50)."""
    before, amount = standing(case.application, case.decision.act), case.decision.amount or ZERO
    if amount == before:
        decided = f"Wij wijzigen de verlening van uw subsidie. Het bedrag blijft {euro(amount)}."
    else:
        decided = f"Wij wijzigen de verlening van uw subsidie. U krijgt nu ten hoogste {euro(amount)}. Eerst was dat {euro(before)}."
    return (
        Paragraph(decided, element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        *_reasons(case, adverse=is_adverse_change(case.application, case.decision.act, amount, case.decision.ground)),
        *((Heading("Vanaf wanneer geldt dit?"), Paragraph(_ahead(case))) if rests_on(case.decision.ground, FOR_THE_FUTURE) else ()),
        Heading("Wat verandert er aan het bedrag?"),
        _difference(before, amount),
        _method(case),
        Paragraph("Voor de rest blijft gelden wat in de verlening staat. Dat geldt ook voor de verplichtingen.", element="obligations"),
        Heading("Wat betekent dit voor het geld?"),
        *_advances_left(case, amount),
        *too_much(case, amount),
    )


def grant_withdrawn(case: Case) -> Body:
    """L19: the grant is taken back as a whole (Awb 4:48, 4:50)."""
    before = standing(case.application, case.decision.act)
    return (
        Paragraph(
            f"Wij trekken de verlening van uw subsidie in. Wij hadden u {euro(before)} verleend. U krijgt geen subsidie meer voor deze activiteit.",
            element="decision amount",
        ),
        Heading("Waarom?"),
        _application(case),
        _activities(case),
        *_reasons(case, adverse=True),
        Heading("Vanaf wanneer geldt dit?"),
        Paragraph(_since(case)),
        Heading("Wat betekent dit voor het geld?"),
        *too_much(case, ZERO),
    )


def settlement_changed(case: Case) -> Body:
    """L20: the settlement changes or is taken back (Awb 4:49)."""
    withdrawn = case.decision.act == "withdraw_settlement"
    before, amount = standing(case.application, case.decision.act), ZERO if withdrawn else case.decision.amount or ZERO
    if withdrawn:
        decided = f"Wij trekken de vaststelling van uw subsidie in. Wij hadden uw subsidie vastgesteld op {euro(before)}. U krijgt geen subsidie meer."
    else:
        decided = f"Wij wijzigen de vaststelling van uw subsidie. Het bedrag is nu {euro(amount)}. Eerst was dat {euro(before)}."
    adverse = withdrawn or is_adverse_change(case.application, case.decision.act, amount, case.decision.ground)
    known = case.application.settled_on
    blocks: list[Block] = [
        Paragraph(decided, element="decision amount"),
        Heading("Waarom?"),
        _application(case),
        _activities(case),
        *_reasons(case, adverse=adverse),
        Heading("Hoe hoog is het bedrag?"),
        _difference(before, amount),
    ]
    if adverse and known is not None:
        breach = case.decision.breach_on if rests_on(case.decision.ground, AFTER_SETTLEMENT) else None
        since = f"nadat een verplichting niet is nagekomen. Dat was op {long_date(breach)}" if breach else "na de vaststelling"
        blocks.append(Paragraph(
            f"Dit geldt vanaf de dag van de vaststelling, {long_date(known)} (artikel 4:49, tweede lid, Awb). Wij zijn nog op tijd: wijzigen in uw nadeel kan "
            f"tot vijf jaar {since} (artikel 4:49, derde lid, Awb).",
        ))
    blocks.append(Heading("Wat betekent dit voor het geld?"))
    rest = amount - paid_out(case.application)
    if rest > 0:
        blocks.append(Paragraph(f"U krijgt nog {euro(rest)} van ons. Wij betalen dat{_account(case)}, binnen zes weken na deze brief.", element="advances"))
    else:
        blocks += too_much(case, amount)
    return tuple(blocks)


def _reasons(case: Case, *, adverse: bool) -> Body:
    """Ground, motivation, weighing, basis and view, in the order in which a reader asks for them."""
    blocks: list[Block] = []
    if case.decision.ground:
        blocks.append(Paragraph(f"De grond is: {case.decision.ground_text or case.decision.ground}.", element="motivation"))
    blocks.append(motivation(case, "Wij hebben hiervoor de feiten en de belangen afgewogen."))
    if case.decision.proportionality.strip():
        blocks.append(Paragraph(f"Wij hebben gekeken of dit niet te zwaar is voor u. {case.decision.proportionality}", element="motivation"))
    blocks.append(basis(case) if adverse else _basis_in_favour(case))
    if case.view is None and not adverse:
        blocks.append(Paragraph("Dit besluit is niet in uw nadeel. Daarom vroegen wij u vooraf niet om een reactie.", element="view"))
    return (*blocks, *_view(case))


def _basis_in_favour(case: Case) -> Paragraph:
    """The articles on withdrawing do not carry a change in favour: the ordinance and the scheme do."""
    return Paragraph(f"Dit besluit rust op {'; '.join(basis.text for basis in case.definition.legal_basis)}.", element="legal_basis")


def _difference(before: Decimal, amount: Decimal) -> Table:
    change = amount - before
    rows = (("Eerst", euro(before)), ("Nu", euro(amount)), ("Verschil", euro(change)))
    return Table("Zo verandert het bedrag", ("Onderdeel", "Bedrag"), rows, numeric=frozenset({1}), element="calculation")


def _since(case: Case) -> str:
    if rests_on(case.decision.ground, FOR_THE_FUTURE):
        return _ahead(case)
    granted = case.application.decided_on
    day = f", {long_date(granted)}" if granted else ""
    if case.decision.ground == BIBOB:
        return f"De intrekking geldt vanaf de dag van de verlening{day}."
    return f"De intrekking werkt terug tot de dag van de verlening{day} (artikel 4:48, tweede lid, Awb)."


def _ahead(case: Case) -> str:
    """From when a decision on 4:50 holds, and that damage can be asked for where the law gives it (Awb 4:50(1), (2))."""
    from_day = long_date(case.decision.takes_effect_on) if case.decision.takes_effect_on else "een dag die nog niet is ingevuld"
    text = f"Dit geldt vanaf {from_day}. Het werkt niet terug. Tot die dag hebt u de tijd om u hierop in te stellen (artikel 4:50, eerste lid, Awb)."
    if case.decision.ground.endswith(("(a)", "(b)")):
        text += " Hebt u schade omdat u op de subsidie rekende en daarom iets deed of niet deed? Vraag ons dan om die te vergoeden (artikel 4:50, tweede lid, Awb)."
    return text
