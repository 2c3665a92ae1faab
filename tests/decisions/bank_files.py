"""Statements as a bank makes them (camt.053), for tests: our own, small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

OWN = "NL13TEST0123456789"


@dataclass(frozen=True)
class Move:
    """One entry. `amount` is text, so that a wrong one can be given too."""

    amount: Decimal | str
    day: date | str
    comes_in: bool = False
    reference: str = ""
    bank_reference: str = ""
    text: str = ""
    returned: str = ""
    status: str = "BOOK"
    currency: str = "EUR"
    parts: tuple[str, ...] = ()


def camt(*moves: Move, name: str = "AFSCHRIFT-1", account: str = OWN, version: str = "08", before: str = "") -> bytes:
    entries = "".join(_entry(move, version) for move in moves)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><GrpHdr>'
        f"<MsgId>M1</MsgId><CreDtTm>2026-06-30T23:00:00</CreDtTm></GrpHdr><Stmt><Id>{name}</Id><CreDtTm>2026-06-30T23:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id></Acct>{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(move: Move, version: str) -> str:
    status = f"<Sts><Cd>{move.status}</Cd></Sts>" if version == "08" else f"<Sts>{move.status}</Sts>"
    details = "".join(f"<TxDtls><Refs><EndToEndId>r{i}</EndToEndId></Refs><Amt Ccy='EUR'>{part}</Amt></TxDtls>" for i, part in enumerate(move.parts))
    if not move.parts:
        why = f"<RtrInf><Rsn><Cd>{move.returned}</Cd></Rsn><AddtlInf>J. Jansen, Kerkstraat 1</AddtlInf></RtrInf>" if move.returned else ""
        text = f"<RmtInf><Ustrd>{move.text}</Ustrd></RmtInf>" if move.text else ""
        details = f"<TxDtls><Refs><EndToEndId>{move.reference or 'NOTPROVIDED'}</EndToEndId></Refs>{text}{why}</TxDtls>"
    reference = f"<AcctSvcrRef>{move.bank_reference}</AcctSvcrRef>" if move.bank_reference else ""
    return (
        f'<Ntry><Amt Ccy="{move.currency}">{move.amount}</Amt><CdtDbtInd>{"CRDT" if move.comes_in else "DBIT"}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{move.day}</Dt></BookgDt>{reference}<NtryDtls>{details}</NtryDtls></Ntry>"
    )
