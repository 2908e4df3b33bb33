"""Where checkpoints are kept: beside the registry, and in a second place out of its reach."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from casework.errors import Unavailable
from casework.settings import Settings
from privacy.audit.checkpoint import Checkpoint, Verifier, read_checkpoint
from privacy.errors import UnreadableCheckpoint

SUFFIX = ".note"
SENT = ".sent"
PATIENCE_S = 20


@dataclass(frozen=True, slots=True)
class Places:
    """The folder beside the registry, and the second place as it was set, if it was."""

    local: Path
    second: str | None

    @property
    def second_folder(self) -> Path | None:
        return Path(self.second) if self.second and not self.is_address else None

    @property
    def is_address(self) -> bool:
        return bool(self.second) and urlsplit(self.second or "").scheme in {"http", "https"}

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.local, self.second_folder) if self.second_folder else (self.local,)

    def are_apart(self) -> bool:
        """Say whether losing this machine's disk would leave the second place."""
        if self.is_address:
            return not _is_this_machine(urlsplit(self.second or "").hostname or "")
        folder = self.second_folder
        if folder is None or not folder.is_dir() or not self.local.is_dir():
            return False
        return folder.stat().st_dev != self.local.stat().st_dev


def places_of(chosen: Settings) -> Places:
    """Read from the settings where checkpoints are kept."""
    return Places(chosen.data_dir.absolute() / "checkpoints", chosen.checkpoints)


def read_folder(folder: Path, verifier: Verifier) -> tuple[list[Checkpoint], list[str]]:
    """Read every checkpoint of a folder, and say which could not be read."""
    found, faults = [], []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            found.append(read_checkpoint(path.read_text("utf-8"), verifier))
        except (UnreadableCheckpoint, UnicodeDecodeError, OSError) as error:
            reason = error if isinstance(error, UnreadableCheckpoint) else "It is no text."
            faults.append(f"The checkpoint {path} cannot be relied on. {reason}")
    return found, faults


def read_folders(
    folders: Sequence[Path], verifier: Verifier
) -> tuple[list[Checkpoint], list[str]]:
    """Read several folders; what stands in two of them counts once."""
    found: set[Checkpoint] = set()
    faults: list[str] = []
    for folder in folders:
        read, amiss = read_folder(folder, verifier)
        found.update(read)
        faults.extend(amiss)
    return sorted(found, key=lambda each: (each.size, each.at)), faults


def keep(places: Places, note: str, *, size: int) -> None:
    """Put a note beside the registry; it is written whole, and never over another."""
    places.local.mkdir(parents=True, exist_ok=True)
    _write_whole(places.local / f"{size:012}{SUFFIX}", note)


def carry_over(places: Places) -> int:
    """Bring to the second place what is not there yet, and say how many that was.

    Raises
    ------
    Unavailable
        If the second place cannot be reached; the rest is brought next time.
    """
    if not places.second:
        return 0
    carried = 0
    for path in sorted(places.local.glob(f"*{SUFFIX}")):
        carried += _send(places, path) if places.is_address else _copy(places, path)
    return carried


def _copy(places: Places, path: Path) -> bool:
    folder = places.second_folder
    if folder is None or not folder.is_dir():
        # Not made here: a folder made where a disk should be mounted is no second place.
        raise Unavailable(
            f"The second place for checkpoints is not there: {folder}. Mount or make it, or "
            "correct REUNIR_CHECKPOINTS."
        )
    if (folder / path.name).exists():
        return False
    try:
        _write_whole(folder / path.name, path.read_text("utf-8"))
    except OSError as error:
        raise Unavailable(
            f"The second place for checkpoints cannot be written: {folder} ({error.strerror})."
        ) from error
    return True


def _send(places: Places, path: Path) -> bool:
    mark = path.with_suffix(SENT)
    if mark.exists():
        return False
    address = f"{(places.second or '').rstrip('/')}/{path.name}"
    try:
        answer = httpx.put(
            address,
            content=path.read_bytes(),
            headers={"content-type": "text/plain; charset=utf-8"},
            timeout=PATIENCE_S,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise Unavailable(
            f"The second place for checkpoints does not take them: {address} "
            f"({type(error).__name__}). Correct REUNIR_CHECKPOINTS or ask who keeps it."
        ) from error
    mark.touch()
    return True


def _write_whole(path: Path, text: str) -> None:
    if path.exists():
        return
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
