"""The one reader of the environment. docs/reference/settings.md describes every setting."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an institution may set, as `REUNIR_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="REUNIR_", frozen=True)

    data_dir: Path = Field(
        default=Path("var"),
        description="Folder for the embedded database and the demonstration's notes.",
    )
    database_url: str | None = Field(
        default=None,
        description="PostgreSQL server for the application, e.g. "
        "postgresql://reunir_app@server/reunir. Unset: the embedded one in the data folder.",
    )
    owner_database_url: str | None = Field(
        default=None,
        description="The same database as the role that owns the tables, for `reunir migrate` "
        "only. Unset: the application's URL, where its login may do both.",
    )
    keys: str | None = Field(
        default=None,
        description="Keys of sealed fields: file:/folder, or vault:https://server/transit/keys/"
        "name. Unset: the folder `keys` in the data folder.",
    )
    keys_token_file: Path | None = Field(
        default=None,
        description="File with the token for the key server; only with REUNIR_KEYS=vault:….",
    )
    openings_per_hour: int = Field(
        default=1_000,
        gt=0,
        description="How many identities, contacts and genotypes one person may open in an "
        "hour.",
    )
    domain: str = Field(
        default="reunir.localhost",
        description="The name before the slash in every record's id; one per registry.",
    )
    checkpoints: str | None = Field(
        default=None,
        description="Second place for signed roots of the action log: a folder on another "
        "machine's disk, or an https address that takes PUT. Unset: the data folder only.",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address people type. With https the session cookie is marked secure.",
    )
    smtp: str | None = Field(
        default=None,
        description="Server that takes mails: smtp://user@host:587 (with STARTTLS) or "
        "smtps://user@host:465. Unset: nobody is written to.",
    )
    smtp_password_file: Path | None = Field(
        default=None, description="File with the password for the mail server."
    )
    mail_from: str | None = Field(
        default=None, description="Address that mails come from; needed with REUNIR_SMTP."
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Read the environment once."""
    return Settings()
