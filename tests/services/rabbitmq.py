"""A RabbitMQ broker to test against."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from kombu import Connection

from tests.services import process
from tests.services.report import missing, used

PORT = 5672


@dataclass(frozen=True)
class Broker:
    """A broker and a queue on it that nobody else uses: set both in the environment of web and worker."""

    url: str
    queue: str

    @property
    def environment(self) -> dict[str, str]:
        return {"CELERY_BROKER_URL": self.url, "CELERY_QUEUE": self.queue}


def rabbitmq_url() -> str:
    """The broker's address, such as amqp://guest:guest@127.0.0.1:5672//."""
    url = _find()
    if url is None:
        missing("RabbitMQ", "install rabbitmq-server, or name a broker in CELERY_BROKER_URL")
    return url


@contextmanager
def own_queue() -> Iterator[Broker]:
    """A queue of our own, removed at the end: two runs on one broker do not take each other's messages."""
    broker = Broker(url=rabbitmq_url(), queue=f"verleend-test-{uuid4().hex[:12]}")
    try:
        yield broker
    finally:
        with Connection(broker.url, connect_timeout=5) as connection:
            channel = connection.channel()
            channel.queue_delete(broker.queue)
            channel.exchange_delete(broker.queue)


@functools.cache
def _find() -> str | None:
    given = os.environ.get("CELERY_BROKER_URL", "")
    if given.startswith(("amqp", "pyamqp")):
        _note(given, "named in CELERY_BROKER_URL")
        return given
    url = _address(PORT)
    if process.listens(PORT) and _answers(url):
        _note(url, f"already listening on {PORT}")
        return url
    program = _program()
    return _start(program) if program else None


def _address(port: int) -> str:
    return f"amqp://guest:guest@127.0.0.1:{port}//"


def _answers(url: str) -> bool:
    try:
        with Connection(url, connect_timeout=3) as connection:
            connection.connect()
    except Exception:  # a broker that is coming up refuses in many ways; all mean "not yet"
        return False
    return True


def _note(url: str, how: str) -> None:
    with Connection(url, connect_timeout=10) as connection:
        connection.connect()
        version = connection.connection.server_properties.get("version", "?")
    used.add(f"RabbitMQ {version}, {how}")


def _program() -> str | None:
    """Debian's wrapper in /usr/sbin changes to another user and folder; the script behind it takes ours."""
    behind = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
    return str(behind) if behind.exists() else shutil.which("rabbitmq-server")


def _start(program: str) -> str:
    user = process.account("rabbitmq")
    folder = process.folder("verleend-mq-", user)
    port, dist_port, names_port = process.free_port(), process.free_port(), process.free_port()
    (folder / "rabbitmq.conf").write_text(
        f"listeners.tcp.1 = 127.0.0.1:{port}\nloopback_users.guest = true\n"
    )
    (folder / "enabled_plugins").write_text("[].\n")
    env = {
        "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"verleend-{uuid4().hex[:8]}@localhost",
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_CONF_ENV_FILE": str(folder / "none.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_DIST_PORT": str(dist_port),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_EPMD_PORT": str(names_port),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
    }
    epmd = shutil.which("epmd")
    if epmd:  # the name service that Erlang leaves behind is ours too: it listens on a port of our own
        atexit.register(subprocess.run, [epmd, "-port", str(names_port), "-kill"], capture_output=True)
    process.start(
        [program], user=user, env=env, cwd=folder, within=90.0, ready=lambda: _answers(_address(port))
    )
    _note(_address(port), "started by the tests")
    return _address(port)
