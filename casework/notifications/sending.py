"""Writing to those who chose so: how many things wait, where to sign in, and nothing else."""

import logging
import smtplib
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from casework.database import Database
from casework.notifications.model import HowOften, MailChoice, Notification
from casework.notifications.posting import Post, letter, opened, post_of
from casework.notifications.queries import for_account, unseen_by
from casework.settings import settings
from casework.signin.model import Account
from casework.signin.secret_codes import opened_mail_address
from casework.web.languages import translations_for
from privacy.permissions import DOOR

# A minute less than said, so that a round that comes a second early does not wait for the next.
PAUSE = {
    HowOften.HOUR: timedelta(minutes=59),
    HowOften.DAY: timedelta(hours=23, minutes=59),
}
KEPT_FOR = timedelta(
    days=90
)  # our choice: what nobody looked at by then is looked up elsewhere

logger = logging.getLogger("reunir.notifications")


def write_to_those_who_wait(database: Database, at: datetime) -> None:
    """Write to every account that something new waits for, and that was not just written to.

    As the door, which knows accounts and no case. A mail that cannot be handed in is tried
    again at the next round, for nothing is noted but what the server took.
    """
    post = post_of(settings())
    if post is None:
        return
    with database.transaction(DOOR) as session:
        due = _due(session, at)
    if not due:
        return
    with opened(post) as server:
        for account_id in due:
            with database.transaction(DOOR) as session:
                _write_to(session, server, post, account_id, at)


def _due(session: Session, at: datetime) -> list[int]:
    """Name the accounts that may be written to now, and have something new."""
    found = session.execute(
        sa.select(MailChoice, Account)
        .join(Account, Account.id == MailChoice.account_id)
        .where(MailChoice.how_often != HowOften.NEVER, Account.disabled_at.is_(None))
        .order_by(MailChoice.account_id)
    ).all()
    return [
        account.id
        for choice, account in found
        if (choice.mailed_at is None or choice.mailed_at + PAUSE[choice.how_often] <= at)
        and _new_for(session, choice, account)[0]
    ]


def _new_for(session: Session, choice: MailChoice, account: Account) -> tuple[int, int]:
    """Count what is new since the last mail, and give the number of the last of it."""
    counted = session.execute(
        for_account(account.id, account.institution_id, account.role.value)
        .where(
            Notification.id > choice.mailed_up_to,
            Notification.made_at >= choice.changed_at,
            unseen_by(account.id),
        )
        .with_only_columns(sa.func.count(), sa.func.max(Notification.id))
    ).one()
    return counted[0], counted[1] or choice.mailed_up_to


def _write_to(  # noqa: PLR0917 - one mail: by whom, to whom, when
    session: Session, server: smtplib.SMTP, post: Post, account_id: int, at: datetime
) -> None:
    choice, account = (
        session.get_one(MailChoice, account_id),
        session.get_one(Account, account_id),
    )
    count, last = _new_for(session, choice, account)
    subject, words = told_in(choice.language.value, count)
    to = opened_mail_address(session, account_id, choice.address)
    try:
        server.send_message(letter(post, to, subject, words, at=at))
    except smtplib.SMTPRecipientsRefused:
        # Others are still written to; who it was stands in no line of any log.
        logger.warning("a mail was refused by the server; it is tried again")
        return
    choice.mailed_at, choice.mailed_up_to = at, last


def told_in(language: str, count: int) -> tuple[str, str]:
    """Write a mail: its subject and its words, in which nobody and nothing is named."""
    words = translations_for(language)
    told = words.ngettext(
        "Hay %(num)s asunto nuevo en reunir", "Hay %(num)s asuntos nuevos en reunir", count
    ) % {"num": count}
    address = settings().public_url.rstrip("/")
    look = words.gettext("Entre para verlo: %(address)s") % {"address": f"{address}/sign-in"}
    stop = words.gettext("Cada cuánto se le avisa, o nunca, se elige en: %(address)s") % {
        "address": f"{address}/notifications"
    }
    return told, f"{told}.\n\n{look}\n\n{stop}\n"
