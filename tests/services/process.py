"""Starting a server of our own for one test run, from a temporary folder, and stopping it at the end."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

STOP_AFTER = 15.0  # seconds a server gets to stop by itself


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(("127.0.0.1", port)) == 0


def account(*names: str) -> str | None:
    """Whom a server runs as: None (ourselves), unless we are root, whom these servers refuse; then the first that exists."""
    if os.geteuid() != 0:
        return None
    for name in (*names, "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


def folder(prefix: str, owner: str | None) -> Path:
    """A temporary folder that goes at the end of the run. Short, since a socket's path may have 107 characters at most."""
    path = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    if owner:
        shutil.chown(path, owner)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def run(command: list[str], *, user: str | None, env: Mapping[str, str] | None = None, cwd: Path) -> None:
    """Run a command to its end; raises with what it said when it fails."""
    done = subprocess.run(
        command, user=user, group=_group(user), env=env, cwd=cwd, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr or done.stdout}")


def start(
    command: list[str],
    *,
    user: str | None,
    ready: Callable[[], bool],
    cwd: Path,
    env: Mapping[str, str] | None = None,
    within: float = 60.0,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a server and wait until `ready` says yes; it is stopped when this process ends."""
    log = (cwd / "server.log").open("wb")
    child = subprocess.Popen(
        command,
        user=user,
        group=_group(user),
        env=env,
        cwd=cwd,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    atexit.register(stop, child, stop_signal)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        if ready():
            return child
        time.sleep(0.1)
    stop(child, stop_signal)
    raise RuntimeError(
        f"{command[0]} did not come up: {(cwd / 'server.log').read_text(errors='replace')[-2000:]}"
    )


def stop(child: subprocess.Popen[bytes], stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """End a server that `start` made, and what it started in turn."""
    if child.poll() is None:
        child.send_signal(stop_signal)
        try:
            child.wait(STOP_AFTER)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(child.pid, signal.SIGKILL)  # its own session, so nobody else's processes
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None
