"""What an account chooses about its mails."""

import re
from datetime import datetime

from sqlalchemy.orm import Session

from casework.errors import InvalidInput
from casework.notifications.model import HowOften, MailChoice
from casework.notifications.queries import find_choice
from casework.signin.secret_codes import kept_mail_address
from casework.web.languages import Spoken, marked
from privacy.permissions import Viewer

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3, less the brackets
# One address and nothing that a header of a mail could be made of.
ADDRESS = re.compile(r"[^\s@<>,;:\"()\\]+@[^\s@<>,;:\"()\\]+\.[^\s@<>,;:\"()\\]+")


def choose_mail(
    session: Session,
    viewer: Viewer,
    address: str,
    how_often: HowOften,
    *,
    language: str,
    at: datetime,
) -> MailChoice:
    """Keep where and how often the viewer is written to; `never` forgets the address.

    Raises
    ------
    InvalidInput
        If mails are wanted and there is no address to send them to.
    """
    wanted = address.strip() if how_often is not HowOften.NEVER else ""
    is_address = ADDRESS.fullmatch(wanted) and len(wanted) <= LONGEST_ADDRESS
    if how_often is not HowOften.NEVER and not (is_address and wanted.isascii()):
        raise InvalidInput(marked("Escriba la dirección a la que se le avisa."))
    sealed = kept_mail_address(session, viewer.account_id, wanted) if wanted else b""
    choice = find_choice(session, viewer.account_id)
    choice = choice or MailChoice(account_id=viewer.account_id)
    choice.address = sealed
    choice.how_often = how_often
    choice.language = Spoken(language)
    choice.changed_at = at
    session.add(choice)
    session.flush()
    return choice
