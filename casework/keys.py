"""Where this registry's keys of sealed fields are: a folder of its own, or Vault."""

from pathlib import Path

from casework.settings import Settings
from privacy.errors import KeysUnavailable
from privacy.sealing.key_file import FileKeys
from privacy.sealing.keyring import Sealing
from privacy.sealing.providers import KeyProvider
from privacy.sealing.vault import VaultKeys

# Files that tell a folder of PostgreSQL's own.
_OF_THE_SERVER = ("PG_VERSION", "postgresql.conf", "backup_label")


def sealing_for(chosen: Settings) -> Sealing:
    """Say with what the registry of these settings seals.

    Raises
    ------
    KeysUnavailable
        If the setting cannot be read, or would keep the keys inside the database's folder.
    """
    return Sealing(provider_for(chosen), chosen.openings_per_hour)


def provider_for(chosen: Settings) -> KeyProvider:
    """Find what holds the wrapping keys.

    Raises
    ------
    KeysUnavailable
        As `sealing_for`.
    """
    kind, _, place = (chosen.keys or f"file:{key_folder(chosen)}").partition(":")
    if kind == "file" and place:
        return FileKeys(_outside_the_database(Path(place).absolute(), chosen))
    if kind == "vault" and chosen.keys_token_file is not None:
        return VaultKeys(place, chosen.keys_token_file)
    raise KeysUnavailable(
        "REUNIR_KEYS must read file:/folder, or vault:https://server/transit/keys/name "
        "together with REUNIR_KEYS_TOKEN_FILE (docs/how-to/keep-the-keys.md)."
    )


def key_folder(chosen: Settings) -> Path:
    """Give the folder in which keys stand when nothing else was set."""
    return chosen.data_dir.absolute() / "keys"


def _outside_the_database(folder: Path, chosen: Settings) -> Path:
    """Refuse a folder that every copy of the database would carry along."""
    database = chosen.data_dir.absolute() / "postgres"
    homes = [folder, *folder.parents]
    of_a_server = (home / name for home in homes for name in _OF_THE_SERVER)
    if database in homes or any(path.exists() for path in of_a_server):
        raise KeysUnavailable(
            f"{folder} is inside the database's folder: whoever copies the database would have "
            "its keys. Choose a folder elsewhere for REUNIR_KEYS."
        )
    return folder
