"""The state of every case in SQL, for both databases: so that a million cases are counted where they are stored.

Cases whose history needs judging (a correction, a withdrawn or changed settlement) are left out here; those few are
read in Python by `state`. `STATE` gives one row a case: `chain_id`, the labels, `received_on`, `granted_on`, `decided_on`,
`settled_on`, `is_open`, and amounts in whole cents.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from grants.figures.counting.state import AsOf
from grants.figures.definition import Filter
from grants.kernel.models import Event

ODD = ("herroeping", "vaststelling_ingetrokken", "vaststelling_gewijzigd")
"""Codes that make a history one to judge in Python."""

Sql = tuple[str, list[Any]]

_KNOWN = """
known AS (
  SELECT e.chain_id, e.register_code AS code, e.valid_on, e.known_at, {text_id} AS sid,
         CAST(ROUND(e.amount * 100) AS {whole}) AS cents,
         e.bundle, e.scheme_code, e.subsidy_form, e.goals, e.area_code, e.municipality_code, e.applicant_type, e.received_on
  FROM kernel_event e
  WHERE e.known_at < %s AND e.register_code <> ''{narrow}
),
odd AS (SELECT DISTINCT chain_id FROM known WHERE code IN ('herroeping', 'vaststelling_ingetrokken', 'vaststelling_gewijzigd')),
ranked AS (
  SELECT k.*,
    CASE WHEN k.valid_on < %s THEN 1 ELSE 0 END AS valid,
    ROW_NUMBER() OVER (PARTITION BY k.chain_id ORDER BY k.known_at DESC, k.sid DESC) AS newest,
    SUM(CASE WHEN k.valid_on < %s AND k.code = 'verlening_ingetrokken' THEN 1 ELSE 0 END) OVER later AS withdrawn,
    SUM(CASE WHEN k.valid_on < %s AND k.cents IS NOT NULL AND k.code IN ('verleend', 'direct_vastgesteld', 'verlening_gewijzigd')
        THEN 1 ELSE 0 END) OVER later AS amounts,
    SUM(CASE WHEN k.valid_on < %s AND k.cents IS NOT NULL AND k.code IN ('vastgesteld', 'direct_vastgesteld')
        THEN 1 ELSE 0 END) OVER later AS settlements,
    SUM(CASE WHEN k.valid_on < %s AND k.cents IS NOT NULL AND k.code = 'aanvraag_ontvangen' THEN 1 ELSE 0 END) OVER later AS requests
  FROM known k WHERE k.chain_id NOT IN (SELECT chain_id FROM odd)
  WINDOW later AS (PARTITION BY k.chain_id ORDER BY k.valid_on DESC, k.known_at DESC, k.sid DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
folded AS (
  SELECT chain_id,
    MAX(CASE WHEN newest = 1 THEN bundle END) AS bundle,
    MAX(CASE WHEN newest = 1 THEN scheme_code END) AS scheme,
    MAX(CASE WHEN newest = 1 THEN subsidy_form END) AS form,
    MAX(CASE WHEN newest = 1 THEN goals END) AS goals,
    MAX(CASE WHEN newest = 1 THEN area_code END) AS area,
    MAX(CASE WHEN newest = 1 THEN municipality_code END) AS municipality,
    MAX(CASE WHEN newest = 1 THEN applicant_type END) AS applicant_type,
    MAX(CASE WHEN newest = 1 THEN received_on END) AS received_label,
    MAX(CASE WHEN code <> 'concept' THEN 1 ELSE 0 END) AS is_real,
    MIN(CASE WHEN valid = 1 AND code IN ('verleend', 'direct_vastgesteld'){net} THEN valid_on END) AS granted_on,
    MIN(CASE WHEN valid = 1 AND code IN ('verleend', 'direct_vastgesteld', 'afgewezen', 'buiten_behandeling') THEN valid_on END) AS decided_on,
    MAX(CASE WHEN valid = 1 AND code IN ('vastgesteld', 'direct_vastgesteld') THEN valid_on END) AS settled_on,
    MAX(CASE WHEN valid = 1 AND code IN ('verleend', 'direct_vastgesteld', 'afgewezen', 'buiten_behandeling', 'aanvraag_ingetrokken')
        THEN 1 ELSE 0 END) AS is_done,
    COALESCE(MAX(CASE WHEN valid = 1 AND amounts = 1 AND cents IS NOT NULL
        AND code IN ('verleend', 'direct_vastgesteld', 'verlening_gewijzigd') THEN cents END), 0) AS granted,
    COALESCE(MAX(CASE WHEN valid = 1 AND settlements = 1 AND cents IS NOT NULL
        AND code IN ('vastgesteld', 'direct_vastgesteld') THEN cents END), 0) AS settled,
    COALESCE(MAX(CASE WHEN valid = 1 AND requests = 1 AND cents IS NOT NULL AND code = 'aanvraag_ontvangen' THEN cents END), 0) AS requested
  FROM ranked GROUP BY chain_id
),
state AS (
  SELECT f.*,
    CASE WHEN is_real = 1 AND received_label < %s THEN received_label END AS received_on,
    CASE WHEN is_real = 1 AND received_label < %s AND is_done = 0 THEN 1 ELSE 0 END AS is_open
  FROM folded f
)
"""


def state(asof: AsOf, wanted: Filter) -> Sql:
    """`WITH ... state`: put a SELECT from `state` behind it. Only cases that ever had one of the wanted bundles or schemes."""
    narrow, narrowing = _narrowed(wanted)
    known_at = connection.ops.adapt_datetimefield_value(asof.known_at)
    day = asof.reference_date.isoformat()
    sql = _KNOWN.format(
        text_id=_text_id(),
        whole="INTEGER" if connection.vendor == "sqlite" else "BIGINT",
        narrow=narrow,
        net="" if asof.gross else " AND withdrawn = 0",
    )
    return f"WITH {sql}", [known_at, *narrowing(known_at), *[day] * 7]


def odd_chains(asof: AsOf, wanted: Filter) -> Any:
    """The chains that `state` leaves out."""
    found = Event.objects.filter(register_code__in=ODD, known_at__lt=asof.known_at)
    if wanted.bundles or wanted.schemes:
        mine = Event.objects.filter(known_at__lt=asof.known_at).exclude(register_code="")
        mine = mine.filter(bundle__in=wanted.bundles) if wanted.bundles else mine
        mine = mine.filter(scheme_code__in=wanted.schemes) if wanted.schemes else mine
        found = found.filter(chain_id__in=mine.values("chain_id"))
    return found.values("chain_id")


def condition(wanted: Filter, prefix: str = "") -> Sql:
    """The filter as a condition on a row of `state`; `1 = 1` when it asks nothing."""
    parts: list[str] = []
    values: list[Any] = []
    for column, options in (
        ("bundle", wanted.bundles), ("scheme", wanted.schemes), ("form", wanted.forms), ("area", wanted.areas),
        ("municipality", wanted.municipalities), ("applicant_type", wanted.applicant_types),
    ):
        if options:
            parts.append(f"{prefix}{column} IN ({_marks(options)})")
            values += options
    if wanted.goals:
        parts.append("(" + " OR ".join(f"'|' || {prefix}goals || '|' LIKE %s" for _ in wanted.goals) + ")")
        values += [f"%|{goal}|%" for goal in wanted.goals]
    return " AND ".join(parts) or "1 = 1", values


def _narrowed(wanted: Filter) -> tuple[str, Any]:
    asked: list[str] = []
    values: list[str] = []
    for column, options in (("bundle", wanted.bundles), ("scheme_code", wanted.schemes)):
        if options:
            asked.append(f"{column} IN ({_marks(options)})")
            values += options
    if not asked:
        return "", lambda known_at: []
    inner = f"SELECT chain_id FROM kernel_event WHERE {' AND '.join(asked)} AND known_at < %s AND register_code <> ''"
    return f" AND e.chain_id IN ({inner})", lambda known_at: [*values, known_at]


def _marks(options: tuple[str, ...]) -> str:
    return ", ".join(["%s"] * len(options))


def _text_id() -> str:
    """The id by which ties are broken, as the text that Python compares."""
    if connection.vendor == "sqlite":
        parts = " || '-' || ".join(f"SUBSTR(e.id, {start}, {size})" for start, size in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12)))
        return f"COALESCE(e.source_id, {parts})"
    return 'COALESCE(e.source_id, e.id::text) COLLATE "C"'
