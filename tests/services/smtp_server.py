"""`python -m tests.services.smtp_server PORT FOLDER`: a mail server that does with each message what the next line of FOLDER/plan says.

    accept     takes it and keeps it in FOLDER/inbox (also without a plan)
    550        refuses the recipient for good        451   refuses the recipient for now
    554        refuses the message for good          530   does not know the sender
    cut        breaks the connection when the message was told, before an answer
    cut-early  breaks the connection at the recipient
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

ANSWERS = {
    "550": "550 5.1.1 <{address}> User unknown", "451": "451 4.3.0 <{address}> Try again later", "554": "554 5.7.1 Message refused",
    "530": "530 5.7.0 Authentication required",
}


class Handler:
    """The plan is read anew for each message, so that a test can change it while the server runs."""

    def __init__(self, folder: Path) -> None:
        self.plan, self.inbox, self.count = folder / "plan", folder / "inbox", 0
        self.now = "accept"

    def _next(self) -> str:
        lines = self.plan.read_text().split() if self.plan.exists() else []
        self.plan.write_text("\n".join(lines[1:]))
        return lines[0] if lines else "accept"

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.now = self._next()
        if self.now == "530":
            return ANSWERS["530"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.now in ("550", "451"):
            return ANSWERS[self.now].format(address=address)
        if self.now == "cut-early":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.now == "554":
            return ANSWERS["554"]
        self.count += 1
        self.inbox.mkdir(exist_ok=True)
        (self.inbox / f"{self.count:04d}.eml").write_bytes(envelope.content)
        if self.now == "cut":
            server.transport.abort()
        return f"250 2.0.0 queued as Q{self.count:04d}"


async def serve(port: int, folder: Path) -> None:
    handler = Handler(folder)
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(handler, hostname="mail.example.org"), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
