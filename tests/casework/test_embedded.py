"""The embedded PostgreSQL trusts whoever connects, so only this user may."""

import stat
from pathlib import Path


def test_nobody_else_on_the_machine_can_connect(server):
    socket = Path(server.socket_dir) / ".s.PGSQL.5432"

    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
